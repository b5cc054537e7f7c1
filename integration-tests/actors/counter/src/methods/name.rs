//! Gives the caller a name.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{CounterActor, CounterError, MAX_NAME, NameParams, method};

impl Handle<method::SetName> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, params: NameParams) -> Result<(), ActorError> {
        let length = params.name.len();
        if length > MAX_NAME {
            return Err(CounterError::NameTooLong {
                length,
                limit: MAX_NAME,
            }
            .into());
        }
        rt.transaction(|state: &mut CounterState, store| state.set_name(store, caller.id(), params.name))
    }
}
