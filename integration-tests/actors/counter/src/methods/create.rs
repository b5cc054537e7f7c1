//! Creates the counter.

use holdfast_runtime::caller::ByInit;
use holdfast_runtime::method::Handle;
use holdfast_runtime::recipient::resolve_or_create;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{ConstructorParams, CounterActor, CounterError, method};

impl Handle<method::Constructor> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, by: ByInit, params: ConstructorParams) -> Result<(), ActorError> {
        let to = params.owner;
        let owner = resolve_or_create(rt, &to);
        let owner = owner.map_err(|why| CounterError::NoRecipient {
            to,
            why: why.to_string(),
        })?;
        let state = CounterState::new(rt.store(), owner, params)?;
        rt.create(by, &state)
    }
}
