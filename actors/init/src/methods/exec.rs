//! The FRC-42 export: any caller creates any type from 17 on.

use holdfast_api::init::{ExecParams, ExecReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;
use crate::creation::{Plan, create, open_type_of_code};

impl Handle<method::Exec> for InitActor {
    fn handle<R: Runtime>(rt: &mut R, _caller: Caller, params: ExecParams) -> Result<ExecReturn, ActorError> {
        let ExecParams {
            code_cid: code,
            constructor_params: params,
        } = params;
        let kind = open_type_of_code(rt, &code)?;
        create(rt, Plan { code, kind, params })
    }
}
