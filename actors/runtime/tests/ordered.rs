//! Walks of many pages, between which the map changes.

use std::rc::Rc;

use fvm_ipld_blockstore::MemoryBlockstore;
use holdfast_runtime::collections::{Layout, Map, Ordered};
use proptest::prelude::*;

type Store = Rc<MemoryBlockstore>;

/// The keys of a walk, one a page, after each of which `between` changes the map.
fn walk<L: Layout>(
    map: &mut Map<Store, u64, u64, L>,
    store: &Store,
    mut between: impl FnMut(&mut Map<Store, u64, u64, L>, u64, usize),
) -> Vec<u64> {
    let (mut seen, mut start) = (Vec::new(), None);
    loop {
        let root = map.flush().unwrap();
        let page = Map::<Store, u64, u64, L>::load(store.clone(), &root)
            .unwrap()
            .page(start.as_ref(), 1, 0)
            .unwrap();
        seen.extend(page.entries.into_iter().map(|(key, _)| key));
        let Some(next) = page.next else { return seen };
        between(map, next, seen.len());
        start = Some(next);
    }
}

proptest! {
    #[test]
    fn a_walk_through_an_ordered_map_misses_nobody_who_stays(keys in prop::collection::btree_set(0..400u64, 1..80), every in 1usize..6) {
        let store = Store::default();
        let mut map = Map::<Store, u64, u64, Ordered>::empty(store.clone());
        keys.iter().for_each(|key| map.set(key, *key).unwrap());
        let mut gone = Vec::new();
        let seen = walk(&mut map, &store, |map, cursor, page| {
            map.set(&(1_000 + page as u64), 0).unwrap();
            if page % every == 0 {
                map.delete(&cursor).unwrap();
                gone.push(cursor);
            }
        });
        let stayed: Vec<u64> = keys.iter().copied().filter(|key| !gone.contains(key)).collect();
        let mut met: Vec<u64> = seen.iter().copied().filter(|key| *key < 1_000 && !gone.contains(key)).collect();
        met.sort_unstable();
        prop_assert_eq!(met, stayed, "each of them once");
    }
}
