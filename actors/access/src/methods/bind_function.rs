//! Has a data set's rules decide who may call a contract's function.

use holdfast_api::access::events::FunctionBound;
use holdfast_api::access::{BindFunctionParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::convert;
use crate::state::{AccessState, Binding};

impl Handle<method::bindFunction> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BindFunctionParams) -> Result<(), ActorError> {
        // Only a contract itself says who guards it: nobody else can open its functions, or close them.
        let (target, data_set) = (caller.id(), p.data_set);
        let selector = u64::from(u32::from_be_bytes(p.selector.0));
        let (scope, action) = (convert::part(p.path.clone()), p.action);
        let binding = if data_set == 0 {
            None
        } else {
            convert::scope(&scope)?;
            convert::action(action)?;
            Some(Recorded::new(&Binding {
                data_set,
                scope,
                action,
            })?)
        };
        rt.transaction(|st: &mut AccessState, store| {
            if binding.is_some() {
                st.data_set(store, data_set)?;
            }
            let at = (target, selector);
            st.change_bindings(store, |bindings| {
                bindings.functions.update(store, [(at, binding)])
            })
        })?;
        FunctionBound {
            target,
            selector,
            data_set,
            path: if data_set == 0 { String::new() } else { p.path },
            action: if data_set == 0 { 0 } else { action },
        }
        .emit(rt)
    }
}
