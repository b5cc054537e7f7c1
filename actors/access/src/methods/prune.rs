//! Clears dead grants away.

use holdfast_api::access::{MAX_BATCH, PruneParams, PruneReturn, method};
use holdfast_policies::access::grant::Grant;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::list::subjects;
use crate::AccessActor;
use crate::chain::broken;
use crate::people::page_of;
use crate::state::AccessState;
use crate::steps::change_held;

impl Handle<method::Prune> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, _: Caller, p: PruneParams) -> Result<PruneReturn, ActorError> {
        let limit = page_of(p.limit, MAX_BATCH as u64)?;
        rt.transaction(|st: &mut AccessState, scope| {
            let generation = st.data_set(scope, p.data_set)?.generation;
            let clock = (generation, scope.epoch());
            let page = subjects(st, scope, (p.data_set, p.start), limit)?;
            let mut pruned = 0u64;
            let mut grants = st.grants.edit(scope)?;
            for (subject, held) in page.entries {
                let broken = broken(&mut grants, (p.data_set, subject), clock)?;
                let dead =
                    |grant: &Grant| grant.may_be_cleared(clock.0, clock.1) || broken.contains(&grant.id);
                let count = held.0.iter().filter(|grant| dead(grant)).count();
                if count == 0 {
                    continue;
                }
                pruned = pruned.saturating_add(count as u64);
                change_held(&mut grants, p.data_set, subject, |held| {
                    held.retain(|grant| !dead(grant));
                    Ok(())
                })?;
            }
            grants.finish()?;
            let next = page.next;
            Ok(PruneReturn { pruned, next })
        })
    }
}
