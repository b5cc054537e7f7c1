//! Makes data sets.

use holdfast_api::access::events::{DataSetCreated, GuardianSet};
use holdfast_api::access::{CreateDataSetParams, DataSetId, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::set_content::require_content;
use crate::AccessActor;
use crate::data_set::DataSet;
use crate::people::{perhaps, require_batch};
use crate::state::{AccessState, Content};

impl Handle<method::CreateDataSet> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: CreateDataSetParams,
    ) -> Result<DataSetId, ActorError> {
        create(rt, caller, vec![p])
    }
}

impl Handle<method::CreateDataSets> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        all: Vec<CreateDataSetParams>,
    ) -> Result<DataSetId, ActorError> {
        create(rt, caller, all)
    }
}

impl Handle<method::createDataSet> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<DataSetId, ActorError> {
        let plain = CreateDataSetParams {
            owner: None,
            guardian: None,
            content: Vec::new(),
            metadata: None,
            metadata_size: 0,
        };
        create(rt, caller, vec![plain])
    }
}

/// Gives the number of the first.
fn create<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    all: Vec<CreateDataSetParams>,
) -> Result<DataSetId, ActorError> {
    require_batch(all.len())?;
    let mut made = Vec::with_capacity(all.len());
    for p in all {
        require_content(&p.content, p.metadata_size)?;
        let owner = perhaps(rt, p.owner.as_ref())?.unwrap_or(caller.id());
        let guardian = perhaps(rt, p.guardian.as_ref())?;
        let content = Content {
            content: p.content,
            metadata: p.metadata,
            metadata_size: p.metadata_size,
            terms_hash: Bytes32::default(),
        };
        made.push((owner, guardian, Recorded::new(&content)?));
    }
    let people: Vec<_> = made
        .iter()
        .map(|(owner, guardian, _)| (*owner, *guardian))
        .collect();
    let first = rt.transaction(|st: &mut AccessState, store| {
        let first = st.next_data_set;
        let (mut heads, mut contents) = (Vec::new(), Vec::new());
        for (number, (owner, guardian, content)) in (first..).zip(made) {
            heads.push((number, Some(DataSet::new(owner, guardian))));
            contents.push((number, Some(content)));
            st.next_data_set = number.saturating_add(1);
        }
        st.data_sets.update(store, heads)?;
        st.shelves
            .update(store, |shelves| shelves.contents.update(store, contents))?;
        Ok(first)
    })?;
    for (data_set, (owner, guardian)) in (first..).zip(people) {
        DataSetCreated { data_set, owner }.emit(rt)?;
        if guardian.is_some() {
            GuardianSet { data_set, guardian }.emit(rt)?;
        }
    }
    Ok(first)
}
