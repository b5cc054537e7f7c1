//! Collections behave as the simple ones of the standard library, and write no more than they must.

mod counting;
mod model;

use std::collections::BTreeMap;

use counting::Counting;
use fvm_shared::address::Address;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Array, Map, Official, Page, Root};
use model::{apply, changes};
use proptest::prelude::*;

// ---- Map ----

type Ids = Map<Counting, u64, u64>;

proptest! {
    #[test]
    fn a_map_is_a_map(rounds in changes(200)) {
        let store = Counting::default();
        let mut root = Ids::empty(store.clone()).flush().unwrap();
        let mut model = BTreeMap::new();
        for round in rounds {
            let mut map = Ids::load(store.clone(), &root).unwrap();
            for (id, value) in round {
                match value {
                    Some(value) => map.set(&id, value).unwrap(),
                    None => prop_assert_eq!(map.delete(&id).unwrap(), model.get(&id).copied()),
                }
                apply(&mut model, id, value);
                prop_assert_eq!(map.get(&id).unwrap(), value);
            }
            prop_assert_eq!(map.is_empty(), model.is_empty());
            root = map.flush().unwrap();
            prop_assert_eq!(all_of(&Ids::load(store.clone(), &root).unwrap()), model.clone());
        }
    }

    #[test]
    fn a_map_s_root_depends_on_what_is_in_it_and_not_on_how_it_came_there(mut entries in prop::collection::btree_map(0..500u64, any::<u64>(), 0..60), gone in 500..600u64) {
        let store = Counting::default();
        let mut forth = Ids::empty(store.clone());
        entries.iter().for_each(|(id, value)| forth.set(id, *value).unwrap());
        let mut back = Ids::empty(store.clone());
        back.set(&gone, 1).unwrap();
        entries.iter().rev().for_each(|(id, value)| back.set(id, *value).unwrap());
        back.delete(&gone).unwrap();
        prop_assert_eq!(forth.flush().unwrap(), back.flush().unwrap());
        entries.clear();
    }
}

fn all_of(map: &Ids) -> BTreeMap<u64, u64> {
    let mut all = BTreeMap::new();
    map.for_each(|id, value| {
        all.insert(id, *value);
        Ok(())
    })
    .unwrap();
    all
}

fn pages(limit: usize, page: impl Fn(Option<u64>) -> Result<Page<u64, u64>, ActorError>) -> Vec<(u64, u64)> {
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let Page { entries, next } = page(cursor).unwrap();
        assert!(entries.len() <= limit);
        assert!(
            entries.len() == limit || next.is_none(),
            "a page that is not the last is full"
        );
        seen.extend(entries);
        cursor = next;
        if cursor.is_none() {
            return seen;
        }
    }
}

fn filled(store: &Counting, ids: impl Iterator<Item = u64>) -> Root<u64, u64> {
    let mut map = Ids::empty(store.clone());
    ids.for_each(|id| map.set(&id, id + 1).unwrap());
    map.flush().unwrap()
}

#[test]
fn an_equal_write_costs_nothing() {
    let store = Counting::default();
    let root = filled(&store, 0..1_000);
    let (same, gets, puts) = store.count(|| {
        let mut map = Ids::load(store.clone(), &root).unwrap();
        map.set(&500, 501).unwrap();
        map.delete(&5_000).unwrap();
        map.flush().unwrap()
    });
    assert_eq!((same, puts), (root, 0));
    assert!(gets <= 10, "{gets} blocks read");
}

#[test]
fn a_write_costs_the_blocks_on_its_path() {
    let store = Counting::default();
    let root = filled(&store, 0..1_000);
    let (_, gets, puts) = store.count(|| {
        let mut map = Ids::load(store.clone(), &root).unwrap();
        map.set(&500, 0).unwrap();
        map.flush().unwrap()
    });
    assert_eq!(gets, puts, "every block that was read is written once");
    assert!((2..=5).contains(&puts), "{puts} blocks written");
}

