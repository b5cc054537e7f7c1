//! Lists who still needs the present key of a data set.

use fvm_shared::ActorID;
use holdfast_api::access::{DataSetId, ListRewrapsParams, ListRewrapsReturn, MAX_BATCH, Reader, method};
use holdfast_policies::access::action::Action;
use holdfast_policies::access::decision::{Facts, Request, along_chain};
use holdfast_policies::access::grant::Grant;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use super::list::subjects;
use crate::AccessActor;
use crate::facts::{Known, Silence};
use crate::people::page_of;
use crate::state::{AccessState, Keys};

impl Answer<method::ListRewraps> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: ListRewrapsParams) -> Result<ListRewrapsReturn, ActorError> {
        let limit = page_of(p.limit, MAX_BATCH as u64)?;
        let (state, store, now) = (rt.state::<AccessState>()?, rt.store(), rt.network().epoch);
        let head = state.data_set(store, p.data_set)?;
        let mut readers = Vec::new();
        if head.key_epoch == 0 {
            return Ok(ListRewrapsReturn { readers, next: None });
        }
        let keys = state.annex(store)?.keys.load(store)?;
        let mut known = Known::new((&state, store), (p.data_set, &head), (&[], now), Silence);
        let page = subjects(&state, store, (p.data_set, p.start), limit)?;
        for (reader, held) in page.entries {
            let key = keys.readers.get(store, &reader)?;
            if may_read(&mut known, (reader, &held.0), now)?
                && !has_envelope(rt, &keys, (p.data_set, head.key_epoch), (reader, key))?
            {
                readers.push(Reader { reader, key });
            }
        }
        let next = page.next;
        Ok(ListRewrapsReturn { readers, next })
    }
}

/// Whether one of a subject's grants lets it read something now, whatever rules ask for or seal.
fn may_read<F: Facts>(
    facts: &mut F,
    (subject, held): (ActorID, &[Grant]),
    now: i64,
) -> Result<bool, F::Error> {
    for grant in held {
        let request = Request {
            scope: &grant.scope,
            subject,
            action: Action::Read,
            now,
            uses: 1,
        };
        if along_chain(facts, request, (grant, None))?.reason.allows() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether there is an envelope that the reader can open with its present key.
fn has_envelope<R: Runtime>(
    rt: &R,
    keys: &Keys,
    key_epoch: (DataSetId, u64),
    (reader, key): (ActorID, Option<Bytes32>),
) -> Result<bool, ActorError> {
    let sealed = keys.envelopes.get(rt.store(), &(key_epoch, reader))?;
    let sealed = sealed.as_ref().map(Recorded::read).transpose()?;
    Ok(sealed.is_some_and(|sealed| Some(sealed.key) == key))
}
