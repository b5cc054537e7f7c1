//! Creates the actor.

use holdfast_api::access::method;
use holdfast_runtime::caller::ByInit;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::state::AccessState;

impl Handle<method::Constructor> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, by: ByInit, (): ()) -> Result<(), ActorError> {
        let state = AccessState::new(rt.store(), rt.message().receiver)?;
        rt.create(by, &state)
    }
}
