//! What always holds of a token, by name. Walks the whole state: for tests and tools, not for methods.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::testing::Violations;

use crate::state::TokenState;

/// Checks everything: `supply_is_sum_of_balances`, `no_zero_entries`, `supply_within_cap`, `minters_have_caps`.
pub fn check<BS: Blockstore>(state: &TokenState, store: &BS) -> Violations {
    let mut found = Violations::new();
    balances(state, store, &mut found);
    approvals(state, store, &mut found);
    settings(state, store, &mut found);
    found
}

fn balances<BS: Blockstore>(state: &TokenState, store: &BS, found: &mut Violations) {
    let mut sum = TokenAmount::default();
    let walked = state.accounts.for_each(store, |holder, account| {
        sum += &account.balance;
        let something = account.balance.is_positive() || account.delegate.is_some();
        found.require("no_zero_entries", something, || {
            format!("f0{holder} has an empty account")
        });
        Ok(())
    });
    found.note("accounts_are_readable", walked);
    let supply = &state.supply;
    found.require("supply_is_sum_of_balances", sum == *supply, || {
        format!("supply {supply}, balances {sum}")
    });
}

fn approvals<BS: Blockstore>(state: &TokenState, store: &BS, found: &mut Violations) {
    let walked = state.allowances.for_each(store, |(holder, operator), allowance| {
        found.require("no_zero_entries", allowance.is_positive(), || {
            format!("f0{holder} allows f0{operator} {allowance}")
        });
        Ok(())
    });
    found.note("allowances_are_readable", walked);
    let walked = state.nonces.for_each(store, |holder, nonce| {
        found.require("no_zero_entries", nonce > 0, || {
            format!("f0{holder} has the nonce 0")
        });
        Ok(())
    });
    found.note("nonces_are_readable", walked);
}

fn settings<BS: Blockstore>(state: &TokenState, store: &BS, found: &mut Violations) {
    let Some(settings) = found.note("settings_are_readable", state.settings.load(store)) else {
        return;
    };
    let (supply, cap) = (&state.supply, &settings.supply_cap);
    found.require("supply_within_cap", supply <= cap, || {
        format!("supply {supply} above the cap {cap}")
    });
    let walked = settings.minters.for_each(store, |minter, cap| {
        found.require("minters_have_caps", cap.is_positive(), || {
            format!("f0{minter} may mint {cap}")
        });
        Ok(())
    });
    found.note("minters_are_readable", walked);
}
