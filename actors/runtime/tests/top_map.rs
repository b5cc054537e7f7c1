//! The map whose top lies in the state root behaves as a simple map, and writes no more than it must.

mod counting;
mod model;

use std::collections::BTreeMap;

use counting::Counting;
use holdfast_runtime::collections::{SMALL, TopMap};
use model::{apply, changes};
use proptest::prelude::*;

fn all_of_top(map: &TopMap<u64>, store: &Counting) -> BTreeMap<u64, u64> {
    let mut all = BTreeMap::new();
    map.for_each(store, |id, value| {
        assert!(all.insert(id, *value).is_none(), "{id} is there twice");
        Ok(())
    })
    .unwrap();
    all
}

proptest! {
    #[test]
    fn a_top_map_is_a_map_before_and_after_it_moves(rounds in changes(100)) {
        let store = Counting::default();
        let mut map = TopMap::<u64>::default();
        let mut model = BTreeMap::new();
        for round in rounds {
            map.update(&store, round.clone()).unwrap();
            for (id, value) in round {
                apply(&mut model, id, value);
            }
            let bytes = fvm_ipld_encoding::to_vec(&map).unwrap();
            map = fvm_ipld_encoding::from_slice(&bytes).unwrap();
            prop_assert_eq!(all_of_top(&map, &store), model.clone());
            for id in 0..100 {
                prop_assert_eq!(map.get(&store, id).unwrap(), model.get(&id).copied());
            }
        }
    }

    #[test]
    fn pages_of_a_top_map_show_everything_once(entries in prop::collection::btree_map(0..2_000u64, any::<u64>(), 0..120), limit in 1usize..30) {
        let store = Counting::default();
        let mut map = TopMap::default();
        map.update(&store, entries.iter().map(|(id, value)| (*id, Some(*value)))).unwrap();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = map.page(&store, cursor, limit, 0).unwrap();
            prop_assert!(page.entries.len() <= limit);
            seen.extend(page.entries);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        prop_assert_eq!(seen.len(), entries.len());
        prop_assert_eq!(seen.into_iter().collect::<BTreeMap<_, _>>(), entries);
    }

    #[test]
    fn a_top_map_s_cursor_stays_good_when_its_entry_is_removed(ids in prop::collection::btree_set(0..300u64, 2..80), at in 1usize..40) {
        let store = Counting::default();
        let mut map = TopMap::default();
        map.update(&store, ids.iter().map(|id| (*id, Some(*id)))).unwrap();
        let all = map.page(&store, None, ids.len(), 0).unwrap().entries;
        let at = at.min(ids.len() - 1);
        let cursor = map.page(&store, None, at, 0).unwrap().next.unwrap();
        map.update(&store, [(cursor, None)]).unwrap();
        let rest = map.page(&store, Some(cursor), ids.len(), 0).unwrap();
        prop_assert_eq!(&rest.entries[..], &all[at + 1..]);
    }
}

#[test]
fn a_small_top_map_lies_in_the_root_and_moves_when_it_has_grown() {
    let store = Counting::default();
    let mut map = TopMap::default();
    let (_, _, puts) = store.count(|| (0..SMALL as u64).for_each(|id| map.set(&store, id, id).unwrap()));
    assert_eq!(puts, 0, "nothing outside the root");
    let (_, _, puts) = store.count(|| map.set(&store, 1_000, 1).unwrap());
    assert_eq!(puts, 8, "eight trees of one block");
    let (_, _, puts) = store.count(|| map.set(&store, 1_000, 2).unwrap());
    assert_eq!(puts, 1);
}

#[test]
fn the_order_of_a_list_does_not_change_when_the_map_moves() {
    let store = Counting::default();
    let mut map = TopMap::default();
    (0..SMALL as u64).for_each(|id| map.set(&store, id * 3, id).unwrap());
    let before = map.page(&store, None, 100, 0).unwrap().entries;
    map.set(&store, 10_001, 1).unwrap();
    let after: Vec<_> = map.page(&store, None, 100, 0).unwrap().entries;
    let after: Vec<_> = after.into_iter().filter(|(id, _)| *id != 10_001).collect();
    assert_eq!(before, after);
}

#[test]
fn an_equal_write_of_a_top_map_costs_nothing() {
    let store = Counting::default();
    let mut map = TopMap::default();
    map.update(&store, (0..1_000u64).map(|id| (id, Some(id))))
        .unwrap();
    let before = map.clone();
    let (_, _, puts) = store.count(|| {
        map.set(&store, 7, 7).unwrap();
        map.update(&store, [(5_000, None)]).unwrap();
    });
    assert_eq!((map, puts), (before, 0));
}

#[test]
fn entries_of_one_tree_that_change_together_cost_one_path() {
    let store = Counting::default();
    let mut map = TopMap::default();
    map.update(&store, (0..100u64).map(|id| (id, Some(id)))).unwrap();
    let (_, _, apart) = store.count(|| {
        map.set(&store, 8, 1).unwrap();
        map.set(&store, 16, 1).unwrap();
    });
    let (_, _, together) = store.count(|| map.update(&store, [(8, Some(2)), (16, Some(2))]).unwrap());
    assert!(together < apart, "{together} blocks together, {apart} apart");
}

// ---- edits of a TopMap ----

proptest! {
    #[test]
    fn an_edit_sees_what_it_wrote_and_leaves_what_single_writes_leave(
        start in prop::collection::btree_map(0..120u64, 1..9u64, 0..60),
        round in prop::collection::vec((0..120u64, prop::option::weighted(0.7, 1..9u64)), 0..40),
    ) {
        let store = Counting::default();
        let mut at_once = TopMap::<u64>::default();
        at_once.update(&store, start.iter().map(|(id, value)| (*id, Some(*value)))).unwrap();
        let mut model = start;
        let mut edit = at_once.edit(&store);
        for (id, value) in round {
            prop_assert_eq!(edit.get(id).unwrap(), model.get(&id).copied());
            edit.put(id, value).unwrap();
            apply(&mut model, id, value);
            prop_assert_eq!(edit.get(id).unwrap(), value);
        }
        edit.finish().unwrap();
        prop_assert_eq!(all_of_top(&at_once, &store), model);
    }
}
