//! Names the guardian.

use holdfast_api::access::events::GuardianSet;
use holdfast_api::access::{SetGuardianParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit;
use crate::people::perhaps;
use crate::state::AccessState;

impl Handle<method::SetGuardian> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetGuardianParams) -> Result<(), ActorError> {
        let data_set = p.data_set;
        let guardian = perhaps(rt, p.guardian.as_ref())?;
        rt.transaction(|st: &mut AccessState, store| {
            admit::<method::SetGuardian, R>(st, store, caller, &p)?;
            st.change_data_set(store, data_set, |head| {
                head.guardian = guardian;
                Ok(())
            })
        })?;
        GuardianSet { data_set, guardian }.emit(rt)
    }
}
