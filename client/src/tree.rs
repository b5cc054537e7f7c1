//! Merkle trees with the shape of `@openzeppelin/merkle-tree`: a complete binary tree, pairs hashed in sorted order.

use std::collections::VecDeque;

use alloy_primitives::keccak256;

/// A hash of keccak-256.
pub type Hash = [u8; 32];

/// A root, and the hashes that lead to it from a leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Climb {
    /// The root.
    pub root: Hash,
    /// The hash beside each step, from the leaf upwards.
    pub path: Vec<Hash>,
}

/// The leaf of some bytes: hashed twice, so that no inner node can be taken for one.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    keccak256(keccak256(bytes)).0
}

/// Climbs from the leaf with this number. There is a root only over at least one leaf.
///
/// It takes 32 bytes of memory a leaf: pairs are taken from the front of a queue and their parents put at its end, which
/// is the order of the complete tree's array read backwards.
#[must_use]
pub fn climb(leaves: Vec<Hash>, from: usize) -> Option<Climb> {
    let (mut nodes, mut ours, mut taken) = (VecDeque::from(leaves), from, 0);
    let mut parents = nodes.len();
    let mut path = Vec::new();
    loop {
        let first = nodes.pop_front()?;
        let Some(second) = nodes.pop_front() else {
            return Some(Climb { root: first, path });
        };
        if ours == taken || ours == taken + 1 {
            path.push(if ours == taken { second } else { first });
            ours = parents;
        }
        nodes.push_back(parent(first, second));
        taken += 2;
        parents += 1;
    }
}

/// The root over some leaves; none over none.
#[must_use]
pub fn root(leaves: Vec<Hash>) -> Option<Hash> {
    climb(leaves, 0).map(|climb| climb.root)
}

/// Whether these hashes lead from the leaf to the root.
#[must_use]
pub fn verify(root: &Hash, leaf: &Hash, path: &[Hash]) -> bool {
    path.iter().fold(*leaf, |below, beside| parent(below, *beside)) == *root
}

fn parent(one: Hash, other: Hash) -> Hash {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    keccak256([first, second].concat()).0
}
