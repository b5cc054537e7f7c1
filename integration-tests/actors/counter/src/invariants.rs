//! What always holds. Checked after every message of every test.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Array;
use holdfast_runtime::testing::Violations;

use crate::MAX_NAME;
use crate::state::CounterState;

/// Checks everything. `balance` is the actor's own, attoFIL.
pub fn check<BS: Blockstore>(store: &BS, state: &CounterState, balance: &TokenAmount) -> Violations {
    let mut found = Violations::new();
    let (height, cash) = (state.height, &state.cash);
    if let Some(sum) = found.note("points_sum_to_height", sum_of_points(store, state)) {
        found.require("points_sum_to_height", sum == height, || {
            format!("{sum} points, height {height}")
        });
    }
    if let Some(sum) = found.note("history_sums_to_height", sum_of_history(store, state)) {
        found.require("history_sums_to_height", sum == height, || {
            format!("{sum} raised, height {height}")
        });
    }
    if let Some(longest) = found.note("names_fit", longest_name(store, state)) {
        found.require("names_fit", longest <= MAX_NAME, || {
            format!("a name has {longest} bytes")
        });
    }
    found.require("cash_is_in_the_balance", cash <= balance, || {
        format!("cash {cash}, balance {balance}")
    });
    found
}

fn sum_of_points<BS: Blockstore>(store: &BS, state: &CounterState) -> Result<u64, ActorError> {
    let mut sum = 0;
    state.points.for_each(store, |_, points| {
        sum += points;
        Ok(())
    })?;
    Ok(sum)
}

fn sum_of_history<BS: Blockstore>(store: &BS, state: &CounterState) -> Result<u64, ActorError> {
    let history = Array::load(store, &state.history)?;
    let page = history.page(None, history.len())?;
    Ok(page.entries.iter().map(|(_, raise)| raise.by).sum())
}

fn longest_name<BS: Blockstore>(store: &BS, state: &CounterState) -> Result<usize, ActorError> {
    let mut longest = 0;
    state.names.for_each(store, |_, name| {
        longest = longest.max(name.len());
        Ok(())
    })?;
    Ok(longest)
}
