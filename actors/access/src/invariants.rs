//! What always holds of the access actor, by name. Walks the whole state: for tests and tools, not for methods.

mod linked;

use std::collections::{BTreeMap, BTreeSet};

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::MAX_OPERATIONS;
use holdfast_policies::access::delay::MAX_DELAY;
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::sale::BPS;
use holdfast_runtime::ActorError;
use holdfast_runtime::testing::Violations;

use crate::convert;
use crate::market::{FIL, asset_of};
use crate::state::{AccessState, Market};

/// Checks everything: `grants_have_numbers_once`, `parents_come_first`, `the_index_is_complete`, `grants_are_of_data_sets`,
/// `rules_are_policies`, `groups_have_owners`, `nobody_has_accepted_terms_to_come`, `prices_are_shared_whole`,
/// `purchases_are_of_plans`, `escrows_have_their_grants`, `grants_have_their_escrows`, `no_balance_is_zero`,
/// `delays_are_flagged`, `delays_are_within_bounds`, `operations_are_of_data_sets`, `nonces_are_masks`.
///
/// Keys, logs, tickets and commitments: `reader_keys_can_be_sealed_to`, `envelopes_are_of_key_epochs_that_were`, `envelopes_fit`,
/// `envelopes_are_for_readers_with_keys`, `logs_are_counted_from_one`, `logs_of_a_gateway_do_not_overlap`, `logs_are_of_the_past`,
/// `logs_have_entries`, `gateways_go_on_where_they_ended`, `tickets_come_in_order`, `tickets_are_short`,
/// `tickets_are_for_one_thing`, `commitments_are_of_generations_that_were`, `commitments_leave_no_start_open`.
pub fn check<BS: Blockstore>(state: &AccessState, store: &BS) -> Violations {
    let mut found = Violations::new();
    grants(state, store, &mut found);
    shelves(state, store, &mut found);
    market(state, store, &mut found);
    guards(state, store, &mut found);
    found
}

/// Checks everything, and with it of the actor's balance, attoFIL, that `fil_is_there_for_all_that_is_owed`.
pub fn check_with<BS: Blockstore>(state: &AccessState, store: &BS, balance: &TokenAmount) -> Violations {
    let mut found = check(state, store);
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
        let asset = asset_of(&market.plan(store, plan)?.plan);
        *owed.entry(asset).or_default() += bought.read()?.escrow;
        Ok(())
    })?;
    Ok(owed)
}

fn grants<BS: Blockstore>(state: &AccessState, store: &BS, found: &mut Violations) {
    let (mut slots, mut index) = (BTreeSet::new(), BTreeSet::new());
    let mut all: BTreeMap<u64, Grant> = BTreeMap::new();
    let walked = state.grants.for_each(store, |slot, held| {
        if let Some((subject, data_set)) = slot.as_index() {
            index.insert((data_set, subject));
            return Ok(());
        }
        let Some((data_set, subject)) = slot.as_grants() else {
            return Ok(());
        };
        slots.insert((data_set, subject));
        found.require("grants_have_numbers_once", !held.0.is_empty(), || {
            format!("f0{subject} has an empty slot in data set {data_set}")
        });
        for grant in held.0 {
            let id = grant.id;
            let once = id < state.next_grant && all.insert(id, grant).is_none();
            found.require("grants_have_numbers_once", once, || {
                format!("grant {id} of f0{subject} in data set {data_set}")
            });
        }
        let known = state.data_sets.get(store, &data_set)?.is_some();
        found.require("grants_are_of_data_sets", known, || {
            format!("data set {data_set}")
        });
        Ok(())
    });
    found.note("grants_are_readable", walked);
    found.require("the_index_is_complete", slots == index, || {
        let missing: Vec<_> = slots.symmetric_difference(&index).take(5).collect();
        format!("(data set, subject): {missing:?}")
    });
    for grant in all.values() {
        let first = grant.parent.is_none_or(|parent| parent.id < grant.id);
        found.require("parents_come_first", first, || format!("grant {}", grant.id));
    }
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
        let head = state.data_set(store, data_set)?;
        found.require("rules_are_policies", head.has_rules, || {
            format!("data set {data_set} has rules and does not say so")
        });
        Ok(())
    });
    found.note("rules_are_readable", walked);
    let walked = shelves.members.for_each(store, |(group, member), ()| {
        let owned = shelves.groups.get(store, &group)?.is_some();
        found.require("groups_have_owners", owned, || {
            format!("f0{member} is in group {group}")
        });
        Ok(())
    });
    found.note("members_are_readable", walked);
    let walked = shelves.accepted.for_each(store, |(data_set, subject), version| {
        let head = state.data_set(store, data_set)?;
        let known = (1..=head.terms_version).contains(&version);
        found.require("nobody_has_accepted_terms_to_come", known, || {
            format!("f0{subject} has accepted version {version} of data set {data_set}")
        });
        Ok(())
    });
    found.note("accepted_terms_are_readable", walked);
    linked::check(state, &shelves, store, found);
}

