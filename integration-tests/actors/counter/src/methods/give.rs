//! Gives points away and tells the recipient.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::canonical;
use holdfast_runtime::method::Handle;
use holdfast_runtime::receiver::{Frc46TokenReceived, ReceiverHook};
use holdfast_runtime::recipient::resolve_or_create;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{CounterActor, CounterError, GiveParams, Given, method};

impl Handle<method::Give> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, params: GiveParams) -> Result<(), ActorError> {
        let GiveParams { to, points, note } = params;
        let from = caller.id();
        let recipient = resolve_or_create(rt, &to);
        let recipient = recipient.map_err(|why| CounterError::NoRecipient {
            to,
            why: why.to_string(),
        })?;
        let hook = rt.transaction(|state: &mut CounterState, store| {
            state.give(store, from, recipient, points)?;
            Ok(ReceiverHook::for_token(Frc46TokenReceived {
                from,
                to: recipient,
                operator: from,
                amount: TokenAmount::from_atto(points),
                operator_data: note,
                token_data: RawBytes::default(),
            }))
        })?;
        let given = Given {
            from: canonical(rt, from),
            to: canonical(rt, recipient),
            points,
        };
        rt.emit(&given.to_actor_event()?)?;
        hook.call(rt).map(|_| ())
    }
}
