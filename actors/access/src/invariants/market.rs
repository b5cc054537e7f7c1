//! Of what is sold, and of money.

use std::collections::{BTreeMap, BTreeSet};

use fvm_ipld_blockstore::Blockstore;
use holdfast_policies::access::sale::BPS;
use holdfast_runtime::ActorError;
use holdfast_runtime::testing::Violations;

use crate::state::{AccessState, Market};

/// No plan was sold more often than it was bought; less often where something came back.
fn sales<BS: Blockstore>(market: &Market, store: &BS, found: &mut Violations) {
    let mut times: BTreeMap<_, u64> = BTreeMap::new();
    let walked = market.purchases.for_each(store, |(plan, _), bought| {
        *times.entry(plan).or_default() += bought.read()?.count;
        Ok(())
    });
    found.note("purchases_are_readable", walked);
    let walked = market.sold.for_each(store, |plan, sold| {
        let bought = times.get(&plan).copied().unwrap_or(0);
        let is_sold = (1..=bought).contains(&sold) && market.plans.get(store, &plan)?.is_some();
        found.require("sales_are_of_plans", is_sold, || {
            format!("{sold} by plan {plan}, which was bought {bought} times")
        });
        Ok(())
    });
    found.note("sales_are_readable", walked);
}

pub(super) fn check<BS: Blockstore>(state: &AccessState, store: &BS, found: &mut Violations) {
    let Some(market) = found.note("market_is_readable", state.market(store)) else {
        return;
    };
    let walked = market.plans.for_each(store, |plan, info| {
        let shares = info.read()?.plan.splits;
        let sum: u64 = shares.iter().map(|split| split.bps).sum();
        found.require("prices_are_shared_whole", sum == BPS, || {
            format!("plan {plan} shares {sum} bps")
        });
        let given_out = (1..market.next_plan).contains(&plan);
        found.require("numbers_were_given_out", given_out, || format!("plan {plan}"));
        Ok(())
    });
    found.note("plans_are_readable", walked);
    sales(&market, store, found);
    let walked = market.balances.for_each(store, |(asset, payee), waits| {
        found.require("no_balance_is_zero", !waits.is_zero(), || {
            format!("of f0{payee} in {asset}")
        });
        Ok(())
    });
    found.note("balances_are_readable", walked);
    let walked = market.purchases.for_each(store, |(plan, subject), bought| {
        let bought = bought.read()?;
        let shared = bought.shared.is_zero() || !bought.escrow.is_zero();
        let accounted = shared && &bought.escrow + &bought.earned <= bought.deposit;
        found.require("deposits_are_accounted_for", accounted, || {
            format!("of f0{subject} by plan {plan}")
        });
        Ok(())
    });
    found.note("purchases_are_readable", walked);
    let walked = market.ended.for_each(store, |(data_set, generation), ended| {
        ended.read()?;
        let head = state.data_set(store, data_set)?;
        found.require("what_ended_is_past", generation < head.generation, || {
            format!("generation {generation} of data set {data_set}")
        });
        Ok(())
    });
    found.note("ends_are_readable", walked);
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
