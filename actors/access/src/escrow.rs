//! What buyers have paid and sellers have not earned yet: how it is shared out, and how it comes back.
//!
//! A deposit is what was in escrow when money was last put in. What has become of it is computed anew from the whole each time,
//! so that it does not matter how often somebody asks.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::{Refunded, Settled};
use holdfast_api::access::{AccessError, DataSetId, Plan, PlanId, PlanKind, Purchase};
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::sale::{Parts, Spent, all_back, parts_down, refund_down};
use holdfast_policies::access::span::Span;
use holdfast_runtime::event::Event;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use crate::data_set::{DataSet, Ended};
use crate::market::asset_of;
use crate::state::{AccessState, Market};

/// What has left an escrow.
#[derive(Default)]
pub(crate) struct Moved {
    /// To those who share the price.
    pub(crate) earned: TokenAmount,
    /// To the subject.
    pub(crate) back: TokenAmount,
}

impl Moved {
    /// Reports it, so that who follows the events knows what is in every escrow.
    ///
    /// # Errors
    /// Those of the machine.
    pub(crate) fn tell<R: Runtime>(
        &self,
        rt: &mut R,
        data_set: DataSetId,
        (plan, subject): (PlanId, ActorID),
    ) -> Result<(), ActorError> {
        if !self.back.is_zero() {
            let amount = self.back.clone();
            Refunded {
                data_set,
                subject,
                plan,
                amount,
            }
            .emit(rt)?;
        }
        if self.earned.is_zero() {
            return Ok(());
        }
        let amount = self.earned.clone();
        Settled {
            data_set,
            subject,
            plan,
            amount,
        }
        .emit(rt)
    }

    /// Writes down whom it went to.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn credit<BS: Blockstore>(
        &self,
        market: &mut Market,
        store: &BS,
        (plan, bought, subject): (&Plan, &mut Purchase, ActorID),
    ) -> Result<(), ActorError> {
        if !self.back.is_zero() {
            market.credit(store, asset_of(plan), [(subject, self.back.atto().clone())])?;
        }
        market.share_earned(store, plan, bought, &self.earned)
    }
}

/// Puts a price into a purchase's escrow, to be earned from an epoch on, or by uses. What has been spent of the deposit before has
/// left it already.
pub(crate) fn deposit(bought: &mut Purchase, price: &TokenAmount, from: ChainEpoch) {
    bought.escrow += price;
    bought.deposit = bought.escrow.clone();
    bought.earned = TokenAmount::default();
    bought.from = from;
}

/// Takes what has been earned until now out of an escrow, and what was withheld.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn take_spent<BS: Blockstore>(
    (market, store): (&Market, &BS),
    plan: &Plan,
    bought: &mut Purchase,
    seen: (&DataSet, Option<&Grant>),
    now: ChainEpoch,
) -> Result<Moved, ActorError> {
    let spent = spent((market, store), plan, bought, seen, now)?;
    let parts = parts_down(bought.deposit.atto(), &before(bought), spent);
    Ok(moved(bought, parts))
}

/// What was spent of a deposit at an epoch.
fn spent<BS: Blockstore>(
    (market, store): (&Market, &BS),
    plan: &Plan,
    bought: &Purchase,
    (head, grant): (&DataSet, Option<&Grant>),
    at: ChainEpoch,
) -> Result<Spent, ActorError> {
    if let PlanKind::PerUse { .. } = plan.kind {
        let left = grant.and_then(|grant| grant.uses).unwrap_or(0);
        return Ok(Spent::of_uses(left, bought.uses));
    }
    let end = grant.and_then(|grant| grant.span.end).unwrap_or(at);
    let seen = (plan.data_set, head);
    let paid = Span {
        start: bought.from,
        end: Some(at.min(end)),
    };
    let frozen = market.frozen_in(store, seen, paid)?;
    let rested = match grant {
        Some(grant) => rested((market, store), seen, grant, at)?,
        None => 0,
    };
    Ok(Spent::of_time(
        bought.from,
        end,
        at,
        frozen.saturating_add(rested),
    ))
}

