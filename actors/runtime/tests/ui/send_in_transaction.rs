//! A send inside a transaction.

use holdfast_runtime::send::Call;
use holdfast_runtime::{ActorError, Runtime};
use holdfast_test_counter::state::CounterState;

fn handle<R: Runtime>(rt: &mut R, call: Call) -> Result<(), ActorError> {
    rt.transaction(|state: &mut CounterState, _| {
        state.height += 1;
        rt.send(&call).map_err(|why| why.into_error(&call))?;
        Ok(())
    })
}

fn main() {}
