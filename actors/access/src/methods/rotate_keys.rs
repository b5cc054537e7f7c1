//! Begins a new key epoch. Never stopped by a freeze: it takes access away, and gives none.

use holdfast_api::access::events::KeysRotated;
use holdfast_api::access::{DataSetId, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::powers::head_for_admin;
use crate::state::AccessState;

impl Handle<method::RotateKeys> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, data_set: DataSetId) -> Result<u64, ActorError> {
        let key_epoch = rt.transaction(|st: &mut AccessState, scope| {
            head_for_admin(st, scope, data_set, caller)?;
            st.change_data_set(scope, data_set, |head| {
                head.key_epoch = head.key_epoch.saturating_add(1);
                Ok(head.key_epoch)
            })
        })?;
        KeysRotated { data_set, key_epoch }.emit(rt)?;
        Ok(key_epoch)
    }
}
