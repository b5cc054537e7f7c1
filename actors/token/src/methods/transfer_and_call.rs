//! Moves tokens, the caller's or on an allowance, and asks the recipient whether it wants them (ERC-1363).

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{
    Erc20TransferFromParams, Erc20TransferParams, TokenError, TransferAndCallParams,
    TransferFromAndCallParams, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::erc1363::{ON_TRANSFER_RECEIVED, TransferReceived};
use holdfast_runtime::evm::{Callback, canonical};
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::transfer::transfer;
use super::transfer_from::transfer_from;
use crate::TokenActor;
use crate::recipient::{holder, receiver};

impl Handle<method::transferAndCall> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: Erc20TransferParams) -> Result<bool, ActorError> {
        transfer_and_call(rt, caller, p, RawBytes::default())
    }
}

impl Handle<method::transferAndCallWithData> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: TransferAndCallParams) -> Result<bool, ActorError> {
        let TransferAndCallParams { to, value, data } = p;
        transfer_and_call(rt, caller, Erc20TransferParams { to, value }, data)
    }
}

impl Handle<method::transferFromAndCall> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: Erc20TransferFromParams,
    ) -> Result<bool, ActorError> {
        transfer_from_and_call(rt, caller, p, RawBytes::default())
    }
}

impl Handle<method::transferFromAndCallWithData> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: TransferFromAndCallParams,
    ) -> Result<bool, ActorError> {
        let TransferFromAndCallParams {
            from,
            to,
            value,
            data,
        } = p;
        transfer_from_and_call(rt, caller, Erc20TransferFromParams { from, to, value }, data)
    }
}

fn transfer_and_call<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    p: Erc20TransferParams,
    data: RawBytes,
) -> Result<bool, ActorError> {
    let (from, to) = (caller.id(), receiver(rt, &p.to)?);
    transfer(rt, from, &to, &p.value)?;
    ask_recipient(rt, caller, (from, to.id()), p.value, data)
}

fn transfer_from_and_call<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    p: Erc20TransferFromParams,
    data: RawBytes,
) -> Result<bool, ActorError> {
    let (from, to) = (holder(rt, &p.from)?, receiver(rt, &p.to)?);
    transfer_from(rt, caller.id(), (from, &to), &p.value)?;
    ask_recipient(rt, caller, (from, to.id()), p.value, data)
}

/// True when the recipient accepts; it never says no otherwise than by failing.
fn ask_recipient<R: Runtime>(
    rt: &mut R,
    operator: Caller,
    (from, to): (ActorID, ActorID),
    value: TokenAmount,
    data: RawBytes,
) -> Result<bool, ActorError> {
    let received = TransferReceived {
        operator: canonical(rt, operator.id()),
        from: canonical(rt, from),
        value,
        data,
    };
    Callback::new(rt, to, ON_TRANSFER_RECEIVED, received)?.call(rt, |why| {
        let to = Address::new_id(to);
        TokenError::TransferNotAccepted { to, why }
    })?;
    Ok(true)
}
