//! Takes operations from the schedule. Never held up.

use holdfast_api::access::events::OperationCancelled;
use holdfast_api::access::{AccessError, OperationAt, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::powers::require_guardian;
use crate::state::AccessState;

impl Handle<method::Cancel> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: OperationAt) -> Result<(), ActorError> {
        let (data_set, operation, by) = (p.data_set, p.operation, caller.id());
        rt.transaction(|st: &mut AccessState, scope| {
            let head = st.data_set(scope, data_set)?;
            st.change_guards(scope, |guards| {
                let mut operations = guards.operations(scope, data_set)?;
                let at = operations.iter().position(|other| other.id == operation);
                let found = at.map(|at| operations.remove(at));
                let found = found.ok_or(AccessError::NoOperation { data_set })?;
                if found.by != by && require_guardian(&head, data_set, caller).is_err() {
                    let caller = caller.address();
                    return Err(AccessError::NotCanceller { data_set, caller }.into());
                }
                guards.set_operations(scope, data_set, operations)
            })
        })?;
        OperationCancelled {
            data_set,
            operation,
            by,
        }
        .emit(rt)
    }
}
