//! Money and hooks that are let fall.
#![deny(unused_must_use)]

use holdfast_runtime::payout::Payout;
use holdfast_runtime::receiver::{Frc46TokenReceived, ReceiverHook};
use holdfast_runtime::{ActorError, Runtime};
use holdfast_test_counter::state::CounterState;

fn handle<R: Runtime>(rt: &mut R, received: Frc46TokenReceived) -> Result<(), ActorError> {
    rt.transaction(|state: &mut CounterState, _| Ok(Payout::new(100, std::mem::take(&mut state.cash))))?;
    rt.transaction(|_: &mut CounterState, _| Ok(ReceiverHook::for_token(received)))?;
    Ok(())
}

fn main() {}
