//! What lies in the state root or right behind it: small maps and linked values.

mod counting;

use std::collections::BTreeMap;

use counting::Counting;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{InlineMap, Link};
use proptest::prelude::*;

// ---- InlineMap ----

type Few = InlineMap<(u64, u64), u64, 3>;

fn all_of_few(map: &Few, store: &Counting) -> BTreeMap<(u64, u64), u64> {
    let mut all = BTreeMap::new();
    map.for_each(store, |key, value| {
        assert!(all.insert(key, *value).is_none(), "{key:?} is there twice");
        Ok(())
    })
    .unwrap();
    all
}

proptest! {
    #[test]
    fn an_inline_map_is_a_map_before_and_after_it_moves(round in prop::collection::vec(((0..4u64, 0..4u64), prop::option::weighted(0.6, 0..5u64)), 0..60)) {
        let store = Counting::default();
        let mut map = Few::default();
        let mut model = BTreeMap::new();
        for (key, value) in round {
            let before = map.change(&store, &key, |_| Ok(value)).unwrap();
            prop_assert_eq!(before, model.get(&key).copied());
            match value {
                Some(value) => drop(model.insert(key, value)),
                None => drop(model.remove(&key)),
            }
            let bytes = fvm_ipld_encoding::to_vec(&map).unwrap();
            map = fvm_ipld_encoding::from_slice(&bytes).unwrap();
            prop_assert_eq!(all_of_few(&map, &store), model.clone());
            prop_assert_eq!(map.get(&store, &key).unwrap(), value);
        }
    }
}

#[test]
fn a_refused_change_of_an_inline_map_changes_nothing() {
    let store = Counting::default();
    let mut map = Few::default();
    for key in 0..6 {
        map.change(&store, &(key, 0), |_| Ok(Some(key))).unwrap();
        let before = map.clone();
        map.change(&store, &(key, 0), |_| Err(ActorError::forbidden("no")))
            .unwrap_err();
        assert_eq!(map, before);
    }
}

#[test]
fn an_inline_map_writes_no_block_while_it_is_small_and_one_when_it_is_not() {
    let store = Counting::default();
    let mut map = Few::default();
    let (_, gets, puts) =
        store.count(|| (0..3).for_each(|key| drop(map.change(&store, &(key, 0), |_| Ok(Some(1))))));
    assert_eq!((gets, puts), (0, 0));
    let (_, _, puts) = store.count(|| map.change(&store, &(3, 0), |_| Ok(Some(1))).unwrap());
    assert_eq!(puts, 1);
    let (_, _, puts) = store.count(|| map.change(&store, &(3, 0), |_| Ok(Some(1))).unwrap());
    assert_eq!(puts, 0, "an equal write costs nothing");
}

#[test]
fn an_inline_map_that_is_emptied_lies_in_the_root_again() {
    let store = Counting::default();
    let mut map = Few::default();
    (0..6).for_each(|key| drop(map.change(&store, &(key, 0), |_| Ok(Some(1)))));
    (0..6).for_each(|key| drop(map.change(&store, &(key, 0), |_| Ok(None))));
    assert_eq!(map, Few::default());
}

// ---- Link ----

#[test]
fn a_linked_value_is_read_changed_and_left_when_the_change_fails() {
    let store = Counting::default();
    let mut link = Link::store(&store, &vec![1u64, 2]).unwrap();
    let popped = link.update(&store, |list| Ok(list.pop())).unwrap();
    assert_eq!((popped, link.load(&store).unwrap()), (Some(2), vec![1]));
    let before = link.clone();
    link.update(&store, |list| {
        list.clear();
        Err::<(), _>(ActorError::forbidden("no"))
    })
    .unwrap_err();
    assert_eq!(link, before);
    let (_, _, puts) = store.count(|| link.update(&store, |_| Ok(())).unwrap());
    assert_eq!(
        (link, puts),
        (before, 0),
        "a change to the same value writes nothing"
    );
}
