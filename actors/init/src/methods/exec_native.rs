//! Method 2: the official `Exec`, for official callers, with the types from 17 on in addition.

use holdfast_api::init::{ExecParams, ExecReturn, FIRST_OPEN_TYPE, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::official::{MINER, MULTISIG, PAYMENT_CHANNEL, POWER, type_of};
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;
use crate::creation::{Plan, create};

impl Handle<method::ExecNative> for InitActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, params: ExecParams) -> Result<ExecReturn, ActorError> {
        let ExecParams {
            code_cid: code,
            constructor_params: params,
        } = params;
        let allowed = rt
            .type_of_code(&code)
            .filter(|kind| may_create(type_of(rt, caller.id()), *kind));
        let Some(kind) = allowed else {
            return Err(ActorError::forbidden(format!(
                "{} may not create an actor with code {code}",
                caller.address()
            )));
        };
        create(rt, Plan { code, kind, params })
    }
}

fn may_create(caller: Option<u32>, kind: u32) -> bool {
    match kind {
        MULTISIG | PAYMENT_CHANNEL => true,
        MINER => caller == Some(POWER),
        _ => kind >= FIRST_OPEN_TYPE,
    }
}
