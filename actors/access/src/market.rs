//! The small steps that selling is made of.

use std::collections::BTreeMap;

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::bigint::BigInt;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{AccessError, DataSetId, Plan, PlanId, PlanInfo, Purchase};
use holdfast_policies::access::sale::split_down;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Recorded;

use crate::data_set::Ended;
use crate::state::{AccessState, Market};

/// FIL among the assets, whose others are tokens by their ids.
pub(crate) const FIL: ActorID = 0;

impl AccessState {
    /// What is sold, and what is owed.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn market<BS: Blockstore>(&self, store: &BS) -> Result<Market, ActorError> {
        self.shelves(store)?.market.load(store)
    }

    /// Changes what is sold, or owed.
    ///
    /// # Errors
    /// Those of `change`.
    pub(crate) fn change_market<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Market) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.shelves
            .update(store, |shelves| shelves.market.update(store, change))
    }
}

impl Market {
    /// A plan.
    ///
    /// # Errors
    /// [`AccessError::NoPlan`].
    pub(crate) fn plan<BS: Blockstore>(&self, store: &BS, plan: PlanId) -> Result<PlanInfo, ActorError> {
        let info = self.plans.get(store, &plan)?;
        let mut info = info.ok_or(AccessError::NoPlan { plan })?.read()?;
        let sold = self.sold.get(store, &plan)?.unwrap_or(0);
        // Some of those that were sold before it was changed may have come back.
        let left = |stock: u64| stock.saturating_add(info.sold).saturating_sub(sold);
        info.plan.stock = info.plan.stock.map(left);
        info.sold = sold;
        Ok(info)
    }

    /// A plan as something was bought by it: whoever had a share of the price then has it still.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn as_bought<BS: Blockstore>(
        &self,
        store: &BS,
        plan: PlanId,
        info: &PlanInfo,
        bought: &Purchase,
    ) -> Result<Plan, ActorError> {
        let mut then = info.plan.clone();
        if bought.shares != info.shares {
            let shares = self.shares.get(store, &(plan, bought.shares))?;
            if let Some(shares) = shares {
                then.splits = shares.read()?.splits;
            }
        }
        Ok(then)
    }

    /// What a subject has bought by a plan.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn purchase<BS: Blockstore>(
        &self,
        store: &BS,
        plan: PlanId,
        subject: ActorID,
    ) -> Result<Option<Purchase>, ActorError> {
        let bought = self.purchases.get(store, &(plan, subject))?;
        bought.as_ref().map(Recorded::read).transpose()
    }

    /// What a subject has bought by a plan, which has to be something.
    ///
    /// # Errors
    /// [`AccessError::NotBought`].
    pub(crate) fn bought<BS: Blockstore>(
        &self,
        store: &BS,
        plan: PlanId,
        subject: ActorID,
    ) -> Result<Purchase, ActorError> {
        self.purchase(store, plan, subject)?
            .ok_or_else(|| AccessError::not_bought(plan, subject).into())
    }

    /// Counts a sale. A plan itself, which is much larger, is not written for it.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn count_sale<BS: Blockstore>(&mut self, store: &BS, plan: PlanId) -> Result<(), ActorError> {
        let sold = self.sold.get(store, &plan)?.unwrap_or(0);
        self.sold.set(store, plan, sold.saturating_add(1))
    }

    /// Counts a sale no longer, of which something came back.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn uncount_sale<BS: Blockstore>(
        &mut self,
        store: &BS,
        plan: PlanId,
    ) -> Result<(), ActorError> {
        let sold = self.sold.get(store, &plan)?.unwrap_or(0).saturating_sub(1);
        self.sold.update(store, [(plan, (sold > 0).then_some(sold))])
    }

    /// Writes down how the grants of a generation ended.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn set_ended<BS: Blockstore>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        (generation, ended): (u64, Ended),
    ) -> Result<(), ActorError> {
        self.ended
            .set(store, (data_set, generation), Recorded::new(&ended)?)
    }

    /// Writes down what a subject has bought.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn set_purchase<BS: Blockstore>(
        &mut self,
        store: &BS,
        at: (PlanId, ActorID),
        bought: &Purchase,
    ) -> Result<(), ActorError> {
        self.purchases.set(store, at, Recorded::new(bought)?)
    }

    /// Shares an amount between the referrer and those who share a plan's price.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn share<BS: Blockstore>(
        &mut self,
        store: &BS,
        plan: &Plan,
        (referrer, bps): (Option<ActorID>, u64),
        amount: &TokenAmount,
    ) -> Result<(), ActorError> {
        let shares: Vec<u64> = plan.splits.iter().map(|split| split.bps).collect();
        let (brought, parts) = split_down(amount.atto(), bps, &shares);
        let payees = plan.splits.iter().map(|split| id_of(&split.to)).zip(parts);
        self.credit(
            store,
            asset_of(plan),
            payees.chain(referrer.map(|who| (who, brought))),
        )
    }

    /// Adds to what waits for some.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn credit<BS: Blockstore>(
        &mut self,
        store: &BS,
        asset: ActorID,
        parts: impl IntoIterator<Item = (ActorID, BigInt)>,
    ) -> Result<(), ActorError> {
        let mut sums: BTreeMap<ActorID, TokenAmount> = BTreeMap::new();
        for (payee, part) in parts {
            *sums.entry(payee).or_default() += TokenAmount::from_atto(part);
        }
        let mut balances = self.balances.edit(store)?;
        for (payee, sum) in sums {
            let waits = balances.get(&(asset, payee))?.cloned().unwrap_or_default();
            let waits = waits + sum;
            balances.put(&(asset, payee), (!waits.is_zero()).then_some(waits))?;
        }
        balances.finish()
    }

    /// Takes what waits for somebody.
    ///
    /// # Errors
    /// [`AccessError::NothingWaits`].
    pub(crate) fn take<BS: Blockstore>(
        &mut self,
        store: &BS,
        asset: ActorID,
        payee: ActorID,
    ) -> Result<TokenAmount, ActorError> {
        let waits = self.balances.get(store, &(asset, payee))?;
        let waits = waits.ok_or_else(|| AccessError::nothing_waits(payee))?;
        self.balances.update(store, [((asset, payee), None)])?;
        Ok(waits)
    }
}

/// Who brought a buyer, and for which part of what is paid, bps.
pub(crate) fn brought(bought: &Purchase) -> (Option<ActorID>, u64) {
    (bought.referrer, bought.referrer_bps)
}

/// What a plan is paid in.
pub(crate) fn asset_of(plan: &Plan) -> ActorID {
    plan.asset.as_ref().map_or(FIL, |asset| id_of(&asset.token))
}

/// The id of an address that was resolved before it was stored.
pub(crate) fn id_of(address: &fvm_shared::address::Address) -> ActorID {
    address.id().unwrap_or(FIL)
}
