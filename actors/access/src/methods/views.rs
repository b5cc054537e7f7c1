//! What can be read.

use fvm_shared::ActorID;
use holdfast_api::access::{
    AcceptedTermsParams, AccessError, DataSetId, DataSetInfo, InGroupParams, ListMembersParams,
    ListMembersReturn, MAX_PAGE, Rule, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::people::page_of;
use crate::state::{AccessState, Shelves};

/// What is behind the links of the state.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn shelves<R: Runtime>(rt: &R) -> Result<Shelves, ActorError> {
    rt.state::<AccessState>()?.shelves(rt.store())
}

impl Answer<method::GetDataSet> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<DataSetInfo, ActorError> {
        let state: AccessState = rt.state()?;
        let head = state.data_set(rt.store(), data_set)?;
        let content = state.shelves(rt.store())?.content(rt.store(), data_set)?;
        Ok(DataSetInfo {
            owner: head.owner,
            pending_owner: head.offer.map(|offer| offer.to),
            guardian: head.guardian,
            generation: head.generation,
            policy_version: head.policy_version,
            key_epoch: head.key_epoch,
            terms_version: head.terms_version,
            terms_required: head.terms_required,
            terms_hash: content.terms_hash,
            frozen: head.frozen,
            content: content.content,
            metadata: content.metadata,
            metadata_size: content.metadata_size,
        })
    }
}

impl Answer<method::ListRules> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<Vec<Rule>, ActorError> {
        rt.state::<AccessState>()?.data_set(rt.store(), data_set)?;
        let rules = shelves(rt)?.rules.get(rt.store(), &data_set)?;
        let rules = rules.as_ref().map(Recorded::read).transpose()?;
        Ok(rules.map(|rules| rules.rules).unwrap_or_default())
    }
}

impl Answer<method::InGroup> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: InGroupParams) -> Result<bool, ActorError> {
        let Some(member) = rt.resolve(&p.member) else {
            return Ok(false);
        };
        Ok(shelves(rt)?
            .members
            .get(rt.store(), &(p.group, member))?
            .is_some())
    }
}

impl Answer<method::ListMembers> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: ListMembersParams) -> Result<ListMembersReturn, ActorError> {
        let limit = page_of(p.limit, MAX_PAGE)?;
        let page = shelves(rt)?
            .members
            .page(rt.store(), Some(&(p.group, p.start)), limit)?;
        let entries = page.entries.iter().map(|(member, ())| *member);
        let own = |(group, member): (u64, ActorID)| (group == p.group).then_some(member);
        Ok(ListMembersReturn {
            members: entries.map_while(own).collect(),
            next: page.next.and_then(own),
        })
    }
}

impl Answer<method::GroupOwner> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, group: u64) -> Result<ActorID, ActorError> {
        let owner = shelves(rt)?.groups.get(rt.store(), &group)?;
        owner.ok_or_else(|| AccessError::NoGroup { group }.into())
    }
}

impl Answer<method::AcceptedTerms> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: AcceptedTermsParams) -> Result<u64, ActorError> {
        let Some(subject) = rt.resolve(&p.subject) else {
            return Ok(0);
        };
        let accepted = shelves(rt)?.accepted.get(rt.store(), &(p.data_set, subject))?;
        Ok(accepted.unwrap_or(0))
    }
}
