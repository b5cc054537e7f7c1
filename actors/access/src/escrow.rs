//! What buyers have paid and sellers have not earned yet: how it is shared out, and how it comes back.

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::{Refunded, Settled};
use holdfast_api::access::{AccessError, DataSetId, Plan, PlanId, Purchase};
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::sale::{earned_down, refund_down};
use holdfast_runtime::event::Event;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use crate::data_set::DataSet;
use crate::market::{asset_of, brought, earned_by, unused};
use crate::state::AccessState;

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
}

/// A purchase of which something is in escrow.
pub(crate) struct Escrowed {
    at: (PlanId, ActorID),
    /// The plan.
    pub(crate) plan: Plan,
    head: DataSet,
    bought: Purchase,
    grant: Option<Grant>,
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
        let head = st.data_set(store, info.plan.data_set)?;
        let held = st.held(store, info.plan.data_set, subject)?;
        Ok(Self {
            at: (plan, subject),
            grant: held.find(bought.grant).cloned(),
            plan: info.plan,
            head,
            bought,
        })
    }

    /// Whether nobody uses it any more: it was taken away, or given back, and then nothing more of it would be earned by uses.
    pub(crate) fn is_over(&self) -> bool {
        let grant = self.grant.as_ref();
        was_taken(&self.head, grant) || grant.is_some_and(|grant| grant.revoked)
    }

    /// What is kept back, bps: nothing of what others withhold.
    fn penalty(&self, now: ChainEpoch) -> u64 {
        let rests = self.grant.as_ref().and_then(|grant| grant.rests_since(now));
        if self.head.is_frozen() || rests.is_some() {
            return 0;
        }
        self.plan.penalty_bps.unwrap_or(0)
    }

    /// Gives the subject what is unused, less a penalty; all of it if it was taken away. The grant ends.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn give_back<R: Runtime>(
        self,
        st: &mut AccessState,
        scope: &Scope<'_, R>,
    ) -> Result<Moved, ActorError> {
        let now = scope.epoch();
        let penalty = self.penalty(now);
        let Self {
            at,
            plan,
            head,
            bought,
            grant,
        } = self;
        let unused_at = |epoch: ChainEpoch| {
            let earned = earned_by(&head, grant.as_ref(), now);
            unused(&plan, &bought, grant.as_ref(), epoch.min(earned))
        };
        let back = match Taken::new(&head, grant.as_ref()) {
            Taken::Not => refund_down(bought.escrow.atto(), unused_at(now), penalty),
            Taken::At(epoch) => refund_down(bought.escrow.atto(), unused_at(epoch), 0),
            Taken::Sometime => bought.escrow.atto().clone(),
        };
        let back = TokenAmount::from_atto(back);
        let earned = &bought.escrow - &back;
        let moved = Moved { earned, back };
        end(st, scope, at, (&plan, bought), &moved)?;
        st.change_grant(scope, (plan.data_set, at.1, grant_id(&grant)), |grant| {
            grant.renounced |= !grant.revoked;
            (grant.revoked, grant.escrowed) = (true, false);
            Ok(())
        })?;
        Ok(moved)
    }

    /// Shares out what has been earned.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn share_out<R: Runtime>(
        mut self,
        st: &mut AccessState,
        scope: &Scope<'_, R>,
    ) -> Result<Moved, ActorError> {
        let until = earned_by(&self.head, self.grant.as_ref(), scope.epoch());
        let earned = earn(&self.plan, &mut self.bought, self.grant.as_ref(), until);
        let done = self.bought.escrow.is_zero();
        let at = (self.plan.data_set, self.at.1, grant_id(&self.grant));
        if done {
            st.change_grant(scope, at, |grant| {
                grant.escrowed = false;
                Ok(())
            })?;
        }
        st.change_market(scope, |market| {
            market.share(scope, &self.plan, brought(&self.bought), &earned)?;
            market.set_purchase(scope, self.at, &self.bought)
        })?;
        let back = TokenAmount::default();
        Ok(Moved { earned, back })
    }
}

fn grant_id(grant: &Option<Grant>) -> u64 {
    grant.as_ref().map_or(0, |grant| grant.id)
}

/// Whether others took away what was paid for.
fn was_taken(head: &DataSet, grant: Option<&Grant>) -> bool {
    Taken::new(head, grant) != Taken::Not
}

/// Whether others took away what was paid for, and when.
#[derive(PartialEq)]
enum Taken {
    /// They did not.
    Not,
    /// With all others, at an epoch.
    At(ChainEpoch),
    /// Nobody knows when, so that nothing of it is earned.
    Sometime,
}

impl Taken {
    fn new(head: &DataSet, grant: Option<&Grant>) -> Self {
        let Some(grant) = grant else {
            return Self::Sometime;
        };
        let missed = head.generation.saturating_sub(grant.generation);
        match (grant.was_taken(head.generation), missed) {
            (false, _) => Self::Not,
            (true, 1) if !grant.revoked => Self::At(head.raised_at),
            (true, _) => Self::Sometime,
        }
    }
}

/// Takes what has been earned until an epoch, that of [`earned_by`], out of an escrow; gives it.
pub(crate) fn earn(
    plan: &Plan,
    bought: &mut Purchase,
    grant: Option<&Grant>,
    until: ChainEpoch,
) -> TokenAmount {
    let unused = unused(plan, bought, grant, until);
    let earned = TokenAmount::from_atto(earned_down(bought.escrow.atto(), unused));
    bought.escrow -= &earned;
    if bought.uses > 0 {
        bought.uses = unused.left;
    } else {
        let end = grant.and_then(|grant| grant.span.end).unwrap_or(until);
        bought.from = bought.from.max(until.min(end));
    }
    earned
}

/// Shares out the rest of an escrow whose purchase is over, before another one takes its place. What others took away goes
/// back.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn close<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    at: (PlanId, ActorID),
    (plan, head): (&Plan, &DataSet),
    (bought, grant): (Purchase, Option<Grant>),
) -> Result<Moved, ActorError> {
    let escrowed = Escrowed {
        at,
        plan: plan.clone(),
        head: head.clone(),
        bought,
        grant,
    };
    escrowed.give_back(st, scope)
}

/// Empties an escrow: one part goes back, the rest is shared.
fn end<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    at: (PlanId, ActorID),
    (plan, bought): (&Plan, Purchase),
    moved: &Moved,
) -> Result<(), ActorError> {
    st.change_market(scope, |market| {
        market.credit(scope, asset_of(plan), [(at.1, moved.back.atto().clone())])?;
        market.share(scope, plan, brought(&bought), &moved.earned)?;
        let escrow = TokenAmount::default();
        market.set_purchase(scope, at, &Purchase { escrow, ..bought })
    })
}