fn market<BS: Blockstore>(state: &AccessState, store: &BS, found: &mut Violations) {
    let Some(market) = found.note("market_is_readable", state.market(store)) else {
        return;
    };
    let walked = market.plans.for_each(store, |plan, info| {
        let shares = info.read()?.plan.splits;
        let sum: u64 = shares.iter().map(|split| split.bps).sum();
        found.require("prices_are_shared_whole", sum == BPS, || {
            format!("plan {plan} shares {sum} bps")
        });
        Ok(())
    });
    found.note("plans_are_readable", walked);
    let walked = market.balances.for_each(store, |(asset, payee), waits| {
        found.require("no_balance_is_zero", !waits.is_zero(), || {
            format!("of f0{payee} in {asset}")
        });
        Ok(())
    });
    found.note("balances_are_readable", walked);
    if let Some(with_money) = found.note("purchases_are_of_plans", escrows(state, &market, store)) {
        let mut marked = BTreeSet::new();
        let walked = state.grants.for_each(store, |_, held| {
            let escrowed = held.0.iter().filter(|grant| grant.escrowed);
            marked.extend(escrowed.map(|grant| grant.id));
            Ok(())
        });
        found.note("grants_are_readable", walked);
        found.require("escrows_have_their_grants", with_money.is_subset(&marked), || {
            format!("grants {:?}", with_money.difference(&marked))
        });
        found.require("grants_have_their_escrows", marked.is_subset(&with_money), || {
            format!("grants {:?}", marked.difference(&with_money))
        });
    }
}

/// The grants for which money is in escrow.
fn escrows<BS: Blockstore>(
    state: &AccessState,
    market: &Market,
    store: &BS,
) -> Result<BTreeSet<u64>, ActorError> {
    let mut grants = BTreeSet::new();
    market.purchases.for_each(store, |(plan, subject), bought| {
        let (bought, plan) = (bought.read()?, market.plan(store, plan)?.plan);
        let held = state.held(store, plan.data_set, subject)?;
        if !bought.escrow.is_zero() && held.find(bought.grant).is_some() {
            grants.insert(bought.grant);
        }
        Ok(())
    })?;
    Ok(grants)
}

fn guards<BS: Blockstore>(state: &AccessState, store: &BS, found: &mut Violations) {
    let shelves = state.shelves(store);
    let guards = state.guards(store);
    let (Some(shelves), Some(guards)) = (
        found.note("shelves_are_readable", shelves),
        found.note("guards_are_readable", guards),
    ) else {
        return;
    };
    let walked = guards.delays.for_each(store, |data_set, delays| {
        let head = state.data_set(store, data_set)?;
        found.require("delays_are_flagged", head.has_delays, || {
            format!("data set {data_set} has delays and does not say so")
        });
        let mut seen = Vec::new();
        for delay in delays.read()?.delays {
            let bounds = 0..=MAX_DELAY;
            let within = bounds.contains(&delay.before)
                && bounds.contains(&delay.after)
                && (delay.before > 0 || delay.after > 0)
                && !seen.contains(&delay.what);
            found.require("delays_are_within_bounds", within, || {
                format!("data set {data_set}: {delay:?}")
            });
            seen.push(delay.what);
        }
        Ok(())
    });
    found.note("delays_are_readable", walked);
    let walked = guards.operations.for_each(store, |data_set, operations| {
        let head = state.data_set(store, data_set)?;
        let operations = operations.read()?.operations;
        let ids: BTreeSet<_> = operations.iter().map(|operation| operation.id.0).collect();
        let sound = head.has_delays
            && (1..=MAX_OPERATIONS).contains(&operations.len())
            && ids.len() == operations.len();
        found.require("operations_are_of_data_sets", sound, || {
            format!("data set {data_set} has {} operations", operations.len())
        });
        Ok(())
    });
    found.note("operations_are_readable", walked);
    let walked = shelves.nonces.for_each(store, |(signer, word), used| {
        found.require("nonces_are_masks", used != 0 && word <= u64::MAX / 64, || {
            format!("f0{signer} has the word {word} of nonces")
        });
        Ok(())
    });
    found.note("nonces_are_readable", walked);
}
