//! What can be read.

use fvm_shared::ActorID;
use holdfast_api::access::{
    Acceptance, AcceptedTermsParams, AccessError, DataSetId, DataSetInfo, DelayInfo, InGroupParams,
    ListMembersParams, ListMembersReturn, MAX_PAGE, NonceParams, OperationAt, OperationInfo, PendingDelay,
    Rule, method,
};
use holdfast_policies::access::delay::opened;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::evm::{EthAddress, canonical};
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::people::page_of;
use crate::state::{AccessState, Annex, Shelves};

/// What has a link of its own.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn annex<R: Runtime>(rt: &R) -> Result<Annex, ActorError> {
    rt.state::<AccessState>()?.annex(rt.store())
}

fn shelves<R: Runtime>(rt: &R) -> Result<Shelves, ActorError> {
    rt.state::<AccessState>()?.shelves(rt.store())
}

impl Answer<method::GetDataSet> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<DataSetInfo, ActorError> {
        let state: AccessState = rt.state()?;
        let head = state.data_set(rt.store(), data_set)?;
        let content = state.shelves(rt.store())?.content(rt.store(), data_set)?;
        Ok(DataSetInfo {
            owner: head.owner,
            pending_owner: head.offer.as_ref().map(|offer| offer.to),
            keep_grants: head.offer.as_ref().is_some_and(|offer| offer.keep_grants),
            guardian: head.guardian,
            generation: head.generation,
            policy_version: head.policy_version,
            key_epoch: head.key_epoch,
            terms_version: head.terms_version,
            terms_required: head.terms_required,
            terms_hash: content.terms_hash,
            frozen: head.is_frozen(),
            content: content.content,
            metadata: content.metadata,
            metadata_size: content.metadata_size,
        })
    }
}

impl Answer<method::dataSetOwner> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<EthAddress, ActorError> {
        let state: AccessState = rt.state()?;
        let head = state.data_sets.get(rt.store(), &data_set)?;
        Ok(head.map(|head| canonical(rt, head.owner)).unwrap_or_default())
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
    fn answer<R: Runtime>(
        rt: &R,
        _: Caller,
        p: AcceptedTermsParams,
    ) -> Result<Option<Acceptance>, ActorError> {
        let Some(subject) = rt.resolve(&p.subject) else {
            return Ok(None);
        };
        let accepted = shelves(rt)?.accepted.get(rt.store(), &(p.data_set, subject))?;
        accepted.as_ref().map(Recorded::read).transpose()
    }
}

impl Answer<method::GetDelays> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<Vec<DelayInfo>, ActorError> {
        let state: AccessState = rt.state()?;
        if !state.data_set(rt.store(), data_set)?.has_delays {
            return Ok(Vec::new());
        }
        let (now, delays) = (
            rt.network().epoch,
            state.guards(rt.store())?.delays(rt.store(), data_set)?,
        );
        let shown = delays.delays.into_iter().map(|delay| {
            let length = delay.length();
            let (delay_to_come, from) = (delay.after, delay.from);
            DelayInfo {
                what: delay.what,
                delay: length.at(now),
                pending: length.is_pending(now).then_some(PendingDelay {
                    delay: delay_to_come,
                    from,
                }),
            }
        });
        Ok(shown
            .filter(|delay| delay.delay > 0 || delay.pending.is_some())
            .collect())
    }
}

impl Answer<method::ListOperations> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<Vec<OperationInfo>, ActorError> {
        operations(rt, data_set)
    }
}

impl Answer<method::GetOperation> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: OperationAt) -> Result<OperationInfo, ActorError> {
        let data_set = p.data_set;
        let mut all = operations(rt, data_set)?.into_iter();
        let found = all.find(|operation| operation.operation == p.operation);
        found.ok_or_else(|| AccessError::NoOperation { data_set }.into())
    }
}

fn operations<R: Runtime>(rt: &R, data_set: DataSetId) -> Result<Vec<OperationInfo>, ActorError> {
    let state: AccessState = rt.state()?;
    state.data_set(rt.store(), data_set)?;
    let operations = state.guards(rt.store())?.operations(rt.store(), data_set)?;
    let shown = operations.into_iter().map(|operation| OperationInfo {
        operation: operation.id,
        by: operation.by,
        method: operation.method,
        ready: operation.ready,
        expires: opened(operation.ready).end.unwrap_or(operation.ready),
    });
    Ok(shown.collect())
}

impl Answer<method::IsNonceUsed> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: NonceParams) -> Result<bool, ActorError> {
        match rt.resolve(&p.signer) {
            Some(signer) => annex(rt)?.is_nonce_used(rt.store(), signer, p.nonce),
            None => Ok(false),
        }
    }
}
