//! What is true of Init's state after every message.

use std::collections::BTreeMap;

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::{Address, Protocol};
use holdfast_runtime::testing::Violations;

use crate::state::{FIRST_ID, State};

/// Checks all of them.
pub fn check<BS: Blockstore>(state: &State, store: BS) -> Violations {
    let mut found = Violations::new();
    the_network_has_a_name(state, &mut found);
    next_id_is_not_reserved(state, &mut found);
    let mut mapped: Vec<(Address, ActorID)> = Vec::new();
    let walked = state.addresses(store).and_then(|map| {
        map.for_each(|address, id| {
            mapped.push((address, *id));
            Ok(())
        })
    });
    found.note("the_address_map_can_be_read", walked);
    next_id_above_all_mapped_ids(state, &mapped, &mut found);
    addresses_are_not_ids(&mapped, &mut found);
    mapped_ids_are_not_reserved(&mapped, &mut found);
    an_id_has_one_address_of_a_kind(&mapped, &mut found);
    found
}

fn the_network_has_a_name(state: &State, found: &mut Violations) {
    found.require("the_network_has_a_name", !state.network_name.is_empty(), || {
        "it is empty".to_owned()
    });
}

fn next_id_is_not_reserved(state: &State, found: &mut Violations) {
    let next = state.next_id;
    found.require("next_id_is_not_reserved", next >= FIRST_ID, || {
        format!("{next} is below {FIRST_ID}")
    });
}

fn next_id_above_all_mapped_ids(state: &State, mapped: &[(Address, ActorID)], found: &mut Violations) {
    let next = state.next_id;
    for (address, id) in mapped {
        found.require("next_id_above_all_mapped_ids", *id < next, || {
            format!("{address} has the id {id}, and the next is {next}")
        });
    }
}

fn addresses_are_not_ids(mapped: &[(Address, ActorID)], found: &mut Violations) {
    for (address, id) in mapped {
        found.require(
            "addresses_are_not_ids",
            address.protocol() != Protocol::ID,
            || format!("{address} is a key, for {id}"),
        );
    }
}

fn mapped_ids_are_not_reserved(mapped: &[(Address, ActorID)], found: &mut Violations) {
    for (address, id) in mapped {
        found.require("mapped_ids_are_not_reserved", *id >= FIRST_ID, || {
            format!("{address} has the id {id}, below {FIRST_ID}")
        });
    }
}

/// At most one f4 address, and at most one of f1, f2 and f3.
fn an_id_has_one_address_of_a_kind(mapped: &[(Address, ActorID)], found: &mut Violations) {
    let mut seen: BTreeMap<(ActorID, bool), Address> = BTreeMap::new();
    for (address, id) in mapped {
        let delegated = address.protocol() == Protocol::Delegated;
        let other = seen.insert((*id, delegated), *address);
        found.require("an_id_has_one_address_of_a_kind", other.is_none(), || {
            format!("{id} has {address} and {other:?}")
        });
    }
}
