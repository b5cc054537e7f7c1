//! Lets a grant rest for a while.

use holdfast_api::access::events::Suspended;
use holdfast_api::access::{SuspendParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::people::known;
use crate::powers::{head_for_admin, require_guardian};
use crate::state::AccessState;

impl Handle<method::Suspend> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SuspendParams) -> Result<(), ActorError> {
        let (data_set, grant, until) = (p.data_set, p.grant, p.until.max(0));
        let subject = known(rt, &p.subject)?;
        rt.transaction(|st: &mut AccessState, scope| {
            let head = st.data_set(scope, data_set)?;
            if require_guardian(&head, data_set, caller).is_err() {
                head_for_admin(st, scope, data_set, caller)?;
            }
            st.change_grant(scope, (data_set, subject, grant), |grant| {
                grant.suspended_until = until;
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
