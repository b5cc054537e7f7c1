//! Emitting: ids become canonical 0x addresses here.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::{Approval, Transfer};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::{EthAddress, canonical};
use holdfast_runtime::{ActorError, Runtime};

/// Tokens moved; nobody stands for making and destroying them.
///
/// # Errors
/// Those of the machine.
pub(crate) fn transferred<R: Runtime>(
    rt: &mut R,
    from: Option<ActorID>,
    to: Option<ActorID>,
    value: &TokenAmount,
) -> Result<(), ActorError> {
    let event = Transfer {
        from: eth_or_zero(rt, from),
        to: eth_or_zero(rt, to),
        value: value.clone(),
    };
    event.emit(rt)
}

/// An allowance was set.
///
/// # Errors
/// Those of the machine.
pub(crate) fn approved<R: Runtime>(
    rt: &mut R,
    (owner, spender): (ActorID, ActorID),
    value: &TokenAmount,
) -> Result<(), ActorError> {
    let event = Approval {
        owner: canonical(rt, owner),
        spender: canonical(rt, spender),
        value: value.clone(),
    };
    event.emit(rt)
}

/// The 0x form of an actor, 0x0 for nobody.
pub(crate) fn eth_or_zero<R: Runtime>(rt: &R, id: Option<ActorID>) -> EthAddress {
    id.map_or(EthAddress::ZERO, |id| canonical(rt, id))
}
