//! A view that writes the state, sends and emits.

use holdfast_runtime::event::Event;
use holdfast_runtime::send::Call;
use holdfast_runtime::{ActorError, Runtime};
use holdfast_test_counter::Withdrawn;
use holdfast_test_counter::state::CounterState;

fn answer<R: Runtime>(rt: &R, call: Call, event: Withdrawn) -> Result<(), ActorError> {
    rt.transaction(|state: &mut CounterState, _| {
        state.height += 1;
        Ok(())
    })?;
    rt.send(&call).map_err(|why| why.into_error(&call))?;
    rt.emit(&event.to_actor_event()?)
}

fn main() {}
