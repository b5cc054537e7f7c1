//! Compares the height with that of another counter, which is asked, and with a number.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Answer;
use holdfast_runtime::send::{Call, require_gas};
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{COMPARE_GAS, CounterActor, OfParams, method};

impl Answer<method::IsHigherThan> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: OfParams) -> Result<bool, ActorError> {
        let call = Call::to_method::<method::Height>(params.who, &())?.with_gas_limit(COMPARE_GAS);
        require_gas(rt, COMPARE_GAS)?;
        let answer = rt.ask(&call).map_err(|why| why.into_error(&call))?;
        let theirs: u64 = answer.decode()?;
        Ok(rt.state::<CounterState>()?.height > theirs)
    }
}

impl Answer<method::isHigherThanNumber> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, number: u64) -> Result<bool, ActorError> {
        Ok(rt.state::<CounterState>()?.height > number)
    }
}
