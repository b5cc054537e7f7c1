//! Creation by Ethereum wallets and Solidity contracts.

use holdfast_api::init::{CreateParams, CreateReturn, ExecReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::error::Context;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;
use crate::creation::{Plan, code_of_open_type, create};

impl Handle<method::create> for InitActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        _caller: Caller,
        params: CreateParams,
    ) -> Result<CreateReturn, ActorError> {
        let CreateParams {
            actor_type: kind,
            params,
        } = params;
        let code = code_of_open_type(rt, kind)?;
        ethereum_form(create(rt, Plan { code, kind, params })?)
    }
}

/// A new actor as Ethereum callers name it. It has no f4 address, so its 0x form is the masked id.
///
/// # Errors
/// Never: a new actor has an id.
pub(crate) fn ethereum_form(created: ExecReturn) -> Result<CreateReturn, ActorError> {
    let id = created
        .id_address
        .id()
        .or_illegal_state("the new actor has no id")?;
    Ok(CreateReturn {
        id,
        actor: EthAddress::from_id(id),
    })
}
