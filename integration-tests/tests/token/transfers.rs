//! Moving tokens by both faces.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{TransferParams, method};
use holdfast_integration_tests::abi::word;
use holdfast_integration_tests::hostile::Asks;
use holdfast_integration_tests::reverts::{insufficient_balance, method_failed};
use holdfast_integration_tests::{World, tokens};
use holdfast_localnet::Kind;

use crate::hostile;

#[test]
fn tokens_move_by_frc46_between_accounts_of_all_kinds() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    for (number, kind) in (1u64..).zip(Kind::ALL) {
        let to = w.account(kind, 1);
        let moved = w.moved(token, &alice, &to, &tokens(5));
        let answer = w
            .frc46(token)
            .transfer(&alice, &to, tokens(5))
            .emits(&[moved])
            .ok();
        assert_eq!(answer.from_balance, tokens(1_000 - 5 * number));
        assert_eq!(answer.to_balance, tokens(5));
        assert_eq!(answer.recipient_data, RawBytes::default());
        assert_eq!(w.balance(token, &to), tokens(5));
    }
    hostile::receivers(Asks::Told, &w, token, &tokens(5), |w, to| {
        w.frc46(token).transfer(&alice, to, tokens(5))
    });
}

#[test]
fn tokens_move_by_erc20_from_accounts_of_all_kinds() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    for kind in Kind::ALL {
        let (from, to) = (w.account(kind, 1), w.account(kind, 2));
        w.frc46(token).transfer(&alice, &from, tokens(10)).ok();
        let moved = w.moved(token, &from, &to, &tokens(4));
        assert!(
            w.erc20(token)
                .transfer(&from, &to, tokens(4))
                .emits(&[moved])
                .ok()
        );
        assert_eq!(w.balance(token, &from), tokens(6));
        assert_eq!(w.balance(token, &to), tokens(4));
    }
}

#[test]
fn an_ethereum_wallet_reaches_frc46_by_handle_filecoin_method() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    w.frc46(token).transfer(&alice, &carol, tokens(10)).ok();
    let transfer_to = |to, amount| TransferParams {
        to,
        amount,
        operator_data: RawBytes::default(),
    };
    let transfer = |amount| transfer_to(alice.address(), amount);
    let moved = w.moved(token, &carol, &alice, &tokens(3));
    let answer = w.by_filecoin_method::<method::Transfer>(&carol, token, &transfer(tokens(3)));
    assert_eq!(answer.emits(&[moved]).ok().from_balance, tokens(7));
    let short = insufficient_balance(w.eth(&carol), &tokens(7), &tokens(8));
    let inner = alloy_sol_types::SolError::abi_encode(&short);
    w.by_filecoin_method::<method::Transfer>(&carol, token, &transfer(tokens(8)))
        .reverts(method_failed(64, inner));
    hostile::receivers(Asks::Told, &w, token, &tokens(3), |w, to| {
        w.by_filecoin_method::<method::Transfer>(&carol, token, &transfer_to(to, tokens(3)))
    });
}

#[test]
fn nobody_spends_more_than_they_hold() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    let failure = w.frc46(token).transfer(&alice, &carol, tokens(1_001)).refused(64);
    assert!(failure.why.contains("and needs 1001"), "{}", failure.why);
    let error = |who, has, needs| insufficient_balance(who, &tokens(has), &tokens(needs));
    let (a, c) = (w.eth(&alice), w.eth(&carol));
    w.erc20(token)
        .transfer(&alice, &carol, tokens(1_001))
        .reverts(error(a, 1_000, 1_001));
    w.erc20(token)
        .transfer(&carol, &alice, tokens(1))
        .reverts(error(c, 0, 1));
    w.frc46(token).burn(&alice, tokens(1_001)).refused(64);
    w.erc20(token).burn(&carol, tokens(1)).reverts(error(c, 0, 1));
}

#[test]
fn a_transfer_to_oneself_needs_the_balance_and_changes_nothing() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let moved = w.moved(token, &alice, &alice, &tokens(1_000));
    let answer = w
        .frc46(token)
        .transfer(&alice, &alice, tokens(1_000))
        .emits(std::slice::from_ref(&moved))
        .ok();
    assert_eq!(
        (answer.from_balance, answer.to_balance),
        (tokens(1_000), tokens(1_000))
    );
    w.erc20(token)
        .transfer(&alice, &alice, tokens(1_000))
        .emits(&[moved])
        .ok();
    w.frc46(token).transfer(&alice, &alice, tokens(1_001)).refused(64);
    assert_eq!(w.balance(token, &alice), tokens(1_000));
}

#[test]
fn nothing_can_be_transferred_and_is_logged() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    let moved = [w.moved(token, &carol, &alice, &tokens(0))];
    assert!(
        w.erc20(token)
            .transfer(&carol, &alice, tokens(0))
            .emits(&moved)
            .ok()
    );
    let moved = [w.moved(token, &alice, &carol, &tokens(0))];
    w.frc46(token)
        .transfer(&alice, &carol, tokens(0))
        .emits(&moved)
        .ok();
    let page = w.view::<method::ListHolders>(
        token,
        &holdfast_api::token::ListHoldersParams {
            start: None,
            limit: 10,
        },
    );
    assert_eq!(page.holders.len(), 1, "nobody holds nothing");
}

#[test]
fn numbers_that_are_no_amounts_are_refused() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    let minus = TokenAmount::from_atto(-1);
    let large = holdfast_integration_tests::endless() + TokenAmount::from_atto(1);
    for amount in [minus, large] {
        w.frc46(token).transfer(&alice, &bob, amount.clone()).refused(69);
        w.frc46(token).burn(&alice, amount.clone()).refused(69);
        w.frc46(token)
            .increase_allowance(&alice, &bob, amount.clone())
            .refused(69);
        w.frc46(token)
            .decrease_allowance(&alice, &bob, amount)
            .refused(69);
    }
}

#[test]
fn a_holder_who_gives_all_is_none_any_more() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    w.frc46(token).transfer(&alice, &bob, tokens(1_000)).ok();
    let first = holdfast_api::token::ListHoldersParams {
        start: None,
        limit: 10,
    };
    let holders = w.view::<method::ListHolders>(token, &first).holders;
    let ids: Vec<_> = holders.iter().map(|holder| holder.id).collect();
    assert_eq!(ids, [w.id(&bob).id().unwrap()]);
}

#[test]
fn tokens_are_burnt_by_both_faces() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let gone = [w.moved(token, &alice, holdfast_integration_tests::Nobody, &tokens(100))];
    assert_eq!(
        w.frc46(token).burn(&alice, tokens(100)).emits(&gone).ok().balance,
        tokens(900)
    );
    assert_eq!(
        w.erc20(token).burn(&alice, tokens(100)).emits(&gone).ok(),
        word(&tokens(800))
    );
    assert_eq!(w.supply(token), tokens(800));
}
