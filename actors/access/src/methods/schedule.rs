//! Announces calls that delays hold up.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::events::OperationScheduled;
use holdfast_api::access::{AccessError, MAX_OPERATIONS, ScheduleParams, method};
use holdfast_policies::access::delay::{MAX_DELAY, opened, window};
use holdfast_policies::access::span::Span;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::{Announced, announced};
use crate::state::{AccessState, Operation};

impl Handle<method::Schedule> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: ScheduleParams) -> Result<Bytes32, ActorError> {
        let (data_set, method) = (p.data_set, p.method);
        let call = announced(method, &p.params)?;
        if call.data_set != data_set {
            let why = format!("they are about data set {}, not {data_set}", call.data_set);
            return Err(AccessError::InvalidOperation { method, why }.into());
        }
        let by = caller.id();
        let (operation, Span { start, end }) = rt.transaction(|st: &mut AccessState, scope| {
            let head = st.data_set(scope, data_set)?;
            call.right
                .require((st, scope), (data_set, &head), caller.into())?;
            if !head.has_delays {
                return Err(AccessError::NotDelayed { data_set, method }.into());
            }
            schedule(st, scope, by, &call, p.at)
        })?;
        OperationScheduled {
            data_set,
            operation,
            by,
            method,
            params: RawBytes::new(call.params),
            ready: start,
            expires: end.unwrap_or(start),
        }
        .emit(rt)?;
        Ok(operation)
    }
}

/// Writes a call down; gives its id and when it can be made.
fn schedule<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    by: ActorID,
    call: &Announced,
    at: Option<ChainEpoch>,
) -> Result<(Bytes32, Span), ActorError> {
    let (data_set, method, now) = (call.data_set, call.method, scope.epoch());
    let id = call.id(scope, by)?;
    st.change_guards(scope, |guards| {
        let delay = guards.delays(scope, data_set)?.of_power(call.power.clone(), now);
        if delay == 0 {
            return Err(AccessError::NotDelayed { data_set, method }.into());
        }
        let window = window(at, delay, now);
        let (delay, max) = (window.start.saturating_sub(now), MAX_DELAY);
        if delay > max {
            return Err(AccessError::InvalidDelay { delay, max }.into());
        }
        let mut operations = guards.operations(scope, data_set)?;
        operations.retain(|operation| !opened(operation.ready).is_over(now));
        if let Some(same) = operations.iter().find(|operation| operation.id == id) {
            let expires = opened(same.ready).end.unwrap_or(same.ready);
            return Err(AccessError::AlreadyScheduled { data_set, expires }.into());
        }
        let max = MAX_OPERATIONS;
        if operations.len() >= max {
            return Err(AccessError::TooManyOperations { data_set, max }.into());
        }
        let ready = window.start;
        operations.push(Operation {
            id,
            by,
            method,
            announced: now,
            ready,
        });
        guards.set_operations(scope, data_set, operations)?;
        Ok((id, window))
    })
}
