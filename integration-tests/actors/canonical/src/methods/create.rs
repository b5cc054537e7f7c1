//! Opens the guest book.

use holdfast_runtime::caller::ByInit;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::GuestBookState;
use crate::{GuestBookActor, method};

impl Handle<method::Constructor> for GuestBookActor {
    fn handle<R: Runtime>(rt: &mut R, _: ByInit, (): ()) -> Result<(), ActorError> {
        rt.create(&GuestBookState::default())
    }
}
