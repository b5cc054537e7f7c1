//! Shares out what has been earned of what a buyer has paid.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{PurchaseAt, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::escrow::Escrowed;
use crate::people::known;
use crate::state::AccessState;

impl Handle<method::Settle> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, _: Caller, p: PurchaseAt) -> Result<TokenAmount, ActorError> {
        let (plan, subject) = (p.plan, known(rt, &p.subject)?);
        let (data_set, moved) = rt.transaction(|st: &mut AccessState, scope| {
            let escrowed = Escrowed::new(st, scope, plan, subject)?;
            let data_set = escrowed.plan.data_set;
            let moved = if escrowed.is_over(scope.epoch()) {
                escrowed.give_back(st, scope)?
            } else {
                escrowed.share_out(st, scope)?
            };
            Ok((data_set, moved))
        })?;
        moved.tell(rt, data_set, (plan, subject))?;
        Ok(moved.earned)
    }
}
