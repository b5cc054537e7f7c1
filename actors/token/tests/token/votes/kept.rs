//! What always holds of votes, and is found when it does not.

use holdfast_runtime::Runtime;

use super::delegated;
use crate::desk::*;

#[test]
fn votes_that_are_not_the_delegated_balances_are_found() {
    let desk = delegated();
    let mut state = desk.state();
    let history = state.votes.as_mut().unwrap();
    history.set(desk.0.store(), (BOB, 1_000), tokens(1)).unwrap();
    assert_eq!(desk.broken(&state), ["votes_are_delegated_balances"]);
    state.votes = None;
    assert!(
        desk.broken(&state)
            .iter()
            .any(|name| name == "votes_are_delegated_balances")
    );
}

#[test]
fn a_supply_that_its_history_does_not_end_with_is_found() {
    let desk = delegated();
    let (mut state, store) = (desk.state(), desk.0.store());
    let spoilt = state.settings.update(store, |settings| {
        settings.supply_history.set(store, 1_000, tokens(1))
    });
    spoilt.unwrap();
    assert_eq!(desk.broken(&state), ["supply_checkpoint_is_supply"]);
}

#[test]
fn checkpoints_of_epochs_to_come_are_found() {
    let desk = delegated();
    let (mut state, store) = (desk.state(), desk.0.store());
    let history = state.votes.as_mut().unwrap();
    history.set(store, (BOB, 1_001), tokens(990)).unwrap();
    assert_eq!(desk.broken(&state), ["no_checkpoint_is_to_come"]);
    let mut state = desk.state();
    let spoilt = state.settings.update(store, |settings| {
        settings.supply_history.set(store, 1_001, tokens(1_000))
    });
    spoilt.unwrap();
    assert_eq!(desk.broken(&state), ["no_checkpoint_is_to_come"]);
}
