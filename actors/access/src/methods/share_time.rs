//! Gives somebody a part of the time that was bought.

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::TimeShared;
use holdfast_api::access::{
    AccessError, GrantId, MAX_PRESENTS, Plan, PlanId, Purchase, ShareTimeParams, method,
};
use holdfast_policies::access::bucket::Bucket;
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::sale::worth_up;
use holdfast_policies::access::span::Span;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use super::grant::add;
use crate::AccessActor;
use crate::convert::dead;
use crate::data_set::DataSet;
use crate::escrow::{Moved, deposit, take_spent};
use crate::people::somebody;
use crate::state::AccessState;

impl Handle<method::ShareTime> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: ShareTimeParams) -> Result<GrantId, ActorError> {
        let (plan, from, epochs) = (p.plan, caller.id(), p.epochs);
        let to = somebody(rt, &p.to)?;
        let (data_set, grant, moved) = rt.transaction(|st: &mut AccessState, scope| {
            let market = st.market(scope)?;
            let info = market.plan(scope, plan)?;
            let bought = market.bought(scope, plan, from)?;
            let sold = market.as_bought(scope, plan, &info, &bought)?;
            let data_set = sold.data_set;
            let head = st.data_set(scope, data_set)?;
            if head.is_frozen() {
                return Err(AccessError::Frozen { data_set }.into());
            }
            let held = st.held(scope, data_set, from)?;
            let now = scope.epoch();
            let own = held.find(bought.grant);
            let own = own.ok_or_else(|| AccessError::not_bought(plan, from))?;
            own.alive(head.generation, now).map_err(|why| {
                let (grant, why) = (own.id, dead(why).to_owned());
                AccessError::DeadGrant { grant, why }
            })?;
            let end = require_time(plan, &sold, own, (epochs, now))?;
            let delay = st.grant_delay(scope, (data_set, &head), own.actions, now)?;
            let given = part(own, now, (now.saturating_add(delay), epochs));
            let moved = give(st, scope, (plan, sold, &head), (from, bought, own), (end, epochs))?;
            let grant = add(st, scope, (data_set, &head), (&given, MAX_PRESENTS), &[to])?;
            Ok((data_set, grant, moved))
        })?;
        moved.tell(rt, data_set, (plan, from))?;
        TimeShared {
            plan,
            from,
            to,
            grant,
            epochs,
        }
        .emit(rt)?;
        Ok(grant)
    }
}

/// When the giver's time ends, who has to keep some of it.
fn require_time(
    plan: PlanId,
    sold: &Plan,
    own: &Grant,
    (epochs, now): (u64, ChainEpoch),
) -> Result<ChainEpoch, ActorError> {
    let refused = |why: String| AccessError::NotShareable { plan, why }.into();
    let Some(end) = own.span.end.filter(|_| sold.shareable) else {
        return Err(refused("its plan says so".to_owned()));
    };
    let left = u64::try_from(end.saturating_sub(now)).unwrap_or(0);
    if epochs == 0 || epochs >= left {
        return Err(refused(format!(
            "{epochs} epochs lie outside 1 to {}, since {left} are left and one at least is kept",
            left.saturating_sub(1)
        )));
    }
    Ok(end)
}

/// What the other one gets. What is in the giver's bucket goes along, or sharing would be a way round the rate.
fn part(own: &Grant, now: ChainEpoch, (start, epochs): (ChainEpoch, u64)) -> Grant {
    let from_start = |bucket: Bucket| Bucket {
        since: start,
        ..bucket.at(now)
    };
    Grant {
        id: 0,
        span: Span {
            start,
            end: Some(start.saturating_add_unsigned(epochs)),
        },
        bucket: own.bucket.map(from_start),
        escrowed: false,
        held_up: start > now,
        ticketed_until: 0,
        suspended_until: 0,
        suspended_from: 0,
        rested: 0,
        paid_from: 0,
        ..own.clone()
    }
}

/// Shortens the giver's time and empties its bucket. What it gives away cannot be refunded any more, so that much of the escrow is earned.
fn give<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    (plan, sold, head): (PlanId, Plan, &DataSet),
    (from, mut bought, own): (ActorID, Purchase, &Grant),
    (end, epochs): (ChainEpoch, u64),
) -> Result<Moved, ActorError> {
    let now = scope.epoch();
    let market = st.market(scope)?;
    let mut moved = take_spent((&market, scope), &sold, &mut bought, (head, Some(own)), now)?;
    // Only what was paid for has a worth: a trial before it has none.
    let from_now = bought.from.max(now);
    let left = u64::try_from(end.saturating_sub(from_now)).unwrap_or(0);
    let worth = TokenAmount::from_atto(worth_up(bought.escrow.atto(), epochs, left));
    bought.escrow -= &worth;
    moved.earned += worth;
    let nothing = TokenAmount::default();
    deposit(&mut bought, &nothing, from_now);
    let escrowed = !bought.escrow.is_zero();
    st.change_grant(scope, (sold.data_set, from, own.id), |grant| {
        grant.pay(from_now, now);
        grant.span.end = Some(end.saturating_sub_unsigned(epochs));
        grant.bucket = own.bucket.map(|bucket| Bucket {
            level: 0,
            ..bucket.at(now)
        });
        grant.escrowed = escrowed;
        Ok(())
    })?;
    st.change_market(scope, |market| {
        moved.credit(market, scope, (&sold, &mut bought, from))?;
        market.set_purchase(scope, (plan, from), &bought)
    })?;
    Ok(moved)
}
