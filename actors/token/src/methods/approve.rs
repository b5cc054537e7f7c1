//! Sets an allowance (ERC-20). To zero it works even while the token is paused.

use fvm_shared::ActorID;
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
        approve(rt, caller, &p).map(|_| true)
    }
}

/// Sets an allowance without asking the spender; gives the spender's id.
pub(super) fn approve<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    p: &ApproveParams,
) -> Result<ActorID, ActorError> {
    let (holder, operator) = (caller.id(), operator(rt, &p.spender)?);
    let spender = rt.transaction(|st: &mut TokenState, scope| {
        if !p.value.is_zero() {
            st.require_not_paused()?;
        }
        st.change_allowance(scope, (holder, operator.id()), |_| Ok(p.value.clone()))?;
        operator.party(scope, st.accounts.peek(&operator.id()).as_ref())
    })?;
    approved(rt, (holder, spender), &p.value)?;
    Ok(operator.id())
}
