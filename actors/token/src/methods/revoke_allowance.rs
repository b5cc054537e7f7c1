//! Ends an allowance. A pause does not stop it.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{RevokeAllowanceParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::approved;
use crate::recipient::existing;
use crate::state::TokenState;

impl Handle<method::RevokeAllowance> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: RevokeAllowanceParams) -> Result<(), ActorError> {
        let Some(operator) = existing(rt, &p.operator) else {
            return Ok(());
        };
        let pair = (caller.id(), operator);
        let none = rt.transaction(|st: &mut TokenState, store| {
            st.change_allowance(store, pair, |_| Ok(TokenAmount::default()))
        })?;
        approved(rt, (pair.0, operator.into()), &none)
    }
}
