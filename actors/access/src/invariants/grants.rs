//! Of grants, and of what is decided by them.

use std::collections::{BTreeMap, BTreeSet};

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::DataSetId;
use holdfast_policies::access::action::Action;
use holdfast_policies::access::decision::{Reason, Request, by_grant};
use holdfast_policies::access::grant::Grant;
use holdfast_runtime::ActorError;
use holdfast_runtime::testing::Violations;

use crate::facts::{Known, Silence};
use crate::state::AccessState;

/// Grants by their numbers, with where they are.
type Grants = BTreeMap<u64, (DataSetId, ActorID, Grant)>;

pub(super) fn check<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
    now: ChainEpoch,
    found: &mut Violations,
) {
    let all = walk(state, store, found);
    for (_, _, grant) in all.values() {
        let first = grant.parent.is_none_or(|parent| parent.id < grant.id);
        found.require("parents_come_first", first, || format!("grant {}", grant.id));
    }
    let decided = decisions(state, store, now, &all, found);
    found.note("decisions_are_readable", decided);
}

fn walk<BS: Blockstore>(state: &AccessState, store: &BS, found: &mut Violations) -> Grants {
    let (mut slots, mut index) = (BTreeSet::new(), BTreeSet::new());
    let mut all = Grants::new();
    let walked = state.grants.for_each(store, |slot, held| {
        if let Some((subject, data_set)) = slot.as_index() {
            index.insert((data_set, subject));
            return Ok(());
        }
        let Some((data_set, subject)) = slot.as_grants() else {
            return Ok(());
        };
        slots.insert((data_set, subject));
        found.require("grants_have_numbers_once", !held.0.is_empty(), || {
            format!("f0{subject} has an empty slot in data set {data_set}")
        });
        for grant in held.0 {
            let id = grant.id;
            let once = id < state.next_grant && all.insert(id, (data_set, subject, grant)).is_none();
            found.require("grants_have_numbers_once", once, || {
                format!("grant {id} of f0{subject} in data set {data_set}")
            });
        }
        let known = state.data_sets.get(store, &data_set)?.is_some();
        found.require("grants_are_of_data_sets", known, || {
            format!("data set {data_set}")
        });
        Ok(())
    });
    found.note("grants_are_readable", walked);
    found.require("the_index_is_complete", slots == index, || {
        let missing: Vec<_> = slots.symmetric_difference(&index).take(5).collect();
        format!("(data set, subject): {missing:?}")
    });
    all
}

/// Asks for each grant that was made from another one what it allows, and looks at all above the one that the answer comes by.
fn decisions<BS: Blockstore>(
    state: &AccessState,
    store: &BS,
    now: ChainEpoch,
    all: &Grants,
    found: &mut Violations,
) -> Result<(), ActorError> {
    let made = all.values().filter(|(_, _, grant)| grant.parent.is_some());
    for (data_set, subject, grant) in made {
        let allowed = |action: &Action| grant.actions.contains(*action);
        let Some(action) = Action::ALL.into_iter().find(allowed) else {
            continue;
        };
        let head = state.data_set(store, *data_set)?;
        let request = Request {
            scope: &grant.scope,
            subject: *subject,
            action,
            now,
            uses: 1,
        };
        let mut known = Known::new((state, store), (*data_set, &head), (&[], now), Silence);
        let decision = by_grant(&mut known, request, None)?;
        let Some(Reason::Granted { grant }) = decision.map(|decision| decision.reason) else {
            continue;
        };
        let broken = broken(all, grant, head.generation, now);
        found.require("no_grant_counts_under_a_dead_one", broken.is_none(), || {
            format!("grant {grant} of f0{subject} in data set {data_set} lets in, under {broken:?}")
        });
    }
    Ok(())
}

/// The first of a grant and all above it that is gone or does not count.
fn broken(all: &Grants, grant: u64, generation: u64, now: ChainEpoch) -> Option<u64> {
    let mut next = Some(grant);
    while let Some(id) = next {
        match all.get(&id) {
            Some((_, _, grant)) if grant.alive(generation, now).is_ok() => {
                next = grant.parent.map(|parent| parent.id);
            }
            _ => return Some(id),
        }
    }
    None
}
