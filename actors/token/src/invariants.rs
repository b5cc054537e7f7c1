//! What always holds of a token, by name. Walks the whole state: for tests and tools, not for methods.

use std::collections::BTreeMap;

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::testing::Violations;

use crate::state::TokenState;
use crate::votes::number;

/// Checks everything at an epoch: `supply_is_sum_of_balances`, `no_zero_entries`, `supply_within_cap`, `minters_have_caps`,
/// `votes_are_delegated_balances`, `supply_checkpoint_is_supply`, `no_checkpoint_is_to_come`.
pub fn check<BS: Blockstore>(state: &TokenState, store: &BS, now: ChainEpoch) -> Violations {
    let mut found = Violations::new();
    balances(state, store, &mut found);
    approvals(state, store, &mut found);
    settings(state, store, &mut found);
    votes(state, store, &mut found);
    supply_history(state, store, number(now), &mut found);
    past(state, store, number(now), &mut found);
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

/// Who votes with how many tokens, counted anew, is what the history says last. A token that is not voting has neither.
fn votes<BS: Blockstore>(state: &TokenState, store: &BS, found: &mut Violations) {
    let mut delegated: BTreeMap<ActorID, TokenAmount> = BTreeMap::new();
    let walked = state.accounts.for_each(store, |_, account| {
        if let Some(delegate) = account.delegate {
            *delegated.entry(delegate).or_default() += &account.balance;
        }
        Ok(())
    });
    found.note("accounts_are_readable", walked);
    let mut latest: BTreeMap<ActorID, TokenAmount> = BTreeMap::new();
    let walked = state.votes.iter().try_for_each(|history| {
        history.for_each(store, |(delegate, _), votes| {
            latest.insert(delegate, votes);
            Ok(())
        })
    });
    found.note("checkpoints_are_readable", walked);
    delegated.retain(|_, votes| !votes.is_zero());
    latest.retain(|_, votes| !votes.is_zero());
    found.require("votes_are_delegated_balances", delegated == latest, || {
        format!("delegated balances {delegated:?}, last checkpoints {latest:?}")
    });
}

/// A history knows nothing of what is to come.
fn past<BS: Blockstore>(state: &TokenState, store: &BS, now: u64, found: &mut Violations) {
    let walked = state.votes.iter().try_for_each(|history| {
        history.for_each(store, |(delegate, epoch), _| {
            found.require("no_checkpoint_is_to_come", epoch <= now, || {
                format!("f0{delegate} at epoch {epoch}, now {now}")
            });
            Ok(())
        })
    });
    found.note("checkpoints_are_readable", walked);
}

/// Nor does that of the supply, and its last checkpoint in a voting token is the supply.
fn supply_history<BS: Blockstore>(state: &TokenState, store: &BS, now: u64, found: &mut Violations) {
    let Some(settings) = found.note("settings_are_readable", state.settings.load(store)) else {
        return;
    };
    let mut last = TokenAmount::default();
    let walked = settings.supply_history.for_each(store, |epoch, supply| {
        found.require("no_checkpoint_is_to_come", epoch <= now, || {
            format!("the supply at epoch {epoch}, now {now}")
        });
        last = supply;
        Ok(())
    });
    found.note("checkpoints_are_readable", walked);
    let expected = if state.votes.is_some() {
        state.supply.clone()
    } else {
        TokenAmount::default()
    };
    found.require("supply_checkpoint_is_supply", last == expected, || {
        format!("supply {}, last checkpoint {last}", state.supply)
    });
}
