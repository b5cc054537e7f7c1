//! Opens the guest book.

use holdfast_runtime::caller::ByInit;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::GuestBookState;
use crate::{GuestBookActor, method};

impl Handle<method::Constructor> for GuestBookActor {
    fn handle<R: Runtime>(rt: &mut R, by: ByInit, (): ()) -> Result<(), ActorError> {
        rt.create(by, &GuestBookState::default())
    }
}
