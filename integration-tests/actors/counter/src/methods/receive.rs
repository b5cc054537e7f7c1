//! Takes tokens that someone gives to the counter.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::error::Context;
use holdfast_runtime::event::Event;
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
        let amount = gift.amount;
        rt.transaction(|state: &mut CounterState, store| state.take_gift(store, token.id(), &amount))?;
        rt.emit(
            &GiftTaken {
                token: token.id(),
                amount,
            }
            .to_actor_event()?,
        )
    }
}
