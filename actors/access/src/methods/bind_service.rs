//! Has a data set's rules decide who writes to a data set that the caller pays for elsewhere.

use holdfast_api::access::events::ServiceBound;
use holdfast_api::access::{AccessError, BindServiceParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::convert;
use crate::people::existing;
use crate::powers::head_for_admin;
use crate::state::{AccessState, ServiceBinding};

impl Handle<method::bindService> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BindServiceParams) -> Result<(), ActorError> {
        let (payer, data_set) = (caller.id(), p.data_set);
        let service = existing(rt, &p.service)?;
        let number = p.service_data_set;
        let number = u64::try_from(number.atto()).map_err(|_| AccessError::InvalidNumber { number })?;
        let scope = convert::part(p.path.clone());
        let binding = if data_set == 0 {
            None
        } else {
            convert::scope(&scope)?;
            Some(Recorded::new(&ServiceBinding { data_set, scope })?)
        };
        rt.transaction(|st: &mut AccessState, store| {
            if binding.is_some() {
                head_for_admin(st, store, data_set, caller)?;
            }
            let at = ((service, payer), number);
            st.change_bindings(store, |bindings| bindings.services.update(store, [(at, binding)]))
        })?;
        ServiceBound {
            service,
            payer,
            number,
            data_set,
            path: if data_set == 0 { String::new() } else { p.path },
        }
        .emit(rt)
    }
}
