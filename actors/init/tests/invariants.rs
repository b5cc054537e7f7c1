//! Each invariant notices what it is there for.

mod support;

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_init::invariants;
use holdfast_init::state::{AddressMap, State};
use holdfast_runtime::Runtime;
use support::init;

fn broken(change: impl FnOnce(&mut State), mapped: &[(Address, ActorID)]) -> Vec<String> {
    let mock = init();
    let mut state: State = mock.state().unwrap();
    state.next_id = 200;
    let mut map = AddressMap::empty(mock.store().clone());
    for (address, id) in mapped {
        map.set(address, *id).unwrap();
    }
    state.address_map = map.flush().unwrap();
    change(&mut state);
    let found = invariants::check(&state, mock.store().clone());
    let names = found
        .list()
        .iter()
        .map(|text| text.split(':').next().unwrap_or_default().to_owned());
    names.collect()
}

fn actor(n: u8) -> Address {
    Address::new_actor(&[n])
}

#[test]
fn a_good_state_breaks_none() {
    let delegated = Address::new_delegated(10, &[1; 20]).unwrap();
    assert_eq!(
        broken(|_| (), &[(actor(1), 100), (delegated, 100), (actor(2), 199)]),
        Vec::<String>::new()
    );
}

#[test]
fn a_network_without_a_name_is_noticed() {
    assert_eq!(
        broken(|state| state.network_name.clear(), &[]),
        ["the_network_has_a_name"]
    );
}

#[test]
fn reserved_ids_are_noticed() {
    assert_eq!(
        broken(|state| state.next_id = 99, &[]),
        ["next_id_is_not_reserved"]
    );
    assert_eq!(broken(|_| (), &[(actor(1), 99)]), ["mapped_ids_are_not_reserved"]);
}

#[test]
fn an_id_that_was_never_handed_out_is_noticed() {
    assert_eq!(
        broken(|_| (), &[(actor(1), 200)]),
        ["next_id_above_all_mapped_ids"]
    );
}

#[test]
fn an_id_as_an_address_is_noticed() {
    assert_eq!(
        broken(|_| (), &[(Address::new_id(150), 150)]),
        ["addresses_are_not_ids"]
    );
}

#[test]
fn two_addresses_of_one_kind_are_noticed() {
    assert_eq!(
        broken(|_| (), &[(actor(1), 100), (actor(2), 100)]),
        ["an_id_has_one_address_of_a_kind"]
    );
}
