//! Turns a commitment into a grant of the caller.
//!
//! Whether an admin who made it still is one does not matter, as it does not for grants: what was given is given until it is
//! taken back.

use holdfast_api::access::events::Granted;
use holdfast_api::access::{
    AccessError, DataSetId, GrantId, MAX_GRANTS, RevealParams, committed_words, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::{Bytes32, canonical};
use holdfast_runtime::method::Handle;
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::{ActorError, Runtime};

use super::grant::{add, made};
use crate::AccessActor;
use crate::state::AccessState;

impl Handle<method::Reveal> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: RevealParams) -> Result<GrantId, ActorError> {
        let (data_set, subject) = (p.data_set, caller.id());
        let commitment = committed_to(rt, data_set, caller, p.salt);
        let (grant, by, actions) = rt.transaction(|st: &mut AccessState, scope| {
            let head = st.data_set(scope, data_set)?;
            let taken = st.change_commitments(scope, |all| all.take(scope, data_set, commitment))?;
            let (generation, present) = (taken.generation, head.generation);
            if generation != present {
                return Err(AccessError::OldCommitment { generation, present }.into());
            }
            let (by, from) = (taken.by, taken.from);
            let mut grant = made(st, scope, (data_set, &head), (by, from), &taken.terms)?;
            grant.held_up |= taken.held_up;
            let id = add(st, scope, (data_set, &head), (&grant, MAX_GRANTS), &[subject])?;
            Ok((id, by, grant.actions.bits()))
        })?;
        Granted {
            data_set,
            subject,
            grant,
            by,
            actions,
        }
        .emit(rt)?;
        Ok(grant)
    }
}

/// The commitment to the caller with a salt.
fn committed_to<R: Runtime>(rt: &R, data_set: DataSetId, caller: Caller, salt: Bytes32) -> Bytes32 {
    let domain = (rt.network().chain_id, canonical(rt, rt.message().receiver));
    let words = committed_words(domain, data_set, canonical(rt, caller.id()), salt);
    Bytes32(rt.hash(Hash::Keccak256, &words))
}
