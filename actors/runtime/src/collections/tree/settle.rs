//! Storing changed nodes: those that grew too large are split, those that became too small join a neighbour, and what
//! is left is stored level by level.

use fvm_ipld_blockstore::Blockstore;

use super::block::{Blocks, NODES};
use super::block_id::Place;
use super::node::{At, Child, Leaf, Node};
use super::wire::Wire;
use super::{Packed, Top, TreeKey, unreadable};
use crate::error::ActorError;

/// The most bytes of entries in a leaf.
const LEAF_BYTES: usize = 384;
/// The most children of a branch.
const BRANCH_LINKS: usize = 8;
/// A node of more bytes joins nobody: who changes what lies beside it would write all of it.
const JOINED_BYTES: usize = 2 * LEAF_BYTES;
/// A changed leaf with fewer entries joins a neighbour.
const FEW_ENTRIES: usize = 4;
/// A changed branch with fewer children joins a neighbour.
const FEW_LINKS: usize = 3;

/// A node below the top, and where it begins.
struct Part<K, V> {
    low: Option<K>,
    is: Is<K, V>,
}

/// What a node is.
enum Is<K, V> {
    /// As it was, or stored just now.
    Stored(Place),
    /// A changed leaf of any size.
    Open(Leaf<K, V>),
    /// A leaf that is no larger than it may be.
    Leaf(Wire),
    /// A branch that is no larger than it may be.
    Branch(Vec<Part<K, V>>),
}

/// Stores everything below the top and gives the top.
pub(super) fn settle<BS: Blockstore, K: TreeKey, V: Packed, T: Top>(
    blocks: &mut Blocks<'_, BS>,
    top: Node<K, V>,
) -> Result<Wire, ActorError> {
    let mut parts = match top {
        Node::Leaf(entries) => {
            let leaf = entries.wire();
            if leaf.bytes.len() <= T::BYTES {
                return Ok(leaf);
            }
            split_leaf(None, &entries)
        }
        Node::Branch(children) => settle_children(blocks, children)?,
    };
    while let [only] = &mut parts[..] {
        only.open(blocks, usize::MAX)?;
        match &mut only.is {
            Is::Open(entries) if entries.wire().bytes.len() <= T::BYTES => return Ok(entries.wire()),
            Is::Leaf(leaf) if leaf.bytes.len() <= T::BYTES => return Ok(core::mem::take(leaf)),
            Is::Branch(below) if below.len() <= T::LINKS => parts = core::mem::take(below),
            _ => break,
        }
    }
    while parts.len() > T::LINKS {
        parts = split_branch(None, parts);
    }
    store(blocks, &mut parts)?;
    branch(&parts)
}

/// What a branch's children become.
fn settle_children<BS: Blockstore, K: TreeKey, V: Packed>(
    blocks: &mut Blocks<'_, BS>,
    children: Vec<Child<K, V>>,
) -> Result<Vec<Part<K, V>>, ActorError> {
    let mut joined = Vec::with_capacity(children.len());
    for Child { low, at } in children {
        let is = match at {
            At::Stored(place) | At::Read(place, _) => Is::Stored(place),
            At::Changed(Node::Leaf(entries)) => Is::Open(entries),
            At::Changed(Node::Branch(below)) => Is::Branch(settle_children(blocks, below)?),
        };
        joined.push(Part { low, is });
    }
    join_small(blocks, &mut joined)?;
    let mut parts = Vec::with_capacity(joined.len());
    for Part { low, is } in joined {
        match is {
            Is::Open(entries) => parts.extend(split_leaf(low, &entries)),
            Is::Branch(below) => parts.extend(split_branch(low, below)),
            is @ (Is::Stored(_) | Is::Leaf(_)) => parts.push(Part { low, is }),
        }
    }
    Ok(parts)
}

/// Joins changed nodes that became too small with the node after them, the last one with the node before, unless that is large.
fn join_small<BS: Blockstore, K: TreeKey, V: Packed>(
    blocks: &mut Blocks<'_, BS>,
    parts: &mut Vec<Part<K, V>>,
) -> Result<(), ActorError> {
    let mut at = 0usize;
    while at < parts.len() && parts.len() > 1 {
        let next = at.saturating_add(1);
        let beside = if next < parts.len() {
            next
        } else {
            at.saturating_sub(1)
        };
        let mut join = parts.get(at).is_some_and(Part::is_small);
        for part in [at, beside] {
            let part = parts.get_mut(part).ok_or_else(unreadable)?;
            join = join && part.open(blocks, JOINED_BYTES)?;
        }
        if !join {
            at = next;
            continue;
        }
        at = at.min(beside);
        let second = parts.remove(at.saturating_add(1));
        let first = parts.get_mut(at).ok_or_else(unreadable)?;
        match (&mut first.is, second.is) {
            (Is::Open(entries), Is::Open(more)) => entries.append(more),
            (Is::Branch(below), Is::Branch(more)) => below.extend(more),
            _ => return Err(unreadable()),
        }
    }
    Ok(())
}

