//! The small steps that selling is made of.

use std::collections::BTreeMap;

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::bigint::BigInt;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{AccessError, DataSetId, Plan, PlanId, PlanInfo, Purchase};
use holdfast_policies::access::sale::{split_down, split_last_down, split_more_down};
use holdfast_policies::access::span::Span;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Recorded;

use crate::data_set::{DataSet, Ended, Freeze};
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
        let parts = split_down(amount.atto(), bps, &shares(plan));
        self.pay_out(store, plan, referrer, parts)
    }

    /// Shares what was earned of an escrow between the same. As long as something is left in it, what divisions leave waits there.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn share_earned<BS: Blockstore>(
        &mut self,
        store: &BS,
        plan: &Plan,
        bought: &mut Purchase,
        earned: &TokenAmount,
    ) -> Result<(), ActorError> {
        let ((referrer, bps), shares) = (brought(bought), shares(plan));
        let (before, after) = (bought.shared.atto(), &bought.shared + earned);
        let parts = if bought.escrow.is_zero() {
            let parts = split_last_down(before, after.atto(), bps, &shares);
            bought.shared = TokenAmount::default();
            parts
        } else {
            let parts = split_more_down(before, after.atto(), bps, &shares);
            bought.shared = after;
            parts
        };
        self.pay_out(store, plan, referrer, parts)
    }

    fn pay_out<BS: Blockstore>(
        &mut self,
        store: &BS,
        plan: &Plan,
        referrer: Option<ActorID>,
        (brought, parts): (BigInt, Vec<BigInt>),
    ) -> Result<(), ActorError> {
        let payees = plan.splits.iter().map(|split| id_of(&split.to)).zip(parts);
        let referrer = referrer.map(|who| (who, brought));
        self.credit(store, asset_of(plan), payees.chain(referrer))
    }

    /// In how many epochs of a time a data set was frozen.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn frozen_in<BS: Blockstore>(
        &self,
        store: &BS,
        seen: (DataSetId, &DataSet),
        time: Span,
    ) -> Result<u64, ActorError> {
        if time.is_empty() {
            return Ok(0);
        }
        let before = |epoch| self.frozen_until(store, seen, epoch);
        let end = time.end.unwrap_or(ChainEpoch::MAX);
        Ok(before(end)?.saturating_sub(before(time.start)?))
    }

    /// For how many epochs a data set had been frozen at an epoch, since it was made.
    fn frozen_until<BS: Blockstore>(
        &self,
        store: &BS,
        (data_set, head): (DataSetId, &DataSet),
        epoch: ChainEpoch,
    ) -> Result<u64, ActorError> {
        if head.frozen_at.is_some_and(|since| since <= epoch) {
            return Ok(head.frozen_until(epoch));
        }
        if head.frozen == 0 {
            return Ok(0);
        }
        let at = u64::try_from(epoch).unwrap_or(0);
        match self.freezes.floor(store, &(data_set, at))? {
            Some(((of, since), freeze)) if of == data_set => {
                let Freeze { until, before } = freeze.read()?;
                let lasted = until.min(at).saturating_sub(since);
                Ok(before.saturating_add(lasted))
            }
            _ => Ok(0),
        }
    }

    /// Writes down a freeze that is over.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn set_freeze<BS: Blockstore>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        (since, freeze): (u64, Freeze),
    ) -> Result<(), ActorError> {
        self.freezes
            .set(store, (data_set, since), Recorded::new(&freeze)?)
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

/// How a plan's price is shared, bps.
pub(crate) fn shares(plan: &Plan) -> Vec<u64> {
    plan.splits.iter().map(|split| split.bps).collect()
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
