//! Method 3: actors under f4 addresses, for the Ethereum Address Manager.

use fvm_shared::address::Address;
use holdfast_api::init::{Exec4Params, ExecReturn, method};
use holdfast_runtime::caller::{Access, ByEam, Caller, Eam};
use holdfast_runtime::method::Handle;
use holdfast_runtime::official::{PLACEHOLDER, type_of};
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;
use crate::creation::construct;
use crate::state::{Assigned, State};

impl Handle<method::Exec4> for InitActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, params: Exec4Params) -> Result<ExecReturn, ActorError> {
        // Here and not in the table: the official Init decodes the parameters first.
        let eam = Eam::check(rt)?;
        create(rt, eam, caller, params)
    }
}

fn create<R: Runtime>(
    rt: &mut R,
    _eam: ByEam,
    caller: Caller,
    params: Exec4Params,
) -> Result<ExecReturn, ActorError> {
    let Exec4Params {
        code_cid,
        constructor_params,
        subaddress,
    } = params;
    let delegated = Address::new_delegated(caller.id(), &subaddress)
        .map_err(|e| ActorError::illegal_argument(format!("no f4 address: {e}")))?;
    let robust = rt.next_actor_address();
    let assigned =
        rt.transaction(|state: &mut State, store| state.assign(store, &robust, Some(&delegated)))?;
    only_over_placeholder(rt, assigned, &delegated)?;
    rt.create_actor(assigned.id, &code_cid, Some(delegated))?;
    construct(rt, assigned.id, constructor_params)?;
    Ok(ExecReturn {
        id_address: Address::new_id(assigned.id),
        robust_address: robust,
    })
}

fn only_over_placeholder<R: Runtime>(rt: &R, at: Assigned, address: &Address) -> Result<(), ActorError> {
    if !at.existing || type_of(rt, at.id) == Some(PLACEHOLDER) {
        return Ok(());
    }
    let id = Address::new_id(at.id);
    Err(ActorError::forbidden(format!(
        "{address} is {id}, which is no placeholder and cannot be replaced"
    )))
}
