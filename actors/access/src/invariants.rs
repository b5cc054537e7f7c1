//! What always holds of the access actor, by name. Walks the whole state: for tests and tools, not for methods.

mod grants;
mod guards;
mod linked;
mod market;

use std::collections::BTreeMap;

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_policies::access::sale::unshared;
use holdfast_runtime::ActorError;
use holdfast_runtime::testing::Violations;

use crate::convert;
use crate::market::{FIL, asset_of, shares};
use crate::state::AccessState;

/// Checks everything at an epoch: `grants_have_numbers_once`, `parents_come_first`, `no_grant_counts_under_a_dead_one`,
/// `the_index_is_complete`, `grants_are_of_data_sets`, `numbers_were_given_out`, `sales_are_of_plans`,
/// `rules_are_policies`, `groups_have_owners`, `nobody_has_accepted_terms_to_come`, `prices_are_shared_whole`,
/// `purchases_are_of_plans`, `escrows_have_their_grants`, `grants_have_their_escrows`, `deposits_are_accounted_for`,
/// `what_ended_is_past`, `no_balance_is_zero`,
/// `delays_are_flagged`, `delays_are_within_bounds`, `operations_are_of_data_sets`, `nonces_are_masks`.
///
/// Keys, logs, tickets and commitments: `reader_keys_can_be_sealed_to`, `envelopes_are_of_key_epochs_that_were`, `envelopes_fit`,
/// `envelopes_are_for_readers_with_keys`, `logs_are_counted_from_one`, `logs_of_a_gateway_do_not_overlap`, `logs_are_of_the_past`,
/// `logs_have_entries`, `gateways_go_on_where_they_ended`, `tickets_come_in_order`, `tickets_are_short`,
/// `tickets_are_for_one_thing`, `commitments_are_of_generations_that_were`, `commitments_leave_no_start_open`.
pub fn check<BS: Blockstore>(state: &AccessState, store: &BS, now: ChainEpoch) -> Violations {
    let mut found = Violations::new();
    grants::check(state, store, now, &mut found);
    shelves(state, store, &mut found);
    market::check(state, store, &mut found);
    if let Some(annex) = found.note("annex_is_readable", state.annex(store)) {
        guards::check(state, &annex, store, &mut found);
        linked::check(state, &annex, store, &mut found);
    }
    found
}

/// Checks everything, and with it of the actor's balance, attoFIL, that `fil_is_there_for_all_that_is_owed`.
pub fn check_with<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
    now: ChainEpoch,
    balance: &TokenAmount,
) -> Violations {
    let mut found = check(state, store, now);
    if let Some(owed) = found.note("what_is_owed_is_readable", owed(state, store)) {
        let fil = owed.get(&FIL).cloned().unwrap_or_default();
        found.require("fil_is_there_for_all_that_is_owed", fil <= *balance, || {
            format!("{fil} are owed, the balance is {balance}")
        });
    }
    found
}

/// What the actor owes, by asset: balances that wait and escrows. It has to hold at least as much.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub fn owed<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
) -> Result<BTreeMap<ActorID, TokenAmount>, ActorError> {
    let market = state.market(store)?;
    let mut owed: BTreeMap<ActorID, TokenAmount> = BTreeMap::new();
    market.balances.for_each(store, |(asset, _), waits| {
        *owed.entry(asset).or_default() += waits;
        Ok(())
    })?;
    market.purchases.for_each(store, |(plan, _), bought| {
        let (bought, info) = (bought.read()?, market.plan(store, plan)?);
        let plan = market.as_bought(store, plan, &info, &bought)?;
        let waits = unshared(bought.shared.atto(), bought.referrer_bps, &shares(&plan));
        *owed.entry(asset_of(&plan)).or_default() += bought.escrow + TokenAmount::from_atto(waits);
        Ok(())
    })?;
    Ok(owed)
}

fn shelves<BS: Blockstore>(state: &AccessState, store: &BS, found: &mut Violations) {
    let Some(shelves) = found.note("shelves_are_readable", state.shelves(store)) else {
        return;
    };
    let walked = shelves.rules.for_each(store, |data_set, rules| {
        for rule in rules.read()?.rules {
            let read = convert::rule(&rule);
            found.require("rules_are_policies", read.is_ok(), || {
                format!("data set {data_set}")
            });
        }
        let known = state.data_sets.get(store, &data_set)?.is_some();
        found.require("rules_are_policies", known, || {
            format!("there are rules and no data set {data_set}")
        });
        Ok(())
    });
    found.note("rules_are_readable", walked);
    let walked = shelves.groups.for_each(store, |group, _| {
        let given_out = (1..shelves.next_group).contains(&group);
        found.require("numbers_were_given_out", given_out, || format!("group {group}"));
        Ok(())
    });
    found.note("groups_are_readable", walked);
    let walked = state.data_sets.for_each(store, |data_set, head| {
        let given_out = (1..state.next_data_set).contains(&data_set);
        found.require("numbers_were_given_out", given_out, || {
            format!("data set {data_set}")
        });
        let has_rules = shelves.rules.get(store, &data_set)?.is_some();
        found.require("rules_are_policies", head.has_rules == has_rules, || {
            let (says, has) = (head.has_rules, has_rules);
            format!("data set {data_set} says {says} to whether it has rules, and that is {has}")
        });
        Ok(())
    });
    found.note("data_sets_are_readable", walked);
    let walked = shelves.members.for_each(store, |(group, member), ()| {
        let owned = shelves.groups.get(store, &group)?.is_some();
        found.require("groups_have_owners", owned, || {
            format!("f0{member} is in group {group}")
        });
        Ok(())
    });
    found.note("members_are_readable", walked);
    let walked = shelves.accepted.for_each(store, |(data_set, subject), accepted| {
        let (head, version) = (state.data_set(store, data_set)?, accepted.read()?.version);
        let known = (1..=head.terms_version).contains(&version);
        found.require("nobody_has_accepted_terms_to_come", known, || {
            format!("f0{subject} has accepted version {version} of data set {data_set}")
        });
        Ok(())
    });
    found.note("accepted_terms_are_readable", walked);
}
