//! What reading and writing a tree costs, in blocks and bytes.

use std::collections::BTreeSet;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use holdfast_runtime::collections::{Cold, Hot, Recorded, Top, Tree};
use holdfast_runtime::record;
use ipld_core::ipld::Ipld;

use crate::counting::Counting;
use crate::{Ids, grown};

#[test]
fn a_small_tree_lies_in_the_root_and_moves_when_it_has_grown() {
    let (store, mut tree) = (Counting::default(), Ids::<Hot>::default());
    let (_, gets, puts) = store.count(|| (0..200).for_each(|id| tree.set(&store, id, id).unwrap()));
    assert_eq!((gets, puts), (0, 0), "nothing outside the root");
    let (_, _, puts) = store.count(|| (200..400).for_each(|id| tree.set(&store, id, id).unwrap()));
    assert!(puts > 0);
    let (_, _, puts) = store.count(|| tree.set(&store, 399, 2).unwrap());
    assert_eq!(puts, 1);
}

#[test]
fn a_write_among_many_entries_costs_one_path() {
    for (entries, blocks) in [(1_000, 2), (10_000, 3), (30_000, 3)] {
        let store = Counting::default();
        let mut tree = grown::<Hot>(&store, entries);
        let (_, gets, puts) = store.count(|| tree.set(&store, 3, 2).unwrap());
        assert!(
            puts <= blocks && gets <= blocks,
            "{entries}: {gets} read, {puts} written"
        );
    }
}

#[test]
fn a_key_that_is_not_there_is_missed_by_one_path() {
    let store = Counting::default();
    let tree = grown::<Hot>(&store, 10_000);
    for id in (0..30_000).step_by(97).filter(|id| id % 3 != 0) {
        let (found, gets, _) = store.count(|| tree.get(&store, &id).unwrap());
        assert!(found.is_none() && gets <= 3, "{gets} blocks read for {id}");
    }
}

#[test]
fn a_tree_with_one_link_leaves_one_link_in_the_root() {
    let store = Counting::default();
    let mut tree = grown::<Cold>(&store, 5_000);
    assert_eq!(tree.links(), 1);
    let (_, gets, puts) = store.count(|| tree.set(&store, 3, 2).unwrap());
    assert!(gets <= 5 && puts <= 5, "{gets} read, {puts} written");
}

#[test]
fn an_equal_write_costs_nothing() {
    let store = Counting::default();
    let mut tree = grown::<Hot>(&store, 1_000);
    let before = tree.clone();
    let (_, _, puts) = store.count(|| {
        tree.set(&store, 9, 9).unwrap();
        tree.update(&store, [(5_000, None)]).unwrap();
    });
    assert_eq!((tree, puts), (before, 0));
}

#[test]
fn neighbours_that_change_together_cost_one_path() {
    let store = Counting::default();
    let mut tree = grown::<Hot>(&store, 1_000);
    let (_, _, apart) = store.count(|| {
        tree.set(&store, 3, 1).unwrap();
        tree.set(&store, 6, 1).unwrap();
    });
    let (_, _, together) = store.count(|| tree.update(&store, [(3, Some(2)), (6, Some(2))]).unwrap());
    assert_eq!(together * 2, apart);
}

#[test]
fn distant_entries_that_change_together_share_a_block_a_level() {
    for (entries, blocks) in [(1_000, 2), (10_000, 3), (30_000, 4)] {
        let store = Counting::default();
        let mut tree = grown::<Hot>(&store, entries);
        let far = (entries - 1) * 3;
        let (_, gets, puts) = store.count(|| tree.update(&store, [(3, Some(1)), (far, Some(1))]).unwrap());
        assert!(
            puts <= blocks && gets <= 2 * blocks,
            "{entries}: {gets} read, {puts} written"
        );
    }
}

#[test]
fn a_block_that_is_shared_is_read_once() {
    let store = Counting::default();
    let mut tree = Ids::<Hot>::default();
    tree.update(&store, (0..300).map(|id| (id, Some(id)))).unwrap();
    let (all, gets, _) = store.count(|| tree.page(&store, None, 300).unwrap().entries.len());
    assert_eq!((all, gets), (300, 1));
    let (_, gets, puts) = store.count(|| {
        let every = (0..300).map(|id| (id, Some(id + 1)));
        tree.update(&store, every).unwrap();
    });
    assert_eq!((gets, puts), (1, 1));
}

#[test]
fn what_is_replaced_is_not_kept_for_long() {
    let store = Counting::default();
    let mut tree = Ids::<Hot>::default();
    for id in 0..3_000 {
        tree.set(&store, id, u64::MAX).unwrap();
    }
    let grown = reachable(&store, &tree);
    let mut seed = 1u64;
    let mut id = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % 3_000
    };
    let kept = [(); 4].map(|()| {
        for change in 0..1_500 {
            let changed = Some(u64::MAX - change);
            tree.update(&store, [(id(), changed), (id(), changed)]).unwrap();
        }
        reachable(&store, &tree)
    });
    assert!(
        kept.iter().all(|bytes| *bytes < grown * 5 / 4),
        "{grown} bytes became {kept:?}"
    );
}

record! {
    /// A note.
    pub struct Note {
        /// What it says.
        pub text: String,
    }
}

#[test]
fn a_change_writes_no_large_neighbour() {
    let (store, mut tree) = (Counting::default(), Tree::<u64, Recorded<Note>, Cold>::default());
    let note = |len| {
        let text = "x".repeat(len);
        Recorded::new(&Note { text }).unwrap()
    };
    for large in [1, 3, 5, 6, 7] {
        tree.set(&store, large, note(20_000)).unwrap();
    }
    for small in [0, 2, 4, 8] {
        // Where it comes into a leaf it is split from what is there, which is written once more.
        tree.set(&store, small, note(10)).unwrap();
        let before = store.bytes.get();
        tree.set(&store, small, note(11)).unwrap();
        let written = store.bytes.get() - before;
        assert!(written < 1_000, "{written} bytes for {small}");
    }
    let before = store.bytes.get();
    tree.set(&store, 3, note(20_001)).unwrap();
    let written = store.bytes.get() - before;
    assert!(written < 21_000, "{written} bytes");
    for gone in 0..8 {
        tree.update(&store, [(gone, None)]).unwrap();
    }
    assert_eq!(
        tree.get(&store, &8).unwrap().unwrap().read().unwrap().text.len(),
        11
    );
}

/// The bytes of all blocks that links lead to, those of replaced nodes too: what a node of the network has to keep.
fn reachable<T: Top>(store: &Counting, tree: &Ids<T>) -> usize {
    let mut todo = links(&fvm_ipld_encoding::to_vec(tree).unwrap());
    let (mut seen, mut bytes) = (BTreeSet::new(), 0);
    while let Some(link) = todo.pop() {
        if seen.insert(link) {
            let block = store.get(&link).unwrap().unwrap();
            bytes += block.len();
            todo.extend(links(&block));
        }
    }
    bytes
}

fn links(block: &[u8]) -> Vec<Cid> {
    let ipld: Ipld = fvm_ipld_encoding::from_slice(block).unwrap();
    let links = ipld.iter().filter_map(|node| match node {
        Ipld::Link(link) => Some(*link),
        _ => None,
    });
    links.collect()
}
