//! Hands a data set over, in two steps.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::events::{DataSetOffered, DataSetTransferred, GuardianSet};
use holdfast_api::access::{AccessError, DataSetId, OfferDataSetParams, OfferedDataSet, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit;
use crate::data_set::Offer;
use crate::people::perhaps;
use crate::powers::require_owner;
use crate::state::AccessState;

impl Handle<method::OfferDataSet> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: OfferDataSetParams) -> Result<(), ActorError> {
        let (data_set, keep_grants) = (p.data_set, p.keep_grants);
        let to = perhaps(rt, p.to.as_ref())?;
        rt.transaction(|st: &mut AccessState, store| {
            // An offer that is taken back is never held up.
            if to.is_none() {
                require_owner(&st.data_set(store, data_set)?, data_set, caller)?;
            } else {
                admit::<method::OfferDataSet, R>(st, store, caller, &p)?;
            }
            st.change_data_set(store, data_set, |head| {
                head.offer = to.map(|to| Offer { to, keep_grants });
                Ok(())
            })
        })?;
        DataSetOffered {
            data_set,
            to,
            keep_grants,
        }
        .emit(rt)
    }
}

impl Answer<method::GetOffer> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, data_set: DataSetId) -> Result<OfferedDataSet, ActorError> {
        offered((&rt.state()?, rt.store()), data_set, rt.network().epoch)
    }
}

/// A data set as it would be taken over.
fn offered<BS: Blockstore>(
    (st, store): (&AccessState, &BS),
    data_set: DataSetId,
    now: ChainEpoch,
) -> Result<OfferedDataSet, ActorError> {
    let head = st.data_set(store, data_set)?;
    Ok(OfferedDataSet {
        data_set,
        keep_grants: head.offer.as_ref().is_some_and(|offer| offer.keep_grants),
        generation: head.generation,
        policy_version: head.policy_version,
        terms_version: head.terms_version,
        frozen: head.is_frozen(),
        max_delay: st.longest_delay(store, (data_set, &head), now)?,
    })
}

impl Handle<method::AcceptDataSet> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: OfferedDataSet) -> Result<(), ActorError> {
        let (data_set, to) = (p.data_set, caller.id());
        let (from, generation, guarded) = rt.transaction(|st: &mut AccessState, store| {
            let is = offered((st, store), data_set, store.epoch())?;
            let (from, generation, (has_delays, guarded, ended)) =
                st.change_data_set(store, data_set, |head| {
                    let offer = head.offer.take().filter(|offer| offer.to == to);
                    let offer = offer.ok_or(AccessError::NotOffered {
                        data_set,
                        caller: caller.address(),
                    })?;
                    require_unchanged(&p, &is)?;
                    let ends = !offer.keep_grants;
                    let ended = ends.then(|| head.raise_generation(store.epoch()));
                    // The old owner chose the guardian, who could lock the new one out.
                    let guarded = head.guardian.take().is_some();
                    let from = core::mem::replace(&mut head.owner, to);
                    Ok((from, head.generation, (head.has_delays, guarded, ended)))
                })?;
            if let Some(ended) = ended {
                st.change_market(store, |market| market.set_ended(store, data_set, ended))?;
            }
            // Nothing that was announced under the old owner happens under the new one.
            if has_delays {
                st.change_guards(store, |guards| guards.set_operations(store, data_set, Vec::new()))?;
            }
            Ok((from, generation, guarded))
        })?;
        if guarded {
            let guardian = None;
            GuardianSet { data_set, guardian }.emit(rt)?;
        }
        DataSetTransferred {
            data_set,
            from,
            to,
            generation,
        }
        .emit(rt)
    }
}

/// Refuses what the old owner, an admin or the guardian has changed since the new owner looked: it would be bound by it.
fn require_unchanged(seen: &OfferedDataSet, is: &OfferedDataSet) -> Result<(), ActorError> {
    let facts = [
        ("keep_grants", is.keep_grants.into(), seen.keep_grants.into()),
        ("generation", is.generation, seen.generation),
        ("terms_version", is.terms_version, seen.terms_version),
        ("policy_version", is.policy_version, seen.policy_version),
        ("frozen", is.frozen.into(), seen.frozen.into()),
        ("max_delay", is.max_delay, is.max_delay.min(seen.max_delay)),
    ];
    let data_set = is.data_set;
    match facts.into_iter().find(|(_, now, named)| now != named) {
        None => Ok(()),
        Some((what, now, named)) => Err(AccessError::OfferChanged {
            data_set,
            what,
            now,
            named,
        }
        .into()),
    }
}
