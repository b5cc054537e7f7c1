//! Counts uses. The only method that does.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use holdfast_api::access::events::Consumed;
use holdfast_api::access::{AccessError, ConsumeAccessParams, DataSetId, GrantId, method};
use holdfast_policies::access::decision::Reason;
use holdfast_policies::access::grant::{Grant, MAX_CHAIN, Parent};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::has_access::{Question, decided};
use crate::AccessActor;
use crate::convert;
use crate::state::AccessState;

impl Handle<method::ConsumeAccess> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: ConsumeAccessParams,
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
        };
        let reason = decided(rt, &state, &head, &question)?.reason;
        if !reason.allows() {
            let (caller, why) = (caller.address(), format!("{:?}", convert::reason(reason)));
            return Err(AccessError::AccessDenied {
                data_set,
                caller,
                why,
            }
            .into());
        }
        let grant = match reason {
            Reason::Granted { grant } => Some(grant),
            _ => None,
        };
        if let Some(grant) = grant {
            // Nobody who was asked could change anything, so what was decided still holds.
            rt.transaction(|st: &mut AccessState, scope| {
                count(st, scope, (data_set, subject, grant), p.uses)
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
}

/// Counts along the chain: what is given on is used up above too.
fn count<S: Blockstore + Clock>(
    st: &mut AccessState,
    scope: &S,
    (data_set, subject, grant): (DataSetId, ActorID, GrantId),
    uses: u64,
) -> Result<(), ActorError> {
    let mut at = Some(Parent { subject, id: grant });
    for _ in 0..MAX_CHAIN {
        let Some(Parent { subject, id }) = at else { break };
        at = st.change_grant(scope, (data_set, subject, id), |found| {
            spend(found, uses, scope)?;
            Ok(found.parent)
        })?;
    }
    Ok(())
}

fn spend<S: Clock>(grant: &mut Grant, uses: u64, clock: &S) -> Result<(), ActorError> {
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