/// Turns entries into as many leaves as they need.
fn split_leaf<K: TreeKey, V: Packed>(low: Option<K>, entries: &Leaf<K, V>) -> Vec<Part<K, V>> {
    if entries.len() == 0 {
        return Vec::new();
    }
    let whole = entries.wire();
    let leaves = number_of_parts(whole.bytes.len(), LEAF_BYTES);
    if leaves == 1 {
        let is = Is::Leaf(whole);
        return vec![Part { low, is }];
    }
    let leaves = entries.split(leaves).into_iter();
    let parts = leaves.map(|(low, leaf)| Part {
        low,
        is: Is::Leaf(leaf),
    });
    beginning(low, parts.collect())
}

/// Turns children into as many branches as they need.
fn split_branch<K: TreeKey, V>(low: Option<K>, mut children: Vec<Part<K, V>>) -> Vec<Part<K, V>> {
    if children.is_empty() {
        return Vec::new();
    }
    let branches = number_of_parts(children.len(), BRANCH_LINKS);
    if branches == 1 {
        let is = Is::Branch(children);
        return vec![Part { low, is }];
    }
    let size = children.len().div_ceil(branches);
    let mut parts = Vec::with_capacity(branches);
    while !children.is_empty() {
        let rest = children.split_off(size.min(children.len()));
        let low = children.first().and_then(|child| child.low.clone());
        let is = Is::Branch(core::mem::replace(&mut children, rest));
        parts.push(Part { low, is });
    }
    beginning(low, parts)
}

/// The first part begins where the whole did.
fn beginning<K, V>(low: Option<K>, mut parts: Vec<Part<K, V>>) -> Vec<Part<K, V>> {
    if let Some(first) = parts.first_mut() {
        first.low = low;
    }
    parts
}

/// How many nodes something becomes: one while it is no larger than a node may be, then nodes that are two thirds full,
/// as nodes are on average that grow entry by entry.
fn number_of_parts(size: usize, most: usize) -> usize {
    if size <= most {
        return 1;
    }
    size.saturating_mul(3).div_ceil(most.saturating_mul(2))
}

/// Stores what is not stored, the lowest level first.
fn store<BS: Blockstore, K: TreeKey, V: Packed>(
    blocks: &Blocks<'_, BS>,
    parts: &mut [Part<K, V>],
) -> Result<(), ActorError> {
    for level in (0..height(parts)).rev() {
        let mut nodes = Vec::new();
        changed(parts, level, &mut nodes);
        for nodes in nodes.chunks_mut(NODES) {
            let wires = nodes.iter_mut().map(|node| node.wire());
            let block = blocks.store(&wires.collect::<Result<Vec<_>, _>>()?)?;
            for (slot, node) in nodes.iter_mut().enumerate() {
                node.is = Is::Stored(Place { block, slot });
            }
        }
    }
    Ok(())
}

/// How many levels are not stored.
fn height<K, V>(parts: &[Part<K, V>]) -> usize {
    let heights = parts.iter().map(|part| match &part.is {
        Is::Stored(_) => 0,
        Is::Open(_) | Is::Leaf(_) => 1,
        Is::Branch(below) => height(below).saturating_add(1),
    });
    heights.max().unwrap_or(0)
}

/// Gathers the nodes of a level that are not stored.
fn changed<'n, K, V>(parts: &'n mut [Part<K, V>], level: usize, nodes: &mut Vec<&'n mut Part<K, V>>) {
    for part in parts {
        if level == 0 && !matches!(part.is, Is::Stored(_)) {
            nodes.push(part);
        } else if let Is::Branch(below) = &mut part.is {
            changed(below, level.saturating_sub(1), nodes);
        }
    }
}

/// A branch whose children are stored.
fn branch<K: TreeKey, V>(parts: &[Part<K, V>]) -> Result<Wire, ActorError> {
    let children = parts.iter().map(|part| match part.is {
        Is::Stored(place) => Ok((part.low.as_ref(), place)),
        _ => Err(unreadable()),
    });
    Ok(Wire::branch(children.collect::<Result<Vec<_>, _>>()?.into_iter()))
}

impl<K: TreeKey, V: Packed> Part<K, V> {
    /// An empty node is not small: it goes without anybody's help.
    fn is_small(&self) -> bool {
        match &self.is {
            Is::Open(entries) => (1..FEW_ENTRIES).contains(&entries.len()),
            Is::Branch(below) => (1..FEW_LINKS).contains(&below.len()),
            Is::Stored(_) | Is::Leaf(_) => false,
        }
    }

    /// Reads a node that has no more than so many bytes; gives whether it has no more.
    fn open<BS: Blockstore>(&mut self, blocks: &mut Blocks<'_, BS>, most: usize) -> Result<bool, ActorError> {
        let node = match &self.is {
            Is::Stored(place) => blocks.load(*place)?,
            Is::Open(entries) => return Ok(entries.wire().bytes.len() <= most),
            Is::Leaf(_) | Is::Branch(_) => return Ok(true),
        };
        let fits = node.bytes.len() <= most;
        if fits {
            self.is = match Node::open(node, self.low.clone())? {
                Node::Leaf(entries) => Is::Open(entries),
                Node::Branch(children) => Is::Branch(settle_children(blocks, children)?),
            };
        }
        Ok(fits)
    }

    /// The node on the wire; its children are stored.
    fn wire(&mut self) -> Result<Wire, ActorError> {
        match &mut self.is {
            Is::Leaf(leaf) => Ok(core::mem::take(leaf)),
            Is::Branch(below) => branch(below),
            Is::Open(entries) => Ok(entries.wire()),
            Is::Stored(_) => Err(unreadable()),
        }
    }
}
