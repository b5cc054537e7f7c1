//! What always holds of a token is found when it does not. For votes see `votes::kept`.

use holdfast_runtime::Runtime;
use holdfast_token::state::TokenState;

use crate::desk::*;

/// The invariants that the usual token breaks after a change by hand.
fn broken(spoil: impl FnOnce(&mut TokenState, &Desk)) -> Vec<String> {
    let desk = Desk::new();
    let mut state = desk.state();
    spoil(&mut state, &desk);
    desk.broken(&state)
}

#[test]
fn a_supply_that_is_not_the_sum_of_the_balances_is_found() {
    let names = broken(|state, _| state.supply += tokens(1));
    assert_eq!(
        names,
        ["supply_is_sum_of_balances", "supply_checkpoint_is_supply"]
    );
}

#[test]
fn empty_entries_are_found() {
    let account = broken(|state, desk| {
        let empty = holdfast_token::account::Account::default();
        state.accounts.set(desk.0.store(), BOB, empty).unwrap();
    });
    let allowance = broken(|state, desk| {
        state
            .allowances
            .set(desk.0.store(), (ALICE, BOB), atto(0))
            .unwrap()
    });
    let nonce = broken(|state, desk| state.nonces.set(desk.0.store(), ALICE, 0).unwrap());
    for names in [account, allowance, nonce] {
        assert_eq!(names, ["no_zero_entries"]);
    }
}

#[test]
fn a_supply_above_its_cap_is_found() {
    let names = broken(|state, desk| {
        let store = desk.0.store();
        let spoilt = state.settings.update(store, |settings| {
            settings.supply_cap = tokens(999);
            Ok(())
        });
        spoilt.unwrap();
    });
    assert_eq!(names, ["supply_within_cap"]);
}

#[test]
fn a_minter_who_may_mint_nothing_is_found() {
    let names = broken(|state, desk| {
        let store = desk.0.store();
        let spoilt = state
            .settings
            .update(store, |settings| settings.minters.set(store, BOB, atto(0)));
        spoilt.unwrap();
    });
    assert_eq!(names, ["minters_have_caps"]);
}
