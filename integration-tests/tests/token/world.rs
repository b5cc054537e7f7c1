//! The world itself: what it would not let pass.

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_integration_tests::hostile::Asks;
use holdfast_integration_tests::{World, tokens};
use holdfast_localnet::{Kind, Wallet};
use holdfast_token::account::Account;
use holdfast_token::state::TokenState;

fn story() -> (World, Wallet, Address) {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    (w, alice, token)
}

/// Spoils the token's state behind the world's back, then sends any message.
fn spoil(w: &mut World, alice: &Wallet, token: Address, spoil: impl FnOnce(&mut TokenState, &World)) {
    let mut state: TokenState = w.network().state(&token).unwrap();
    spoil(&mut state, w);
    w.run(alice, |network| {
        network.set_state(&token, &state)?;
        let receipt = network.send(alice, alice.address(), TokenAmount::from_whole(1), 0, Vec::new())?;
        Ok(((), receipt))
    });
}

#[test]
#[should_panic(expected = "supply_is_sum_of_balances")]
fn a_supply_that_is_not_the_sum_is_found() {
    let (mut w, alice, token) = story();
    spoil(&mut w, &alice, token, |state, _| state.supply += tokens(1));
}

#[test]
#[should_panic(expected = "no_zero_entries")]
fn a_holder_of_nothing_is_found() {
    let (mut w, alice, token) = story();
    spoil(&mut w, &alice, token, |state, w| {
        state
            .accounts
            .set(w.network().store(), 7, Account::default())
            .unwrap();
    });
}

#[test]
#[should_panic(expected = "state_is_readable")]
fn a_missing_block_is_found() {
    let (mut w, alice, token) = story();
    let state: TokenState = w.network().state(&token).unwrap();
    let broken = (1u64, state.supply.clone());
    w.run(&alice, |network| {
        network.set_state(&token, &broken)?;
        let receipt = network.send(&alice, alice.address(), TokenAmount::from_whole(1), 0, Vec::new())?;
        Ok(((), receipt))
    });
}

#[test]
#[should_panic(expected = "a_failure_changes_nothing")]
fn a_change_that_comes_with_a_failure_is_found() {
    let (mut w, alice, token) = story();
    let bob = w.account(Kind::Bls, 0);
    w.run(&alice, |network| {
        network.send(&bob, alice.address(), TokenAmount::from_whole(1), 0, Vec::new())?;
        let receipt = network.send(&alice, token, TokenAmount::from_whole(1), 1, Vec::new())?;
        Ok(((), receipt))
    });
}

#[test]
#[should_panic(expected = "a_failure_changes_nothing")]
fn a_sender_who_loses_more_than_gas_is_found() {
    let (mut w, alice, token) = story();
    w.run(&alice, |network| {
        let receipt = network.send(&alice, token, TokenAmount::from_whole(1), 1, Vec::new())?;
        network.set_state(&alice.address(), &(token,))?;
        Ok(((), receipt))
    });
}

#[test]
#[should_panic(expected = "answers_nothing: it looks like Some(0) and the message ends with 0, not 0 and 23")]
fn a_hostile_counterparty_that_gets_through_is_found() {
    let (w, alice, token) = story();
    // An empty success is enough for a transfer, but would be no answer.
    w.twins(
        Asks::Answer,
        |_, _| Vec::new(),
        |w, to| w.frc46(token).transfer(&alice, to, tokens(1)),
    );
}

#[test]
#[should_panic(expected = "the message succeeded")]
fn a_refusal_that_does_not_happen_is_found() {
    let (mut w, alice, token) = story();
    w.frc46(token).burn(&alice, tokens(1)).refused(64);
}

#[test]
fn a_fork_knows_nothing_of_the_other() {
    let (mut w, alice, token) = story();
    let mut other = w.fork();
    w.frc46(token).burn(&alice, tokens(10)).ok();
    other.frc46(token).burn(&alice, tokens(1)).ok();
    assert_eq!((w.supply(token), other.supply(token)), (tokens(990), tokens(999)));
}
