//! Takes grants back whose subjects have not revealed themselves. Never stopped by a freeze.

use fvm_ipld_blockstore::Blockstore;
use holdfast_api::access::events::CommitmentRevoked;
use holdfast_api::access::{AccessError, CommitmentParams, CommittedGrant, DataSetId, method};
use holdfast_policies::access::grant::Parent;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::revoke::is_above;
use crate::AccessActor;
use crate::chain::is_cut;
use crate::data_set::DataSet;
use crate::state::AccessState;

impl Handle<method::RevokeCommitted> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: CommitmentParams) -> Result<(), ActorError> {
        let (data_set, commitment) = (p.data_set, p.commitment);
        rt.transaction(|st: &mut AccessState, scope| {
            let head = st.data_set(scope, data_set)?;
            let taken = st.change_commitments(scope, |all| all.take(scope, data_set, commitment))?;
            let subject = taken.by;
            let above = taken.from.map(|id| Parent { subject, id });
            if is_dead((st, scope), (data_set, &head), (&taken, above))? {
                return Ok(());
            }
            let waits = taken.terms.start.is_some_and(|start| scope.epoch() < start);
            let guards = waits && head.guardian == Some(caller.id());
            if !guards && !is_above(st, scope, (data_set, &head), above, caller)? {
                let caller = caller.address();
                return Err(AccessError::NotAboveCommitment { commitment, caller }.into());
            }
            let can_be_revoked = taken.terms.revocable || (taken.held_up && waits);
            if !can_be_revoked {
                return Err(AccessError::CommittedForGood { commitment }.into());
            }
            Ok(())
        })?;
        let by = caller.id();
        CommitmentRevoked {
            data_set,
            commitment,
            by,
        }
        .emit(rt)
    }
}

/// Whether it can no longer be revealed, nor what it is made from counts again: then anybody may clear it away.
fn is_dead<S: Blockstore + Clock>(
    (st, scope): (&AccessState, &S),
    (data_set, head): (DataSetId, &DataSet),
    (committed, above): (&CommittedGrant, Option<Parent>),
) -> Result<bool, ActorError> {
    let now = scope.epoch();
    let over = committed.terms.end.is_some_and(|end| end <= now);
    if over || committed.generation != head.generation {
        return Ok(true);
    }
    is_cut(above, (head.generation, now), |Parent { subject, id }| {
        Ok(st.held(scope, data_set, subject)?.find(id).cloned())
    })
}
