//! What always holds of a token, by name.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::econ::TokenAmount;

use crate::state::TokenState;

/// A broken invariant: its name and what was found.
pub type Broken = (&'static str, String);

/// Checks everything. Walks the whole state: for tests and tools, not for methods.
pub fn check<BS: Blockstore>(state: &TokenState, store: &BS) -> Vec<Broken> {
    let mut broken = Vec::new();
    balances(state, store, &mut broken);
    approvals(state, store, &mut broken);
    settings(state, store, &mut broken);
    broken
}

fn balances<BS: Blockstore>(state: &TokenState, store: &BS, broken: &mut Vec<Broken>) {
    let mut sum = TokenAmount::default();
    let walked = state.balances.for_each(store, |holder, balance| {
        sum += balance;
        if !balance.is_positive() {
            broken.push(("no_zero_entries", format!("f0{holder} has an entry of {balance}")));
        }
        Ok(())
    });
    if let Err(e) = walked {
        broken.push(("state_is_readable", e.to_string()));
    }
    if sum != state.supply {
        broken.push((
            "supply_is_sum_of_balances",
            format!("supply {} but balances {sum}", state.supply),
        ));
    }
}

fn approvals<BS: Blockstore>(state: &TokenState, store: &BS, broken: &mut Vec<Broken>) {
    let walked = state.allowances.for_each(store, |(holder, operator), allowance| {
        if !allowance.is_positive() {
            broken.push((
                "no_zero_entries",
                format!("f0{holder} allows f0{operator} {allowance}"),
            ));
        }
        Ok(())
    });
    if let Err(e) = walked {
        broken.push(("state_is_readable", e.to_string()));
    }
}

fn settings<BS: Blockstore>(state: &TokenState, store: &BS, broken: &mut Vec<Broken>) {
    match state.settings.load(store) {
        Err(e) => broken.push(("state_is_readable", e.to_string())),
        Ok(settings) if state.supply > settings.supply_cap => {
            let cap = settings.supply_cap;
            broken.push((
                "supply_within_cap",
                format!("supply {} above the cap {cap}", state.supply),
            ));
        }
        Ok(_) => {}
    }
}
