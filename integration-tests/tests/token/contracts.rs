//! Real Solidity contracts and the token: by the plain ERC-20 interface, and as Filecoin actors.

use alloy_primitives::{FixedBytes, U256};
use alloy_sol_types::{SolEvent, sol};
use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use fvm_shared::address::Address;
use fvm_shared::event::StampedEvent;
use holdfast_api::token::{ConstructorParams, TransferParams, TransferReturn, method};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::{Nobody, World, log, tokens};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::Method;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};

sol! {
    #![sol(all_derives)]
    "solidity/contracts/Purse.sol"
}
sol! {
    #![sol(all_derives)]
    "solidity/contracts/Frc46Holder.sol"
}
sol! {
    interface Forwarder {
        function setHeir(address heir) external;
    }
}
sol! {
    interface Regretter {
        function allow(address token, address spender, uint256 value) external;
    }
}
sol! {
    interface Treasury {
        function found(uint32 actorType, bytes params) external;
        function mint(address to, uint256 value) external;
        function isOwner() external view returns (bool);
        function token() external view returns (address);
    }
}

const CBOR: u64 = 0x51;

/// Alice with a token of hers, and a contract with 100 of it.
fn story(contract: &str) -> (World, Wallet, Address, Address) {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let contract = w.deploy(&alice, contract);
    w.erc20(token).transfer(&alice, contract, tokens(100)).ok();
    (w, alice, token, contract)
}

fn transfer(to: Address, amount: u64) -> Vec<u8> {
    let amount = tokens(amount);
    to_vec(&TransferParams {
        to,
        amount,
        operator_data: RawBytes::default(),
    })
    .unwrap()
}

#[test]
fn a_contract_catches_and_decodes_why_it_cannot_pay() {
    let (mut w, alice, token, purse) = story("Purse");
    let (at, mine) = (w.eth(token), w.eth(purse));
    let mut attempt = |to, value: U256| {
        let call = Purse::tryToPayCall { token: at, to, value };
        let answer = w.evm(&alice, purse, call);
        let event = answer.receipt.events.last().cloned();
        (answer.ok(), event)
    };
    let short = attempt(mine, word(&tokens(101)));
    let reserved = attempt(alloy_primitives::Address::ZERO, word(&tokens(1)));
    let itself = attempt(at, word(&tokens(1)));
    let paid = attempt(mine, word(&tokens(1)));
    let tried = |reason: [u8; 4], who, has, needs| -> Option<StampedEvent> {
        let reason = FixedBytes(reason);
        Some(log(
            w.id(purse),
            &Purse::Tried {
                reason,
                who,
                has,
                needs,
            },
        ))
    };
    let balance = tried(
        [0xe4, 0x50, 0xd3, 0x8c],
        mine,
        word(&tokens(100)),
        word(&tokens(101)),
    );
    assert_eq!(short, (false, balance));
    let receiver = [0xec, 0x44, 0x2f, 0x05];
    assert_eq!(
        reserved,
        (
            false,
            tried(receiver, alloy_primitives::Address::ZERO, U256::ZERO, U256::ZERO)
        )
    );
    assert_eq!(itself, (false, tried(receiver, at, U256::ZERO, U256::ZERO)));
    assert_eq!(paid, (true, tried([0; 4], mine, U256::ZERO, word(&tokens(1)))));
}

#[test]
fn a_contract_reads_the_token_by_staticcalls_and_changes_nothing_by_them() {
    let (w, alice, token, purse) = story("Purse");
    let at = w.eth(token);
    let seen = w.ask(purse, Purse::lookCall { token: at });
    assert_eq!(
        (seen.name.as_str(), seen.symbol.as_str(), seen.decimals),
        ("Story", "STRY", 18)
    );
    assert_eq!(
        (seen.supply, seen.mine),
        (word(&tokens(1_000)), word(&tokens(100)))
    );
    let offers = |id: [u8; 4]| {
        w.ask(
            purse,
            Purse::offersCall {
                token: at,
                id: FixedBytes(id),
            },
        )
    };
    assert!(offers([0x36, 0x37, 0x2b, 0x07]), "ERC-20");
    assert!(!offers([0x80, 0xac, 0x58, 0xcd]), "not ERC-721");
    let to = w.eth(&alice);
    assert!(!w.ask(purse, Purse::changesWhenOnlyAskedCall { token: at, to }));
    assert_eq!(w.balance(token, purse), tokens(100));
}

#[test]
fn a_contract_sends_by_frc46_and_is_told_of_what_it_receives() {
    let (mut w, alice, token, holder) = story("Frc46Holder");
    let carol = w.account(Kind::Eth, 0);
    let id = token.id().unwrap();
    let (params, method) = (transfer(carol.address(), 10), method::Transfer::NUMBER);
    let call = Frc46Holder::callByIdCall {
        id,
        method,
        params: params.clone().into(),
    };
    let events = w.evm(&alice, holder, call).events();
    let (code, data) = called(&events);
    let returned: TransferReturn = from_slice(&data).unwrap();
    assert_eq!((code, returned.from_balance), (0, tokens(90)));

    let actor = w.network().robust_address(id).unwrap().unwrap().to_bytes().into();
    let call = Frc46Holder::callByAddressCall {
        actor,
        method,
        params: params.into(),
    };
    let events = w.evm(&alice, holder, call).events();
    let returned: TransferReturn = from_slice(&called(&events).1).unwrap();
    assert_eq!(returned.from_balance, tokens(80));
    assert_eq!(w.balance(token, &carol), tokens(20));

    w.frc46(token).transfer(&alice, holder, tokens(7)).ok();
    let told = w.ask(holder, Frc46Holder::toldCall {});
    let told: UniversalReceiverParams = from_slice(&told).unwrap();
    assert_eq!(told.type_, FRC46_PAYLOAD);
    let received: Frc46TokenReceived = told.payload.deserialize().unwrap();
    let (from, to) = (w.id(&alice).id().unwrap(), w.id(holder).id().unwrap());
    assert_eq!((received.from, received.to, received.operator), (from, to, from));
    assert_eq!(received.amount, tokens(7));
    assert_eq!(w.ask(holder, Frc46Holder::tellerCall {}), w.eth(token));
}