/// For how many epochs of what was paid for, before an epoch, a grant had been suspended while the data set was not frozen anyway.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn rested<BS: Blockstore>(
    (market, store): (&Market, &BS),
    seen: (DataSetId, &DataSet),
    grant: &Grant,
    epoch: ChainEpoch,
) -> Result<u64, ActorError> {
    let rests = grant.rests(epoch);
    let frozen = market.frozen_in(store, seen, rests)?;
    Ok(grant.rested.saturating_add(rests.epochs().saturating_sub(frozen)))
}

/// What had become of a deposit when somebody asked last.
fn before(bought: &Purchase) -> Parts {
    let returned = &bought.deposit - &bought.escrow - &bought.earned;
    Parts {
        earned: bought.earned.atto().clone(),
        returned: returned.atto().clone(),
    }
}

/// Takes out of an escrow what has become of the deposit since.
fn moved(bought: &mut Purchase, parts: Parts) -> Moved {
    let Parts { earned, returned } = before(bought);
    let moved = Moved {
        earned: TokenAmount::from_atto(parts.earned.clone()) - TokenAmount::from_atto(earned),
        back: TokenAmount::from_atto(parts.returned) - TokenAmount::from_atto(returned),
    };
    bought.earned = TokenAmount::from_atto(parts.earned);
    bought.escrow -= &moved.earned;
    bought.escrow -= &moved.back;
    moved
}

/// A purchase of which something is in escrow.
pub(crate) struct Escrowed {
    at: (PlanId, ActorID),
    /// The plan.
    pub(crate) plan: Plan,
    head: DataSet,
    bought: Purchase,
    grant: Option<Grant>,
    taken: Taken,
}

impl Escrowed {
    /// What a subject has bought by a plan.
    ///
    /// # Errors
    /// [`AccessError::NoPlan`], [`AccessError::NotBought`], [`AccessError::NothingInEscrow`].
    pub(crate) fn new<R: Runtime>(
        st: &AccessState,
        store: &Scope<'_, R>,
        plan: PlanId,
        subject: ActorID,
    ) -> Result<Self, ActorError> {
        let market = st.market(store)?;
        let info = market.plan(store, plan)?;
        let bought = market.bought(store, plan, subject)?;
        if bought.escrow.is_zero() {
            return Err(AccessError::nothing_in_escrow(plan, subject).into());
        }
        let then = market.as_bought(store, plan, &info, &bought)?;
        let head = st.data_set(store, then.data_set)?;
        let held = st.held(store, then.data_set, subject)?;
        let grant = held.find(bought.grant).cloned();
        Self::of(st, store, (plan, subject), (then, head), (bought, grant))
    }

