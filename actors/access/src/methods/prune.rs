//! Clears dead grants away.

use fvm_shared::ActorID;
use holdfast_api::access::{MAX_BATCH, PruneParams, PruneReturn, method};
use holdfast_policies::access::grant::Grant;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::list::subjects;
use crate::AccessActor;
use crate::people::page_of;
use crate::state::AccessState;
use crate::steps::change_held;

impl Handle<method::Prune> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, _: Caller, p: PruneParams) -> Result<PruneReturn, ActorError> {
        let limit = page_of(p.limit, MAX_BATCH as u64)?;
        rt.transaction(|st: &mut AccessState, scope| {
            let generation = st.data_set(scope, p.data_set)?.generation;
            let page = subjects(st, scope, (p.data_set, p.start), limit)?;
            let dead = |grant: &Grant| grant.may_be_cleared(generation, scope.epoch());
            let some: Vec<ActorID> = page
                .entries
                .iter()
                .filter(|(_, held)| held.0.iter().any(dead))
                .map(|(subject, _)| *subject)
                .collect();
            let mut pruned = 0u64;
            let mut grants = st.grants.edit(scope)?;
            for subject in some {
                change_held(&mut grants, p.data_set, subject, |held| {
                    let before = held.len();
                    held.retain(|grant| !dead(grant));
                    pruned = pruned.saturating_add(before.saturating_sub(held.len()) as u64);
                    Ok(())
                })?;
            }
            grants.finish()?;
            let next = page.next;
            Ok(PruneReturn { pruned, next })
        })
    }
}
