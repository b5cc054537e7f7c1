//! Counts the guests.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::GuestBookState;
use crate::{GuestBookActor, method};

impl Answer<method::Guests> for GuestBookActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, (): ()) -> Result<u64, ActorError> {
        Ok(rt.state::<GuestBookState>()?.guests)
    }
}
