//! Learns of tokens that come in the course of a purchase, and refuses all others: nobody could get them out again.

use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;

impl Handle<method::Receive> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        token: Caller,
        params: UniversalReceiverParams,
    ) -> Result<(), ActorError> {
        let received: Option<Frc46TokenReceived> = params.payload.deserialize().ok();
        // Only this actor itself, which fetches a price, moves tokens to it. What a false token says changes nothing: a purchase
        // counts what has really come.
        let asked = received.is_some_and(|it| it.operator == rt.message().receiver);
        if params.type_ == FRC46_PAYLOAD && asked {
            return Ok(());
        }
        let token = Address::new_id(token.id());
        Err(AccessError::UnaskedTokens { token }.into())
    }
}
