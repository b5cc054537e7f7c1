//! Lists, in pages.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Array;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::CounterState;
use crate::{
    CounterActor, CounterError, HistoryReturn, Holding, HoldingsReturn, MAX_PAGE, PageParams, method,
};

impl Answer<method::Holdings> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: PageParams) -> Result<HoldingsReturn, ActorError> {
        let limit = checked(params.limit)?;
        let state: CounterState = rt.state()?;
        let page = state
            .points
            .page(rt.store(), params.start.as_ref(), limit as usize)?;
        let holdings = page
            .entries
            .into_iter()
            .map(|(who, points)| Holding { who, points })
            .collect();
        Ok(HoldingsReturn {
            holdings,
            next: page.next,
        })
    }
}

impl Answer<method::History> for CounterActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: PageParams) -> Result<HistoryReturn, ActorError> {
        let limit = checked(params.limit)?;
        let state: CounterState = rt.state()?;
        let page = Array::load(rt.store(), &state.history)?.page(params.start, u64::from(limit))?;
        Ok(HistoryReturn {
            raises: page.entries.into_iter().map(|(_, raise)| raise).collect(),
            next: page.next,
        })
    }
}

fn checked(limit: u32) -> Result<u32, ActorError> {
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(CounterError::BadPage {
            limit,
            most: MAX_PAGE,
        }
        .into());
    }
    Ok(limit)
}
