//! Gives back what has not been earned of what the caller has paid.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{PlanId, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::escrow::Escrowed;
use crate::state::AccessState;

impl Handle<method::Refund> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, plan: PlanId) -> Result<TokenAmount, ActorError> {
        let subject = caller.id();
        let (data_set, moved) = rt.transaction(|st: &mut AccessState, scope| {
            let escrowed = Escrowed::new(st, scope, plan, subject)?;
            Ok((escrowed.plan.data_set, escrowed.give_back(st, scope)?))
        })?;
        moved.tell(rt, data_set, (plan, subject))?;
        Ok(moved.back)
    }
}
