//! Closes a data set to everybody, and opens it again.

use holdfast_api::access::events::FrozenSet;
use holdfast_api::access::{DataSetId, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::data_set::DataSet;
use crate::powers::{require_guardian, require_owner};
use crate::state::AccessState;

impl Handle<method::Freeze> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, data_set: DataSetId) -> Result<(), ActorError> {
        set(rt, (data_set, true), caller, require_guardian)
    }
}

impl Handle<method::Unfreeze> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, data_set: DataSetId) -> Result<(), ActorError> {
        set(rt, (data_set, false), caller, require_owner)
    }
}

fn set<R: Runtime>(
    rt: &mut R,
    (data_set, frozen): (DataSetId, bool),
    caller: Caller,
    require: impl FnOnce(&DataSet, DataSetId, Caller) -> Result<(), ActorError>,
) -> Result<(), ActorError> {
    rt.transaction(|st: &mut AccessState, store| {
        st.change_data_set(store, data_set, |head| {
            require(head, data_set, caller)?;
            head.frozen = frozen;
            Ok(())
        })
    })?;
    let by = caller.id();
    FrozenSet { data_set, frozen, by }.emit(rt)
}
