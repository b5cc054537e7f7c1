//! Lists grants: by data set, and by subject.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use holdfast_api::access::{
    DataSetId, ListDataSetsParams, ListDataSetsReturn, ListGrantsParams, ListGrantsReturn, MAX_PAGE,
    SubjectGrants, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Page;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::convert::info;
use crate::held::Held;
use crate::people::page_of;
use crate::slot::Slot;
use crate::state::AccessState;

impl Answer<method::ListGrants> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: ListGrantsParams) -> Result<ListGrantsReturn, ActorError> {
        let limit = page_of(p.limit, MAX_PAGE)?;
        let state: AccessState = rt.state()?;
        state.data_set(rt.store(), p.data_set)?;
        let page = subjects(&state, rt.store(), (p.data_set, p.start), limit)?;
        let subjects = page.entries.into_iter().map(|(subject, held)| SubjectGrants {
            subject,
            grants: held.0.iter().map(info).collect(),
        });
        let subjects = subjects.collect();
        let next = page.next;
        Ok(ListGrantsReturn { subjects, next })
    }
}

impl Answer<method::ListDataSets> for AccessActor {
    fn answer<R: Runtime>(
        rt: &R,
        _: Caller,
        p: ListDataSetsParams,
    ) -> Result<ListDataSetsReturn, ActorError> {
        let limit = page_of(p.limit, MAX_PAGE)?;
        let Some(subject) = rt.resolve(&p.subject) else {
            let (data_sets, next) = (Vec::new(), None);
            return Ok(ListDataSetsReturn { data_sets, next });
        };
        let start = Slot::index(subject, p.start);
        let state: AccessState = rt.state()?;
        let page = state.grants.page(rt.store(), Some(&start), limit)?;
        let data_sets = page.entries.iter();
        let data_sets = data_sets
            .map_while(|(slot, _)| slot.data_set_of(subject))
            .collect();
        let next = page.next.and_then(|slot| slot.data_set_of(subject));
        Ok(ListDataSetsReturn { data_sets, next })
    }
}

/// The grants of so many subjects in a data set, and the next subject.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn subjects<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
    (data_set, start): (DataSetId, ActorID),
    limit: usize,
) -> Result<Page<ActorID, Held>, ActorError> {
    let start = Slot::grants(data_set, start);
    let page = state.grants.page(store, Some(&start), limit)?;
    let entries = page.entries.into_iter();
    let entries = entries.map_while(|(slot, held)| Some((slot.subject_in(data_set)?, held)));
    Ok(Page {
        entries: entries.collect(),
        next: page.next.and_then(|slot| slot.subject_in(data_set)),
    })
}
