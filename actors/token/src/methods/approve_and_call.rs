//! Sets an allowance and asks the spender whether it wants it (ERC-1363).

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::token::{ApproveAndCallParams, ApproveParams, TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::erc1363::{ApprovalReceived, ON_APPROVAL_RECEIVED};
use holdfast_runtime::evm::{Callback, canonical};
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::approve::approve;
use crate::TokenActor;

impl Handle<method::approveAndCall> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: ApproveParams) -> Result<bool, ActorError> {
        approve_and_call(rt, caller, p, RawBytes::default())
    }
}

impl Handle<method::approveAndCallWithData> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: ApproveAndCallParams) -> Result<bool, ActorError> {
        let ApproveAndCallParams { spender, value, data } = p;
        approve_and_call(rt, caller, ApproveParams { spender, value }, data)
    }
}

/// True when the spender accepts; it never says no otherwise than by failing.
fn approve_and_call<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    p: ApproveParams,
    data: RawBytes,
) -> Result<bool, ActorError> {
    let spender = approve(rt, caller, &p)?;
    let received = ApprovalReceived {
        owner: canonical(rt, caller.id()),
        value: p.value,
        data,
    };
    Callback::new(rt, spender, ON_APPROVAL_RECEIVED, received)?.call(rt, |why| {
        let spender = Address::new_id(spender);
        TokenError::ApprovalNotAccepted { spender, why }
    })?;
    Ok(true)
}
