//! The ordered tree behaves as a simple map, stays shallow, and writes no more than it must.

#[path = "tree/costs.rs"]
mod costs;
mod counting;
mod model;

use std::collections::BTreeMap;

use counting::Counting;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Cold, Hot, Packed, Top, Tree, TreeKey};
use model::{apply, changes};
use proptest::prelude::*;

type Ids<T = Hot> = Tree<u64, u64, T>;

/// Everything in a tree, after a way over the wire.
fn all_of<K: TreeKey + std::fmt::Debug, V: Packed, T: Top>(
    tree: &Tree<K, V, T>,
    store: &Counting,
) -> BTreeMap<K, V> {
    let bytes = fvm_ipld_encoding::to_vec(tree).unwrap();
    let tree: Tree<K, V, T> = fvm_ipld_encoding::from_slice(&bytes).unwrap();
    let (mut all, mut before) = (BTreeMap::new(), None);
    tree.for_each(store, |key, value| {
        assert!(before.as_ref() < Some(&key), "{key:?} comes after {before:?}");
        before = Some(key.clone());
        all.insert(key, value);
        Ok(())
    })
    .unwrap();
    all
}

/// A tree of the ids `0, 3, 6 ..`, each under itself, made entry by entry in a scattered order.
fn grown<T: Top>(store: &Counting, entries: u64) -> Ids<T> {
    let mut tree = Ids::default();
    for at in 0..entries {
        let id = at * 7_919 % entries * 3;
        tree.set(store, id, id).unwrap();
    }
    tree
}

fn check_rounds<T: Top>(rounds: Vec<Vec<(u64, Option<u64>)>>, ids: u64) -> Result<(), TestCaseError> {
    let store = Counting::default();
    let (mut tree, mut model) = (Ids::<T>::default(), BTreeMap::new());
    for round in rounds {
        let mut edit = tree.edit(&store).unwrap();
        for (id, value) in round {
            edit.put(&id, value).unwrap();
            apply(&mut model, id, value);
        }
        let floor = |id| model.range(..=id).next_back().map(|(id, value)| (*id, *value));
        for id in (0..2_500).step_by(31) {
            prop_assert_eq!(edit.floor(&id).unwrap(), floor(id));
        }
        edit.finish().unwrap();
        prop_assert_eq!(all_of(&tree, &store), model.clone());
        for id in 0..ids {
            prop_assert_eq!(tree.get(&store, &id).unwrap(), model.get(&id).copied());
            prop_assert_eq!(tree.floor(&store, &id).unwrap(), floor(id));
        }
    }
    Ok(())
}