    /// The same of what was looked at already.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn of<R: Runtime>(
        st: &AccessState,
        store: &Scope<'_, R>,
        at: (PlanId, ActorID),
        (plan, head): (Plan, DataSet),
        (bought, grant): (Purchase, Option<Grant>),
    ) -> Result<Self, ActorError> {
        let taken = Taken::new(st, store, (plan.data_set, &head), grant.as_ref())?;
        Ok(Self {
            at,
            plan,
            head,
            bought,
            grant,
            taken,
        })
    }

    /// Whether nobody uses it any more: its time is over, it was taken away, or given back, and then nothing more of it would be
    /// earned by uses.
    pub(crate) fn is_over(&self, now: ChainEpoch) -> bool {
        let grant = self.grant.as_ref();
        let ended = |grant: &Grant| grant.revoked || grant.span.is_over(now);
        self.taken != Taken::Not || grant.is_some_and(ended)
    }

    /// What is kept back, bps: nothing of what others withhold.
    fn penalty(&self, now: ChainEpoch) -> u64 {
        let rests = |grant: &Grant| now < grant.suspended_until;
        if self.head.is_frozen() || self.grant.as_ref().is_some_and(rests) {
            return 0;
        }
        self.plan.penalty_bps.unwrap_or(0)
    }

    /// What becomes of the deposit when nobody goes on using it, and whether something of it was left.
    fn parts<BS: Blockstore>(
        &self,
        market: (&Market, &BS),
        now: ChainEpoch,
    ) -> Result<(Parts, bool), ActorError> {
        let (deposit, before) = (self.bought.deposit.atto(), before(&self.bought));
        let (at, penalty) = match &self.taken {
            Taken::Not => (now, self.penalty(now)),
            Taken::With(ended) => (ended.at, 0),
            Taken::Alone => return Ok((all_back(deposit, before), true)),
        };
        let seen = (&self.head, self.grant.as_ref());
        let spent = spent(market, &self.plan, &self.bought, seen, at)?;
        let left = spent.left() > 0;
        Ok((refund_down(deposit, &before, spent, penalty), left))
    }

    /// Gives the subject what is unused, less a penalty; all of it if it alone was taken away. The grant ends, and what was left of
    /// it can be sold again.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn give_back<R: Runtime>(
        mut self,
        st: &mut AccessState,
        scope: &Scope<'_, R>,
    ) -> Result<Moved, ActorError> {
        let now = scope.epoch();
        let (parts, was_left) = self.parts((&st.market(scope)?, scope), now)?;
        let moved = moved(&mut self.bought, parts);
        let at = (self.plan.data_set, self.at.1, grant_id(&self.grant));
        st.change_grant(scope, at, |grant| {
            grant.escrowed = false;
            if !grant.span.is_over(now) {
                grant.renounced |= !grant.revoked;
                grant.revoked = true;
            }
            Ok(())
        })?;
        st.change_market(scope, |market| {
            if was_left {
                market.uncount_sale(scope, self.at.0)?;
            }
            moved.credit(market, scope, (&self.plan, &mut self.bought, self.at.1))?;
            market.set_purchase(scope, self.at, &self.bought)
        })?;
        Ok(moved)
    }

    /// Shares out what has been earned, and gives back what was withheld.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn share_out<R: Runtime>(
        mut self,
        st: &mut AccessState,
        scope: &Scope<'_, R>,
    ) -> Result<Moved, ActorError> {
        let seen = (&self.head, self.grant.as_ref());
        let market = (&st.market(scope)?, scope);
        let moved = take_spent(market, &self.plan, &mut self.bought, seen, scope.epoch())?;
        let at = (self.plan.data_set, self.at.1, grant_id(&self.grant));
        if self.bought.escrow.is_zero() {
            st.change_grant(scope, at, |grant| {
                grant.escrowed = false;
                Ok(())
            })?;
        }
        st.change_market(scope, |market| {
            moved.credit(market, scope, (&self.plan, &mut self.bought, self.at.1))?;
            market.set_purchase(scope, self.at, &self.bought)
        })?;
        Ok(moved)
    }
}

fn grant_id(grant: &Option<Grant>) -> u64 {
    grant.as_ref().map_or(0, |grant| grant.id)
}

/// Whether others took away what was paid for, and how.
#[derive(PartialEq)]
enum Taken {
    /// They did not, or only when it was used up.
    Not,
    /// With all others.
    With(Ended),
    /// It alone, or nobody knows how: nothing of it is earned.
    Alone,
}

impl Taken {
    fn new<BS: Blockstore>(
        st: &AccessState,
        store: &BS,
        (data_set, head): (DataSetId, &DataSet),
        grant: Option<&Grant>,
    ) -> Result<Self, ActorError> {
        let Some(grant) = grant else {
            return Ok(Self::Alone);
        };
        if grant.uses == Some(0) || !grant.was_taken(head.generation) {
            return Ok(Self::Not);
        }
        if grant.revoked && !grant.renounced {
            return Ok(Self::Alone);
        }
        let ended = st
            .market(store)?
            .ended
            .get(store, &(data_set, grant.generation))?;
        let ended = ended.as_ref().map(|ended| ended.read()).transpose()?;
        Ok(ended.map_or(Self::Alone, Self::With))
    }
}
