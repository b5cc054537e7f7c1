//! Sets an allowance (ERC-20). To zero it works even while the token is paused.

use holdfast_api::token::{ApproveParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::approved;
use crate::recipient::operator;
use crate::state::TokenState;

impl Handle<method::approve> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: ApproveParams) -> Result<bool, ActorError> {
        let pair = (caller.id(), operator(rt, &p.spender)?);
        rt.transaction(|st: &mut TokenState, store| {
            if !p.value.is_zero() {
                st.require_not_paused()?;
            }
            st.change_allowance(store, pair, |_| Ok(p.value.clone()))
        })?;
        approved(rt, pair, &p.value)?;
        Ok(true)
    }
}
