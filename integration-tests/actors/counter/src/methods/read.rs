//! Single values of the state.

use fvm_shared::econ::TokenAmount;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{CounterActor, OfParams, method};

impl Answer<method::Height> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, (): ()) -> Result<u64, ActorError> {
        Ok(rt.state::<CounterState>()?.height)
    }
}

impl Answer<method::Emblem> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, (): ()) -> Result<Option<ForeignCid>, ActorError> {
        Ok(rt.state::<CounterState>()?.emblem)
    }
}

impl Answer<method::PointsOf> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: OfParams) -> Result<u64, ActorError> {
        // Who has no actor owns nothing.
        let Some(who) = rt.resolve(&params.who) else {
            return Ok(0);
        };
        rt.state::<CounterState>()?.points_of(rt.store(), who)
    }
}

impl Answer<method::NameOf> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: OfParams) -> Result<Option<String>, ActorError> {
        let Some(who) = rt.resolve(&params.who) else {
            return Ok(None);
        };
        rt.state::<CounterState>()?.names.get(rt.store(), &who)
    }
}

impl Answer<method::GiftsOf> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: OfParams) -> Result<TokenAmount, ActorError> {
        let Some(token) = rt.resolve(&params.who) else {
            return Ok(TokenAmount::default());
        };
        let sum = rt.state::<CounterState>()?.gifts.get(rt.store(), &token)?;
        Ok(sum.unwrap_or_default())
    }
}
