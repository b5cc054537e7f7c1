//! Pays FIL out to whom the owner names.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::payout::Payout;
use holdfast_runtime::recipient::resolve_or_create;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{CounterActor, CounterError, WithdrawParams, Withdrawn, method};
use fvm_shared::address::Address;

impl Handle<method::Withdraw> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, params: WithdrawParams) -> Result<(), ActorError> {
        let WithdrawParams { to, amount } = params;
        let recipient = resolve_or_create(rt, &to);
        let recipient = recipient.map_err(|why| CounterError::NoRecipient {
            to,
            why: why.to_string(),
        })?;
        let payout = rt.transaction(|state: &mut CounterState, _| {
            if caller.id() != state.owner {
                let (caller, owner) = (caller.address(), Address::new_id(state.owner));
                return Err(CounterError::NotOwner { caller, owner }.into());
            }
            if amount.is_negative() || amount > state.cash {
                let (cash, needed) = (state.cash.clone(), amount.clone());
                return Err(CounterError::TooLittleCash { cash, needed }.into());
            }
            state.cash -= &amount;
            Ok(Payout::new(recipient, amount.clone()))
        })?;
        rt.emit(
            &Withdrawn {
                to: recipient,
                amount,
            }
            .to_actor_event()?,
        )?;
        payout.pay(rt)
    }
}
