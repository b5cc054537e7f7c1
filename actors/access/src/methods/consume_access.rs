//! Counts uses.

use holdfast_api::access::events::Consumed;
use holdfast_api::access::{AccessError, ConsumeAccessParams, GrantId, SolidityConsumeParams, method};
use holdfast_policies::access::decision::{Decision, Reason};
use holdfast_policies::access::grant::Grant;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::has_access::{Question, decided};
use crate::AccessActor;
use crate::convert;
use crate::data_set::DataSet;
use crate::state::AccessState;

impl Handle<method::ConsumeAccess> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: ConsumeAccessParams,
    ) -> Result<Option<GrantId>, ActorError> {
        consume(rt, caller, &p)
    }
}

impl Handle<method::consumeAccess> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: SolidityConsumeParams,
    ) -> Result<GrantId, ActorError> {
        let p = ConsumeAccessParams {
            data_set: p.data_set,
            scope: convert::part(p.path),
            action: p.action,
            uses: p.uses,
            proofs: Vec::new(),
        };
        consume(rt, caller, &p).map(|grant| grant.unwrap_or(0))
    }
}

fn consume<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    p: &ConsumeAccessParams,
) -> Result<Option<GrantId>, ActorError> {
    if p.uses == 0 {
        return Err(AccessError::NoUses.into());
    }
    let (data_set, subject) = (p.data_set, caller.id());
    let state: AccessState = rt.state()?;
    let head = state.data_set(rt.store(), data_set)?;
    let question = Question {
        data_set,
        scope: &p.scope,
        subject,
        named: None,
        action: p.action,
        proofs: &p.proofs,
        uses: p.uses,
    };
    let grant = match entitled(rt, (&state, &head), &question, caller)?.reason {
        Reason::Granted { grant } => Some(grant),
        _ => None,
    };
    if let Some(grant) = grant {
        // Nobody who was asked could change anything, so what was decided still holds.
        rt.transaction(|st: &mut AccessState, scope| {
            st.change_chain(scope, (data_set, subject, grant), |found| {
                spend(found, p.uses, scope)
            })
        })?;
    }
    Consumed {
        data_set,
        subject,
        grant,
        action: p.action,
        uses: p.uses,
    }
    .emit(rt)?;
    Ok(grant)
}

/// What the caller has access by.
///
/// # Errors
/// [`AccessError::AccessDenied`]; when the part or the action is none.
pub(super) fn entitled<R: Runtime>(
    rt: &R,
    (state, head): (&AccessState, &DataSet),
    question: &Question<'_>,
    caller: Caller,
) -> Result<Decision, ActorError> {
    let decision = decided(rt, state, head, question)?;
    if decision.reason.allows() {
        return Ok(decision);
    }
    let (caller, why) = (
        caller.address(),
        format!("{:?}", convert::reason(decision.reason)),
    );
    Err(AccessError::AccessDenied {
        data_set: question.data_set,
        caller,
        why,
    }
    .into())
}

/// Counts uses of one grant. What is given on is used up above too, so it is done along the chain.
///
/// # Errors
/// [`AccessError::DeadGrant`] when fewer are left.
pub(super) fn spend<S: Clock>(grant: &mut Grant, uses: u64, clock: &S) -> Result<(), ActorError> {
    let refused = |left: u64, what: &str| {
        let (grant, why) = (grant.id, format!("{left} uses {what} where {uses} are needed"));
        AccessError::DeadGrant { grant, why }
    };
    let left = match grant.uses {
        None => None,
        Some(left) => Some(left.checked_sub(uses).ok_or(refused(left, "are left"))?),
    };
    let bucket = match grant.bucket {
        None => None,
        Some(bucket) => {
            let now = clock.epoch();
            let level = bucket.at(now).level;
            Some(
                bucket
                    .take(uses, now)
                    .ok_or(refused(level, "are in the bucket"))?,
            )
        }
    };
    (grant.uses, grant.bucket) = (left, bucket);
    Ok(())
}
