//! Canonical instances for Ethereum wallets and Solidity contracts.

use holdfast_api::init::{CreateReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::create::ethereum_form;
use super::exec_canonical::create_canonical;
use crate::InitActor;
use crate::creation::code_of_open_type;

impl Handle<method::createCanonical> for InitActor {
    fn handle<R: Runtime>(rt: &mut R, _caller: Caller, kind: u32) -> Result<CreateReturn, ActorError> {
        let code = code_of_open_type(rt, kind)?;
        ethereum_form(create_canonical(rt, code, kind)?)
    }
}
