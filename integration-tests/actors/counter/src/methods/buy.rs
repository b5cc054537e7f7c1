//! Sells points for FIL.

use fvm_shared::econ::TokenAmount;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::canonical;
use holdfast_runtime::method::Handle;
use holdfast_runtime::payout::Payout;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{BuyReturn, CounterActor, CounterError, PRICE, Raised, method};

impl Handle<method::Buy> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<BuyReturn, ActorError> {
        buy(rt, caller)
    }
}

impl Handle<method::buy> for CounterActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<u64, ActorError> {
        buy(rt, caller).map(|bought| bought.height)
    }
}

fn buy<R: Runtime>(rt: &mut R, caller: Caller) -> Result<BuyReturn, ActorError> {
    let (value, price) = (rt.message().value.clone(), TokenAmount::from_atto(PRICE));
    let (points, rest) = value.div_rem(PRICE);
    let by = u64::try_from(points.atto()).unwrap_or(u64::MAX);
    if by == 0 {
        return Err(CounterError::Underpaid { value, price }.into());
    }
    let (height, change) = rt.transaction(|state: &mut CounterState, store| {
        let height = state.raise(store, caller.id(), by)?;
        state.cash += &value - &rest;
        Ok((height, Payout::new(caller.id(), rest.clone())))
    })?;
    let raised = Raised {
        who: canonical(rt, caller.id()),
        by,
        height,
    };
    rt.emit(&raised.to_actor_event()?)?;
    change.pay(rt)?;
    Ok(BuyReturn { height, change: rest })
}
