//! Sets the public key of a reader.

use fvm_shared::address::Address;
use holdfast_api::access::events::ReaderKeySet;
use holdfast_api::access::{AccessError, method};
use holdfast_policies::access::reader_key::is_small_order;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::{ActorError, Runtime};

use super::views::annex;
use crate::AccessActor;
use crate::state::AccessState;

impl Handle<method::SetReaderKey> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, key: Bytes32) -> Result<(), ActorError> {
        if is_small_order(&key.0) {
            return Err(AccessError::SmallOrderKey { key }.into());
        }
        let reader = caller.id();
        rt.transaction(|st: &mut AccessState, store| {
            st.change_keys(store, |keys| keys.readers.set(store, reader, key))
        })?;
        ReaderKeySet { reader, key }.emit(rt)
    }
}

impl Answer<method::ReaderKey> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, reader: Address) -> Result<Option<Bytes32>, ActorError> {
        let Some(reader) = rt.resolve(&reader) else {
            return Ok(None);
        };
        let keys = annex(rt)?.keys.load(rt.store())?;
        keys.readers.get(rt.store(), &reader)
    }
}
