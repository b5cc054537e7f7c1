//! Accepts the present terms.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use holdfast_api::access::events::TermsAccepted;
use holdfast_api::access::{AcceptTermsParams, Acceptance, AccessError, DataSetId, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::acting::Acting;
use crate::state::{AccessState, Shelves};

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
            write_down(shelves, store, (data_set, subject), version)
        })
    })?;
    TermsAccepted {
        data_set,
        subject,
        version,
    }
    .emit(rt)
}

/// Writes down that somebody has accepted a version, and when it was first; gives whether that is new.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn write_down<S: Blockstore + Clock>(
    shelves: &mut Shelves,
    scope: &S,
    at: (DataSetId, ActorID),
    version: u64,
) -> Result<bool, ActorError> {
    let before = shelves.accepted.get(scope, &at)?;
    let before = before.as_ref().map(Recorded::read).transpose()?;
    if before.is_some_and(|before| before.version == version) {
        return Ok(false);
    }
    let epoch = scope.epoch();
    let accepted = Recorded::new(&Acceptance { version, epoch })?;
    shelves.accepted.set(scope, at, accepted)?;
    Ok(true)
}