#[test]
fn the_official_layout_is_that_of_the_official_maps() {
    let store = Counting::default();
    let mut ours = Map::<Counting, Address, u64, Official>::empty(store.clone());
    let mut theirs = fvm_ipld_hamt::Hamt::<Counting, u64>::new_with_bit_width(store.clone(), 5);
    for id in 0..200 {
        let key = Address::new_id(id);
        ours.set(&key, id).unwrap();
        theirs.set(key.to_bytes().into(), id).unwrap();
    }
    assert_eq!(*ours.flush().unwrap().cid(), theirs.flush().unwrap());
}

#[test]
fn a_root_is_a_bare_link_on_the_wire() {
    let root = filled(&Counting::default(), 0..3);
    assert_eq!(
        fvm_ipld_encoding::to_vec(&root).unwrap(),
        fvm_ipld_encoding::to_vec(root.cid()).unwrap()
    );
}

#[test]
fn a_missing_block_is_a_bug_of_ours() {
    let root = filled(&Counting::default(), 0..100);
    let error = Ids::load(Counting::default(), &root).err().unwrap();
    assert_eq!(error.code, fvm_shared::error::ExitCode::USR_ILLEGAL_STATE);
}

// ---- Array ----

type List = Array<Counting, u64>;

proptest! {
    #[test]
    fn an_array_is_a_map_by_index(rounds in changes(300)) {
        let store = Counting::default();
        let mut root = List::empty(store.clone()).flush().unwrap();
        let mut model = BTreeMap::new();
        for round in rounds {
            let mut list = List::load(store.clone(), &root).unwrap();
            for (index, value) in round {
                match value {
                    Some(value) => list.set(index, value).unwrap(),
                    None => prop_assert_eq!(list.delete(index).unwrap(), model.get(&index).copied()),
                }
                apply(&mut model, index, value);
                prop_assert_eq!(list.get(index).unwrap(), value);
            }
            root = list.flush().unwrap();
            let list = List::load(store.clone(), &root).unwrap();
            prop_assert_eq!(list.len(), model.len() as u64);
            let seen = pages(7, |start| List::load(store.clone(), &root)?.page(start, 7));
            prop_assert_eq!(seen, model.clone().into_iter().collect::<Vec<_>>());
        }
    }
}

#[test]
fn pushed_values_have_rising_indexes() {
    let mut list = List::empty(Counting::default());
    for index in 0..100 {
        assert_eq!(list.push(index * 2).unwrap(), index);
    }
    assert_eq!(
        (list.len(), list.get(99).unwrap(), list.get(100).unwrap()),
        (100, Some(198), None)
    );
}

#[test]
fn an_equal_write_of_an_array_costs_nothing() {
    let store = Counting::default();
    let mut list = List::empty(store.clone());
    for value in 0..500 {
        list.push(value).unwrap();
    }
    let root = list.flush().unwrap();
    let (same, _, puts) = store.count(|| {
        let mut list = List::load(store.clone(), &root).unwrap();
        list.set(77, 77).unwrap();
        list.delete(5_000).unwrap();
        list.flush().unwrap()
    });
    assert_eq!((same, puts), (root, 0));
}

#[test]
fn a_cursor_of_an_array_stays_good_when_its_entry_is_deleted() {
    let mut list = List::empty(Counting::default());
    for value in 0..20 {
        list.push(value).unwrap();
    }
    let next = list.page(None, 5).unwrap().next;
    assert_eq!(next, Some(5));
    list.delete(5).unwrap();
    assert_eq!(list.page(next, 2).unwrap().entries, [(6, 6), (7, 7)]);
}

#[test]
fn a_push_onto_a_list_with_gaps_overwrites_nothing() {
    let mut list = List::empty(Counting::default());
    for value in [10, 11, 12] {
        list.push(value).unwrap();
    }
    list.delete(0).unwrap();
    assert_eq!(
        list.push(99).unwrap_err().code,
        fvm_shared::error::ExitCode::USR_ILLEGAL_STATE
    );
    assert_eq!(list.get(2).unwrap(), Some(12));
}

#[test]
fn an_index_beyond_the_largest_is_refused() {
    assert!(List::empty(Counting::default()).set(u64::MAX, 1).is_err());
}
