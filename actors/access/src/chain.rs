//! What has become of a grant and of those that it came through.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{DataSetId, GrantId};
use holdfast_policies::access::action::Action;
use holdfast_policies::access::decision::{Decision, Request, along_chain};
use holdfast_policies::access::grant::{Grant, MAX_CHAIN, Parent};
use holdfast_runtime::ActorError;

use crate::data_set::DataSet;
use crate::facts::{Known, Silence};
use crate::slot::Slot;
use crate::state::AccessState;
use crate::steps::Grants;

/// Whether a grant and all above it are there, of the present generation and not revoked. Time and uses do not matter.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn stands<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
    (data_set, head): (DataSetId, &DataSet),
    (subject, grant): (ActorID, GrantId),
) -> Result<bool, ActorError> {
    let mut at = Parent { subject, id: grant };
    for _ in 0..MAX_CHAIN {
        let held = state.held(store, data_set, at.subject)?;
        let Some(found) = held
            .find(at.id)
            .filter(|found| !found.revoked && found.generation == head.generation)
        else {
            return Ok(false);
        };
        match found.parent {
            None => return Ok(true),
            Some(parent) => at = parent,
        }
    }
    Ok(false)
}

/// Whether a grant counts now, for what is least of all that it allows, where it allows it; none if there is no such grant.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn counts<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
    (data_set, head): (DataSetId, &DataSet),
    (subject, grant): (ActorID, GrantId),
    now: ChainEpoch,
) -> Result<Option<Decision>, ActorError> {
    let held = state.held(store, data_set, subject)?;
    let Some(own) = held.find(grant) else {
        return Ok(None);
    };
    let least = if own.actions.contains(Action::Relay) {
        Action::Relay
    } else {
        Action::Grant
    };
    let request = Request {
        scope: &own.scope,
        subject,
        action: least,
        now,
        uses: 1,
    };
    let mut known = Known::new((state, store), (data_set, head), (&[], now), Silence);
    along_chain(&mut known, request, (own, None)).map(Some)
}

/// The grants of a subject that never count again since one above is gone or dead for good. Their tickets count no longer either:
/// whatever is counted for one is counted above too, and keeps that there as long.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn broken<BS: Blockstore>(
    grants: &mut Grants<'_, BS>,
    (data_set, subject): (DataSetId, ActorID),
    (generation, now): (u64, ChainEpoch),
) -> Result<Vec<GrantId>, ActorError> {
    let held = grants.get(&Slot::grants(data_set, subject))?.cloned();
    let mut broken = Vec::new();
    for grant in held.unwrap_or_default().0 {
        let is_cut = is_cut(grant.parent, (generation, now), |Parent { subject, id }| {
            let held = grants.get(&Slot::grants(data_set, subject))?;
            Ok(held.and_then(|held| held.find(id)).cloned())
        });
        if is_cut? {
            broken.push(grant.id);
        }
    }
    Ok(broken)
}

/// Whether one of the grants from a place on upwards is gone or dead for good.
///
/// # Errors
/// Those of `find`.
pub(crate) fn is_cut(
    lowest: Option<Parent>,
    (generation, now): (u64, ChainEpoch),
    mut find: impl FnMut(Parent) -> Result<Option<Grant>, ActorError>,
) -> Result<bool, ActorError> {
    let mut at = lowest;
    for _ in 0..MAX_CHAIN {
        let Some(place) = at else { break };
        match find(place)?.filter(|found| !found.is_dead_for_good(generation, now)) {
            Some(found) => at = found.parent,
            None => return Ok(true),
        }
    }
    Ok(false)
}