/// Rounds that fill a tree and empty it again, so that nodes split and join on several levels.
fn tides() -> impl Strategy<Value = Vec<Vec<(u64, Option<u64>)>>> {
    let tide = (0..1_500u64, 1..900u64, any::<bool>(), 1..7u64);
    let round = tide.prop_map(|(first, count, fill, step)| {
        let ids = (first..first + count).step_by(step as usize);
        ids.map(|id| (id, fill.then_some(id))).collect()
    });
    prop::collection::vec(round, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_tree_is_an_ordered_map(rounds in changes(300)) {
        check_rounds::<Hot>(rounds, 300)?;
    }

    #[test]
    fn a_tree_with_one_link_in_the_root_is_an_ordered_map(rounds in changes(300)) {
        check_rounds::<Cold>(rounds, 300)?;
    }

    #[test]
    fn a_tree_that_is_filled_and_emptied_is_an_ordered_map(rounds in tides()) {
        check_rounds::<Hot>(rounds.clone(), 100)?;
        check_rounds::<Cold>(rounds, 100)?;
    }

    #[test]
    fn pairs_are_ordered_by_the_first_then_by_the_second(pairs in prop::collection::btree_map((0..9u64, 0..200u64), any::<u64>(), 0..200)) {
        let (store, mut tree) = (Counting::default(), Tree::<(u64, u64), u64, Cold>::default());
        for (pair, value) in &pairs {
            tree.set(&store, *pair, *value).unwrap();
        }
        prop_assert_eq!(all_of(&tree, &store), pairs.clone());
        for first in 0..9 {
            let last = tree.floor(&store, &(first, u64::MAX)).unwrap().filter(|(pair, _)| pair.0 == first);
            let expected = pairs.range((first, 0)..=(first, u64::MAX)).next_back();
            prop_assert_eq!(last, expected.map(|(pair, value)| (*pair, *value)));
        }
    }

    #[test]
    fn an_edit_sees_what_it_wrote_and_leaves_what_single_writes_leave(
        start in prop::collection::btree_map(0..120u64, 1..9u64, 0..60),
        round in prop::collection::vec((0..120u64, prop::option::weighted(0.7, 1..9u64)), 0..40),
    ) {
        let store = Counting::default();
        let mut tree = Ids::<Hot>::default();
        tree.update(&store, start.iter().map(|(id, value)| (*id, Some(*value)))).unwrap();
        let mut model = start;
        let mut edit = tree.edit(&store).unwrap();
        for (id, value) in round {
            prop_assert_eq!(edit.get(&id).unwrap(), model.get(&id));
            edit.put(&id, value).unwrap();
            apply(&mut model, id, value);
            prop_assert_eq!(edit.get(&id).unwrap(), value.as_ref());
        }
        edit.finish().unwrap();
        prop_assert_eq!(all_of(&tree, &store), model);
    }

    #[test]
    fn pages_show_everything_once(entries in prop::collection::btree_map(0..2_000u64, any::<u64>(), 0..300), limit in 1usize..30) {
        let (store, mut tree) = (Counting::default(), Ids::<Hot>::default());
        tree.update(&store, entries.iter().map(|(id, value)| (*id, Some(*value)))).unwrap();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = tree.page(&store, cursor.as_ref(), limit).unwrap();
            prop_assert!(page.entries.len() <= limit);
            seen.extend(page.entries);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        prop_assert_eq!(seen, entries.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_walk_misses_nobody_who_stays_and_meets_nobody_twice(
        keys in prop::collection::btree_set(0..4_000u64, 1..300),
        between in prop::collection::vec(prop::collection::vec(0..4_000u64, 0..20), 1..20),
    ) {
        let (store, mut tree) = (Counting::default(), Ids::<Hot>::default());
        tree.update(&store, keys.iter().map(|key| (*key, Some(1)))).unwrap();
        let (mut met, mut cursor, mut toggled) = (Vec::new(), None, Vec::new());
        for round in between.iter().cycle() {
            let page = tree.page(&store, cursor.as_ref(), 5).unwrap();
            met.extend(page.entries.into_iter().map(|(key, _)| key));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
            for key in round {
                let there = tree.get(&store, key).unwrap().is_some();
                tree.update(&store, [(*key, (!there).then_some(2))]).unwrap();
                toggled.push(*key);
            }
        }
        prop_assert!(met.is_sorted_by(|a, b| a < b), "each at most once, in order");
        met.retain(|key| !toggled.contains(key));
        let stayed: Vec<u64> = keys.into_iter().filter(|key| !toggled.contains(key)).collect();
        prop_assert_eq!(met, stayed);
    }
}

#[test]
fn a_tree_that_is_emptied_is_as_new() {
    let store = Counting::default();
    for entries in [1, 100, 1_000] {
        let mut tree = grown::<Hot>(&store, entries);
        (0..entries).for_each(|at| tree.update(&store, [(at * 3, None)]).unwrap());
        assert_eq!(tree, Ids::default());
        assert!(tree.is_empty());
    }
}

#[test]
fn a_refused_change_changes_nothing() {
    let store = Counting::default();
    let mut tree = grown::<Hot>(&store, 1_000);
    let before = tree.clone();
    let refused = tree.change(&store, &3, |_| Err(ActorError::forbidden("no")));
    assert_eq!(refused, Err(ActorError::forbidden("no")));
    assert_eq!(tree, before);
    let was = tree.change(&store, &3, |was| Ok(was.map(|was| was + 1))).unwrap();
    assert_eq!((was, tree.get(&store, &3).unwrap()), (Some(3), Some(4)));
}

#[test]
fn a_missing_or_foreign_block_is_an_illegal_state() {
    let store = Counting::default();
    let mut tree = grown::<Hot>(&store, 1_000);
    let elsewhere = Counting::default();
    for error in [
        tree.get(&elsewhere, &3).unwrap_err(),
        tree.set(&elsewhere, 3, 1).unwrap_err(),
        tree.page(&elsewhere, None, 1).unwrap_err(),
    ] {
        assert_eq!(
            error.code,
            fvm_shared::error::ExitCode::USR_ILLEGAL_STATE,
            "{error}"
        );
    }
    let garbage =
        fvm_ipld_encoding::to_vec(&(fvm_ipld_encoding::BytesSer(&[0x80]), Vec::<u64>::new())).unwrap();
    let tree: Ids = fvm_ipld_encoding::from_slice(&garbage).unwrap();
    assert!(tree.get(&store, &1).unwrap_err().message.contains("unreadable"));
}
