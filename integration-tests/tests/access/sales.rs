//! Access that is sold for FIL, for our token by either face, and for OpenZeppelin's, by wallets of every kind.

use alloy_primitives::U256;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{Asset, GrantAt, Plan, Standard, method};
use holdfast_api::token::method as token_method;
use holdfast_integration_tests::abi::word;
use holdfast_integration_tests::access::{DATA, monthly};
use holdfast_integration_tests::tokens;
use holdfast_localnet::Kind;

use crate::market::{IFace, IMoney};
use crate::support::Library;

#[test]
fn a_subscription_for_fil_is_refunded_and_everybody_fetches_their_own() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let (buyer, second) = (
        library.w.account(Kind::Bls, 1),
        library.w.account(Kind::Secp256k1, 2),
    );
    let price = TokenAmount::from_whole(8);
    let number = library.sells(&monthly(None, price.clone(), [owner.address(), second.address()]));
    library.buys(&buyer, number).ok();
    assert!(library.reads(&buyer));
    let access = library.access;
    assert_eq!(library.w.network().balance(&access).unwrap(), price);
    let back = library.w.call::<method::Refund>(&buyer, access, &number).ok();
    assert!(!library.reads(&buyer));
    // One epoch of 86 400 is over; a tenth of what is left is the penalty.
    assert!(
        back > TokenAmount::from_nano(7_199_000_000u64) && back < TokenAmount::from_nano(7_200_000_000u64)
    );
    let treasury = library.waits(None, &owner);
    let other = library.waits(None, &second);
    assert_eq!(&back + &treasury + &other, price);
    library.fetches(&buyer, None).ok();
    library.fetches(&owner, None).ok();
    library.fetches(&second, None).ok();
    assert!(library.w.network().balance(&access).unwrap().is_zero());
}

#[test]
fn an_ethereum_wallet_buys_for_fil_by_calldata() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let buyer = library.w.account(Kind::Eth, 1);
    let treasury = library.w.account(Kind::Eth, 2);
    let price = TokenAmount::from_whole(3);
    let splits = [treasury.address(), owner.address()];
    let terms = Plan {
        penalty_bps: None,
        ..monthly(None, price.clone(), splits)
    };
    let number = library.sells(&terms);
    let access = library.access;
    let call = library.wanted_by_calldata(&buyer, number);
    let data = alloy_sol_types::SolCall::abi_encode(&call);
    library.w.calldata_with(&buyer, access, price, data).ok();
    assert!(library.reads(&buyer));
    let fetched = library.w.evm(&treasury, access, IFace::withdraw_0Call {}).ok();
    assert_eq!(fetched, U256::from(2_250_000_000_000_000_000u64));
}

#[test]
fn our_token_pays_by_either_face() {
    for standard in [Standard::Frc46 {}, Standard::Erc20 {}] {
        let mut library = Library::new();
        let owner = library.owner.clone();
        let buyer = library.w.account(Kind::Secp256k1, 1);
        let token = library.w.story_token(&buyer);
        let asset = Asset { token, standard };
        let second = library.w.account(Kind::Eth, 3);
        let price = tokens(40);
        let splits = [owner.address(), second.address()];
        let number = library.sells(&monthly(Some(asset.clone()), price.clone(), splits));
        let access = library.access;
        library.buys(&buyer, number).refused(111);
        library.allows(&buyer, token, price.clone());
        library.buys(&buyer, number).ok();
        assert!(library.reads(&buyer));
        assert_eq!(library.has(Some(token)), price);
        library.w.call::<method::Refund>(&buyer, access, &number).ok();
        library.fetches(&buyer, Some(asset.clone())).ok();
        library.fetches(&owner, Some(asset)).ok();
        library
            .w
            .evm(
                &second,
                access,
                IFace::withdraw_1Call {
                    token: library.w.eth(token),
                },
            )
            .ok();
        assert!(library.has(Some(token)).is_zero());
    }
}

#[test]
fn openzeppelins_token_pays_and_one_that_takes_a_fee_does_not() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let buyer = library.w.account(Kind::Eth, 1);
    let second = library.w.account(Kind::Secp256k1, 2);
    let (access, eth) = (library.access, library.w.eth(&buyer));
    for (contract, honest) in [("PeerERC20", true), ("TakesAFeeOfAll", false)] {
        let token = library.w.deploy(&buyer, contract);
        let value = U256::from(10u64.pow(18)) * U256::from(100);
        library
            .w
            .evm(&buyer, token, IMoney::mintCall { to: eth, value })
            .ok();
        let spender = library.w.eth(access);
        library
            .w
            .evm(&buyer, token, IMoney::approveCall { spender, value })
            .ok();
        let asset = Asset {
            token,
            standard: Standard::Erc20 {},
        };
        let splits = [owner.address(), second.address()];
        let number = library.sells(&monthly(Some(asset.clone()), tokens(4), splits));
        let call = library.wanted_by_calldata(&buyer, number);
        let bought = library.w.evm(&buyer, access, call);
        if !honest {
            bought.refused(33);
            continue;
        }
        let grant = bought.ok();
        assert!(library.reads(&buyer));
        let held = library.has(Some(token));
        assert_eq!(held, tokens(4));
        let at = GrantAt {
            data_set: DATA,
            subject: buyer.address(),
            grant,
        };
        library.w.call::<method::Revoke>(&owner, access, &at).ok();
        library
            .w
            .evm(&buyer, access, IFace::refundCall { plan: number })
            .ok();
        let fetch = IFace::withdraw_1Call {
            token: library.w.eth(token),
        };
        let fetched = library.w.evm(&buyer, access, fetch).ok();
        assert_eq!(fetched, word(&held), "what was taken away comes back whole");
    }
}

#[test]
fn a_token_that_was_given_to_the_actor_unasked_is_refused() {
    let mut library = Library::new();
    let buyer = library.w.account(Kind::Secp256k1, 1);
    let token = library.w.story_token(&buyer);
    let transfer = holdfast_api::token::TransferParams {
        to: library.access,
        amount: tokens(1),
        operator_data: fvm_ipld_encoding::RawBytes::default(),
    };
    library
        .w
        .call::<token_method::Transfer>(&buyer, token, &transfer)
        .refused(23);
}
