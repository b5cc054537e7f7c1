//! How a token comes into being.

use alloy_sol_types::{SolCall, SolError};
use fvm_ipld_encoding::{BytesSer, RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init::{ExecParams, ExecReturn, FIRST_OPEN_TYPE, method as init};
use holdfast_api::token::method;
use holdfast_integration_tests::abi::{IInit, IToken};
use holdfast_integration_tests::{Nobody, TokenParams, World, log, tokens};
use holdfast_localnet::{INVOKE_EVM, Kind, Wallet, ids};
use holdfast_runtime::method::Method;

const INIT: Address = Address::new_id(ids::INIT);

fn params(owner: &Wallet) -> TokenParams {
    TokenParams {
        name: "Story".to_owned(),
        symbol: "STRY".to_owned(),
        owner: Some(owner.address()),
        supply_cap: None,
        initial_holder: Some(owner.address()),
        initial_supply: tokens(1_000),
        voting: true,
    }
}

fn exec(w: &World, params: &TokenParams) -> ExecParams {
    ExecParams {
        code_cid: w.network().bundle().code("holdfast_token").unwrap(),
        constructor_params: RawBytes::new(to_vec(params).unwrap()),
    }
}

fn create(params: &TokenParams) -> IInit::createCall {
    let params = to_vec(params).unwrap().into();
    IInit::createCall {
        actorType: FIRST_OPEN_TYPE,
        params,
    }
}

#[test]
fn accounts_create_tokens_through_init() {
    let mut w = World::new();
    for kind in [Kind::Secp256k1, Kind::Bls] {
        let alice = w.account(kind, 0);
        let params = exec(&w, &params(&alice));
        let answer = w.call::<init::ExecNative>(&alice, INIT, &params);
        let events = answer.receipt.events.clone();
        let ExecReturn {
            id_address: token,
            robust_address,
        } = answer.ok();
        assert_eq!(w.id(robust_address), token);
        let owner = w.eth(&alice);
        let created = IInit::Created {
            creator: owner,
            id: token.id().unwrap(),
            actorType: FIRST_OPEN_TYPE,
        };
        let new_owner = IToken::OwnershipTransferred {
            previousOwner: w.eth(Nobody),
            newOwner: owner,
        };
        let minted = w.moved(token, Nobody, &alice, &tokens(1_000));
        assert_eq!(events, [log(INIT, &created), log(token, &new_owner), minted]);
        assert_eq!(w.balance(token, &alice), tokens(1_000));
        assert_eq!(w.view::<method::TotalSupply>(robust_address, &()), tokens(1_000));
        assert_eq!(w.ask(token, IToken::ownerCall {}), owner);
        assert_eq!(w.view::<method::Name>(token, &()), "Story");
        assert_eq!(w.ask(token, IToken::symbolCall {}), "STRY");
        assert_eq!(w.ask(token, IToken::decimalsCall {}), 18);
    }
}

#[test]
fn an_ethereum_wallet_creates_a_token_and_finds_it_in_the_log() {
    let mut w = World::new();
    let carol = w.account(Kind::Eth, 0);
    let answer = w.evm(&carol, INIT, create(&params(&carol)));
    let first = answer.receipt.events[0].clone();
    let token = answer.ok();
    let id = Address::new_id(token.id);
    assert_eq!(token.actor, w.eth(id));
    let created = IInit::Created {
        creator: w.eth(&carol),
        id: token.id,
        actorType: FIRST_OPEN_TYPE,
    };
    assert_eq!(first, log(INIT, &created));
    assert_eq!(w.balance(id, &carol), tokens(1_000));
    assert_eq!(w.ask(id, IToken::ownerCall {}), w.eth(&carol));
}

#[test]
fn an_owner_and_first_holder_without_actor_get_one() {
    let mut w = World::new();
    let (alice, new) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 77));
    let token = w.create_token(&alice, &params(&new));
    assert_eq!(w.network().code_name(&new.address()).unwrap(), "placeholder");
    assert_eq!(w.balance(token, &new), tokens(1_000));
    assert_eq!(w.ask(token, IToken::ownerCall {}), w.eth(&new));
}

#[test]
fn what_the_constructor_refuses_creates_nothing() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let good = params(&alice);
    let cap = Some(tokens(999));
    let refused = [
        (
            78,
            TokenParams {
                name: String::new(),
                ..good.clone()
            },
        ),
        (
            78,
            TokenParams {
                symbol: "S".repeat(17),
                ..good.clone()
            },
        ),
        (
            76,
            TokenParams {
                supply_cap: cap,
                ..good.clone()
            },
        ),
        (
            83,
            TokenParams {
                initial_holder: None,
                ..good.clone()
            },
        ),
        (
            69,
            TokenParams {
                initial_supply: TokenAmount::from_atto(-1),
                ..good.clone()
            },
        ),
        (
            66,
            TokenParams {
                initial_holder: Some(Address::new_id(999_999)),
                ..good.clone()
            },
        ),
        (
            67,
            TokenParams {
                owner: Some(Address::new_id(999_999)),
                ..good.clone()
            },
        ),
    ];
    for (code, params) in refused {
        let exec = exec(&w, &params);
        w.call::<init::ExecNative>(&alice, INIT, &exec).refused(code);
    }
}

#[test]
fn only_init_calls_the_constructor_and_only_once() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let again = params(&alice);
    w.call::<method::Constructor>(&alice, token, &again).refused(18);
}

#[test]
fn no_method_takes_fil() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let fil = TokenAmount::from_whole(1);
    let name = to_vec(&BytesSer(&IToken::nameCall {}.abi_encode())).unwrap();
    for (method, params) in [
        (method::Name::NUMBER, Vec::new()),
        (method::Pause::NUMBER, Vec::new()),
        (INVOKE_EVM, name),
    ] {
        let receipt = w.send(&alice, token, fil.clone(), method, params.into());
        assert!(!receipt.is_ok(), "method {method} took FIL");
    }
    assert!(w.network().balance(&token).unwrap().is_zero());
}

#[test]
fn errors_of_solidity_have_the_selectors_of_erc6093() {
    assert_eq!(
        IToken::ERC20InsufficientBalance::SELECTOR,
        [0xe4, 0x50, 0xd3, 0x8c]
    );
    assert_eq!(
        IToken::ERC20InsufficientAllowance::SELECTOR,
        [0xfb, 0x8f, 0x41, 0xb2]
    );
    assert_eq!(IToken::ERC20InvalidReceiver::SELECTOR, [0xec, 0x44, 0x2f, 0x05]);
    assert_eq!(IToken::ERC20InvalidSpender::SELECTOR, [0x94, 0x28, 0x0d, 0x62]);
    assert_eq!(IToken::ERC20InvalidSender::SELECTOR, [0x96, 0xc6, 0xfd, 0x1e]);
}
