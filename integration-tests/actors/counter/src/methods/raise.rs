//! Raises the counter.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::canonical;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{CounterActor, RaiseParams, Raised, method};

impl Handle<method::Raise> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, params: RaiseParams) -> Result<u64, ActorError> {
        let by = params.by;
        let height = rt.transaction(|state: &mut CounterState, store| state.raise(store, caller.id(), by))?;
        let raised = Raised {
            who: canonical(rt, caller.id()),
            by,
            height,
        };
        rt.emit(&raised.to_actor_event()?)?;
        Ok(height)
    }
}
