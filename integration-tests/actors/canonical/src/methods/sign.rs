//! Signs the guest book.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::GuestBookState;
use crate::{GuestBookActor, GuestBookError, method};

impl Handle<method::Sign> for GuestBookActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<u64, ActorError> {
        rt.transaction(|state: &mut GuestBookState, store| {
            let guest = caller.id();
            if let Some(place) = state.places.get(store, &guest)? {
                return Err(GuestBookError::AlreadySigned { guest, place }.into());
            }
            state.guests += 1;
            state.places.set(store, guest, state.guests)?;
            Ok(state.guests)
        })
    }
}