#[test]
fn a_hook_that_calls_back_is_answered_with_balances_as_it_left_them() {
    let (mut w, alice, token, forwarder) = story("Forwarder");
    let heir = w.account(Kind::Eth, 9);
    w.evm(&alice, forwarder, Forwarder::setHeirCall { heir: w.eth(&heir) })
        .ok();
    let moved = [
        w.moved(token, &alice, forwarder, &tokens(7)),
        w.moved(token, forwarder, &heir, &tokens(107)),
    ];
    let answer = w
        .frc46(token)
        .transfer(&alice, forwarder, tokens(7))
        .emits(&moved)
        .ok();
    assert_eq!((answer.from_balance, answer.to_balance), (tokens(893), tokens(0)));
    assert_eq!(answer.recipient_data.bytes(), [0x83, 1, 2, 3]);
    assert_eq!(w.balance(token, &heir), tokens(107));

    w.evm(&alice, forwarder, Forwarder::setHeirCall { heir: w.eth(&alice) })
        .ok();
    let answer = w.frc46(token).transfer(&alice, forwarder, tokens(7)).ok();
    assert_eq!(
        (answer.from_balance, answer.to_balance),
        (tokens(893), tokens(0)),
        "all came back"
    );
}

#[test]
fn a_hook_that_takes_an_allowance_back_is_answered_with_none() {
    let (mut w, alice, token, regretter) = story("Regretter");
    let allow = Regretter::allowCall {
        token: w.eth(token),
        spender: w.eth(&alice),
        value: word(&tokens(5)),
    };
    w.evm(&alice, regretter, allow).ok();
    let answer = w
        .frc46(token)
        .transfer_from(&alice, regretter, regretter, tokens(2))
        .ok();
    assert_eq!((answer.allowance, answer.from_balance), (tokens(0), tokens(100)));
    assert_eq!(w.allowance(token, regretter, &alice), tokens(0));
}

#[test]
fn a_failed_frc46_call_of_a_contract_comes_back_with_its_exit_code() {
    let (mut w, alice, token, holder) = story("Frc46Holder");
    let (id, params) = (token.id().unwrap(), transfer(alice.address(), 101).into());
    let call = Frc46Holder::callByIdCall {
        id,
        method: method::Transfer::NUMBER,
        params,
    };
    let events = w.evm(&alice, holder, call).events();
    assert_eq!(called(&events).0, 64);
    assert_eq!(w.balance(token, holder), tokens(100));
}

#[test]
fn a_contract_founds_a_token_of_its_own_through_the_generated_interfaces() {
    let mut w = World::new();
    let alice = w.account(Kind::Eth, 0);
    let treasury = w.deploy(&alice, "Treasury");
    let params = ConstructorParams {
        name: "Treasure".to_owned(),
        symbol: "TRS".to_owned(),
        owner: Some(treasury),
        supply_cap: None,
        initial_holder: None,
        initial_supply: tokens(0),
        voting: true,
    };
    let params = to_vec(&params).unwrap().into();
    w.evm(
        &alice,
        treasury,
        Treasury::foundCall {
            actorType: 17,
            params,
        },
    )
    .ok();
    assert!(w.ask(treasury, Treasury::isOwnerCall {}));
    let made = w.ask(treasury, Treasury::tokenCall {});
    let token = holdfast_localnet::EthAddress(made.into_array()).to_filecoin();
    let value = word(&tokens(9));
    let minted = w.moved(token, Nobody, &alice, &tokens(9));
    let answer = w.evm(
        &alice,
        treasury,
        Treasury::mintCall {
            to: w.eth(&alice),
            value,
        },
    );
    assert_eq!(answer.receipt.events.last(), Some(&minted));
    answer.ok();
    assert_eq!(w.balance(token, &alice), tokens(9));
    let error = IToken::OwnableUnauthorizedAccount(w.eth(&alice));
    w.evm(&alice, token, IToken::renounceOwnershipCall {})
        .reverts(error);
}

/// What the contract got back from the precompile: exit code and data.
fn called(events: &[StampedEvent]) -> (i64, Vec<u8>) {
    let entries = &events.last().expect("an event").event.entries;
    let data = &entries.last().expect("data").value;
    let called = Frc46Holder::Called::abi_decode_data_validate(data);
    let (exit_code, codec, data) = called.expect("what the precompile answered");
    assert!(codec == CBOR || data.is_empty());
    (exit_code.as_i64(), data.to_vec())
}
