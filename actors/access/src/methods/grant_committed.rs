//! Gives grants to somebody who is not named, and shows those that wait.

use holdfast_api::access::events::Committed;
use holdfast_api::access::{
    AccessError, CommitmentParams, CommittedGrant, DataSetId, GrantCommittedParams, GrantTerms,
    ListCommittedParams, ListCommittedReturn, MAX_PAGE, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::{ActorError, Runtime};

use super::grant::{head_for_giver, made, tell_next_owner};
use super::views::annex;
use crate::AccessActor;
use crate::people::page_of;
use crate::state::AccessState;

impl Handle<method::GrantCommitted> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: GrantCommittedParams) -> Result<(), ActorError> {
        let (data_set, commitment, from, by) = (p.data_set, p.commitment, p.from, caller.id());
        if commitment == Bytes32::default() {
            return Err(AccessError::EmptyCommitment.into());
        }
        let actions = rt.transaction(|st: &mut AccessState, scope| {
            let head = head_for_giver(st, scope, (data_set, from), caller.into())?;
            let grant = made(st, scope, (data_set, &head), (by, from), &p.terms)?;
            tell_next_owner(st, scope, (data_set, from), &p.terms)?;
            let committed = CommittedGrant {
                by,
                from,
                terms: GrantTerms {
                    start: Some(grant.span.start),
                    end: grant.span.end,
                    ..p.terms
                },
                generation: head.generation,
                held_up: grant.held_up,
            };
            st.change_commitments(scope, |all| {
                let at = (data_set, commitment);
                if all.commitments.get(scope, &at)?.is_some() {
                    return Err(AccessError::CommitmentTaken { data_set, commitment }.into());
                }
                all.commitments.set(scope, at, Recorded::new(&committed)?)
            })?;
            Ok(grant.actions.bits())
        })?;
        Committed {
            data_set,
            commitment,
            by,
            actions,
        }
        .emit(rt)
    }
}

impl Answer<method::GetCommitted> for AccessActor {
    fn answer<R: Runtime>(
        rt: &R,
        _: Caller,
        p: CommitmentParams,
    ) -> Result<Option<CommittedGrant>, ActorError> {
        let all = annex(rt)?.commitments.load(rt.store())?;
        let found = all.commitments.get(rt.store(), &(p.data_set, p.commitment))?;
        found.as_ref().map(Recorded::read).transpose()
    }
}

impl Answer<method::ListCommitted> for AccessActor {
    fn answer<R: Runtime>(
        rt: &R,
        _: Caller,
        p: ListCommittedParams,
    ) -> Result<ListCommittedReturn, ActorError> {
        let limit = page_of(p.limit, MAX_PAGE)?;
        rt.state::<AccessState>()?.data_set(rt.store(), p.data_set)?;
        let all = annex(rt)?.commitments.load(rt.store())?.commitments;
        let page = all.page(rt.store(), Some(&(p.data_set, p.start)), limit)?;
        let own = |(of, commitment): (DataSetId, Bytes32)| (of == p.data_set).then_some(commitment);
        Ok(ListCommittedReturn {
            commitments: page.entries.iter().map_while(|(at, _)| own(*at)).collect(),
            next: page.next.and_then(own),
        })
    }
}
