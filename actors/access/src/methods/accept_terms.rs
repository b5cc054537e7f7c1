//! Accepts the present terms.

use holdfast_api::access::events::TermsAccepted;
use holdfast_api::access::{AcceptTermsParams, AccessError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::acting::Acting;
use crate::state::AccessState;

impl Handle<method::AcceptTerms> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: AcceptTermsParams) -> Result<(), ActorError> {
        accept(rt, caller.into(), &p)
    }
}

/// Accepts them for whoever acts.
///
/// # Errors
/// [`AccessError::NoDataSet`], [`AccessError::OtherTerms`].
pub(super) fn accept<R: Runtime>(rt: &mut R, by: Acting, p: &AcceptTermsParams) -> Result<(), ActorError> {
    let (data_set, subject, version) = (p.data_set, by.id(), p.version);
    rt.transaction(|st: &mut AccessState, store| {
        by.begin(st, store)?;
        let head = st.data_set(store, data_set)?;
        st.shelves.update(store, |shelves| {
            let hash = shelves.content(store, data_set)?.terms_hash;
            // The hash is named too, so that nobody accepts a text that was put in the place of the one that was read.
            if version == 0 || version != head.terms_version || hash != p.hash {
                let version = head.terms_version;
                return Err(AccessError::OtherTerms { data_set, version }.into());
            }
            shelves.accepted.set(store, (data_set, subject), version)
        })
    })?;
    TermsAccepted {
        data_set,
        subject,
        version,
    }
    .emit(rt)
}
