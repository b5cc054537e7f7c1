//! Does what somebody signed. Anyone may bring it.

use holdfast_api::access::events::{Carried, NonceCancelled};
use holdfast_api::access::{CarryParams, GrantId, Signed, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::accept_terms::accept;
use super::grant::give_one;
use super::revoke::take_back;
use crate::AccessActor;
use crate::acting::Acting;
use crate::state::AccessState;

impl Handle<method::Carry> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        message: CarryParams,
    ) -> Result<Option<GrantId>, ActorError> {
        let by = Acting::by_signature(rt, &message)?;
        let made = match &message.what {
            Signed::Grant { params } => Some(give_one(rt, by, params)?),
            Signed::Revoke { params } => {
                take_back(rt, by, params)?;
                None
            }
            Signed::AcceptTerms { params } => {
                accept(rt, by, params)?;
                None
            }
        };
        Carried {
            signer: by.id(),
            nonce: message.nonce,
            by: caller.id(),
        }
        .emit(rt)?;
        Ok(made)
    }
}

impl Handle<method::CancelNonce> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, nonce: u64) -> Result<(), ActorError> {
        let signer = caller.id();
        rt.transaction(|st: &mut AccessState, store| {
            st.change_annex(store, |annex| annex.use_nonce(store, signer, nonce))
        })?;
        NonceCancelled { signer, nonce }.emit(rt)
    }
}
