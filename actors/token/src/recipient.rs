//! Who can be given tokens or an allowance.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::token::{MAX_OPERATOR_DATA, TokenError};
use holdfast_runtime::recipient::resolve_or_create;
use holdfast_runtime::{ActorError, Runtime};

/// The id of a recipient, created if need be. The token itself is none: what it holds could never leave.
///
/// # Errors
/// [`TokenError::InvalidReceiver`].
pub(crate) fn receiver<R: Runtime>(rt: &mut R, to: &Address) -> Result<ActorID, ActorError> {
    let id = resolve_or_create(rt, to).map_err(|why| TokenError::invalid_receiver(*to, why))?;
    if id == rt.message().receiver {
        let why = "it is the token itself".to_owned();
        return Err(TokenError::InvalidReceiver { to: *to, why }.into());
    }
    Ok(id)
}

/// The id of an operator, created if need be.
///
/// # Errors
/// [`TokenError::InvalidOperator`].
pub(crate) fn operator<R: Runtime>(rt: &mut R, address: &Address) -> Result<ActorID, ActorError> {
    resolve_or_create(rt, address).map_err(|why| TokenError::invalid_operator(*address, why).into())
}

/// The id of a holder whom an operator names. Nobody is created for it.
///
/// # Errors
/// [`TokenError::InvalidSender`].
pub(crate) fn holder<R: Runtime>(rt: &R, from: &Address) -> Result<ActorID, ActorError> {
    rt.resolve(from)
        .ok_or_else(|| TokenError::InvalidSender { from: *from }.into())
}

/// The id behind an address that is only looked up or taken a right from; none if it has no actor.
pub(crate) fn existing<R: Runtime>(rt: &R, address: &Address) -> Option<ActorID> {
    rt.resolve(address)
}

/// FRC-46: an operator is somebody other than the holder.
///
/// # Errors
/// [`TokenError::InvalidOperator`].
pub(crate) fn require_operator(operator: ActorID, holder: ActorID) -> Result<(), ActorError> {
    if operator != holder {
        return Ok(());
    }
    let why = "it is the holder itself".to_owned();
    Err(TokenError::InvalidOperator {
        operator: Address::new_id(operator),
        why,
    }
    .into())
}

/// Operator data is passed on to the recipient, so its length has a limit.
///
/// # Errors
/// [`TokenError::OperatorDataTooLong`].
pub(crate) fn require_operator_data(data: &RawBytes) -> Result<(), ActorError> {
    let len = data.len();
    if len <= MAX_OPERATOR_DATA {
        return Ok(());
    }
    Err(TokenError::OperatorDataTooLong {
        len,
        max: MAX_OPERATOR_DATA,
    }
    .into())
}
