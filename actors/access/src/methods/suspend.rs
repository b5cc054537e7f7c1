//! Lets a grant rest for a while.

use holdfast_api::access::events::Suspended;
use holdfast_api::access::{AccessError, SuspendParams, method};
use holdfast_policies::access::grant::Dead;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit_since;
use crate::convert::dead;
use crate::escrow::rested;
use crate::people::known;
use crate::powers::require_watcher;
use crate::state::AccessState;

impl Handle<method::Suspend> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SuspendParams) -> Result<(), ActorError> {
        let (data_set, grant, until) = (p.data_set, p.grant, p.until.max(0));
        let subject = known(rt, &p.subject)?;
        rt.transaction(|st: &mut AccessState, scope| {
            let head = st.data_set(scope, data_set)?;
            require_watcher(st, scope, (data_set, &head), caller)?;
            let found = st.held(scope, data_set, subject)?.find(grant).cloned();
            let (closed, before) = found
                .as_ref()
                .map_or((0, 0), |found| (found.suspended_from, found.suspended_until));
            // What ends a suspension sooner opens, whatever it is called: the guardian only closes. Whether somebody is an admin is
            // asked before, since it may be the grant of an admin.
            if until < before && scope.epoch() < before {
                admit_since::<method::Suspend, R>(st, scope, (caller.into(), closed), &p)?;
            }
            let at = (data_set, subject, grant);
            let rested = match &found {
                Some(found) => rested(
                    (&st.market(scope)?, scope),
                    (data_set, &head),
                    found,
                    scope.epoch(),
                )?,
                None => 0,
            };
            st.change_grant(scope, at, |found| {
                if found.generation != head.generation {
                    let why = dead(Dead::Generation).to_owned();
                    return Err(AccessError::DeadGrant { grant, why }.into());
                }
                found.suspend(until, scope.epoch(), rested);
                Ok(())
            })
        })?;
        Suspended {
            data_set,
            subject,
            grant,
            until,
        }
        .emit(rt)
    }
}
