//! Takes tokens that someone gives to the counter: told by the hook of FRC-46, or by the callback of ERC-1363.

use fvm_shared::econ::TokenAmount;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::error::Context;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes4;
use holdfast_runtime::evm::erc1363::{ON_TRANSFER_RECEIVED, TransferReceived};
use holdfast_runtime::method::Handle;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{CounterActor, CounterError, GiftTaken, method};

impl Handle<method::Receive> for CounterActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        token: Caller,
        params: UniversalReceiverParams,
    ) -> Result<(), ActorError> {
        let kind = params.type_;
        if kind != FRC46_PAYLOAD {
            return Err(CounterError::UnknownGift { kind }.into());
        }
        let gift: Frc46TokenReceived = params.payload.deserialize().or_serialization("a gift")?;
        take(rt, token, gift.amount)
    }
}

impl Handle<method::onTransferReceived> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, token: Caller, gift: TransferReceived) -> Result<Bytes4, ActorError> {
        take(rt, token, gift.value)?;
        Ok(Bytes4(ON_TRANSFER_RECEIVED.to_be_bytes()))
    }
}

fn take<R: Runtime>(rt: &mut R, token: Caller, amount: TokenAmount) -> Result<(), ActorError> {
    rt.transaction(|state: &mut CounterState, store| state.take_gift(store, token.id(), &amount))?;
    GiftTaken {
        token: token.id(),
        amount,
    }
    .emit(rt)
}
