//! Closes a data set to everybody, and opens it again.

use holdfast_api::access::events::FrozenSet;
use holdfast_api::access::{DataSetId, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit_since;
use crate::powers::require_guardian;
use crate::state::AccessState;

impl Handle<method::Freeze> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, data_set: DataSetId) -> Result<(), ActorError> {
        set(rt, (data_set, true), caller, |st, store| {
            require_guardian(&st.data_set(store, data_set)?, data_set, caller)
        })
    }
}

impl Handle<method::Unfreeze> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, data_set: DataSetId) -> Result<(), ActorError> {
        set(rt, (data_set, false), caller, |st, scope| {
            let closed = st.data_set(scope, data_set)?.frozen_at.unwrap_or(0);
            admit_since::<method::Unfreeze, R>(st, scope, (caller.into(), closed), &data_set).map(drop)
        })
    }
}

fn set<R: Runtime>(
    rt: &mut R,
    (data_set, frozen): (DataSetId, bool),
    caller: Caller,
    require: impl FnOnce(&mut AccessState, &Scope<'_, R>) -> Result<(), ActorError>,
) -> Result<(), ActorError> {
    rt.transaction(|st: &mut AccessState, store| {
        require(st, store)?;
        let over = st.change_data_set(store, data_set, |head| {
            if !frozen {
                return Ok(head.unfreeze(store.epoch()));
            }
            head.freeze(store.epoch());
            Ok(None)
        })?;
        match over {
            Some(over) => st.change_market(store, |market| market.set_freeze(store, data_set, over)),
            None => Ok(()),
        }
    })?;
    let by = caller.id();
    FrozenSet { data_set, frozen, by }.emit(rt)
}
