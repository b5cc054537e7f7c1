//! May an account call a contract's function? Asked by contracts that are managed as by OpenZeppelin's AccessManager.

use holdfast_api::access::{CanCallParams, CanCallReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use super::has_access::{Question, decided};
use crate::AccessActor;
use crate::state::AccessState;

impl Answer<method::canCall> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: CanCallParams) -> Result<CanCallReturn, ActorError> {
        let allowed = may(rt, &p)?;
        Ok(CanCallReturn { allowed, delay: 0 })
    }
}

fn may<R: Runtime>(rt: &R, p: &CanCallParams) -> Result<bool, ActorError> {
    let (Some(subject), Some(target)) = (rt.resolve(&p.caller), rt.resolve(&p.target)) else {
        return Ok(false);
    };
    let state: AccessState = rt.state()?;
    let selector = u64::from(u32::from_be_bytes(p.selector.0));
    let bindings = state.annex(rt.store())?.bindings;
    let functions = bindings.load(rt.store())?.functions;
    let Some(binding) = functions.get(rt.store(), &(target, selector))? else {
        return Ok(false);
    };
    let binding = binding.read()?;
    let head = state.data_set(rt.store(), binding.data_set)?;
    let question = Question {
        data_set: binding.data_set,
        scope: &binding.scope,
        subject,
        named: None,
        action: binding.action,
        proofs: &[],
        uses: 1,
    };
    Ok(decided(rt, &state, &head, &question)?.reason.allows())
}
