//! Storing changed nodes: those that grew too large are split, those that became too small join a neighbour.

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;

use super::node::{At, Child, Node, Wire, unreadable};
use super::{Packed, Top, TreeKey};
use crate::error::ActorError;

/// The most bytes of entries in a leaf.
const LEAF_BYTES: usize = 384;
/// The most children of a branch.
const BRANCH_LINKS: usize = 8;
/// A changed leaf with fewer entries joins a neighbour.
const FEW_ENTRIES: usize = 4;
/// A changed branch with fewer children joins a neighbour.
const FEW_LINKS: usize = 3;

/// A stored node, where it begins, and what it is if it was stored just now.
struct Part<K> {
    low: Option<K>,
    link: Cid,
    made: Option<Wire>,
}

/// Stores everything below the top and gives the top.
pub(super) fn settle_top<BS: Blockstore, K: TreeKey, V: Packed, T: Top>(
    store: &BS,
    top: Node<K, V>,
) -> Result<Wire, ActorError> {
    let mut parts = match top {
        Node::Leaf(entries) => {
            let leaf = Wire::leaf(&entries);
            if leaf.bytes.len() <= T::BYTES {
                return Ok(leaf);
            }
            split_leaf(store, None, entries)?
        }
        Node::Branch(children) => settle_children(store, children)?,
    };
    if parts.is_empty() {
        return Ok(Wire::default());
    }
    if let [only] = &mut parts[..] {
        let lower = only
            .made
            .take()
            .map_or_else(|| Wire::load(store, &only.link), Ok)?;
        if fits_on_top::<T>(&lower) {
            return Ok(lower);
        }
    }
    while parts.len() > T::LINKS {
        parts = split_branch(store, None, parts)?;
    }
    Ok(branch(&parts))
}

fn fits_on_top<T: Top>(node: &Wire) -> bool {
    if node.is_leaf() {
        node.bytes.len() <= T::BYTES
    } else {
        node.links.len() <= T::LINKS
    }
}

/// Stores the changed ones of a branch's children, and what they became.
fn settle_children<BS: Blockstore, K: TreeKey, V: Packed>(
    store: &BS,
    mut children: Vec<Child<K, V>>,
) -> Result<Vec<Part<K>>, ActorError> {
    for child in &mut children {
        if let At::Changed(Node::Branch(below)) = &mut child.at {
            let settled = settle_children(store, core::mem::take(below))?;
            below.extend(settled.into_iter().map(Part::into_child));
        }
    }
    join_small(store, &mut children)?;
    let mut parts = Vec::with_capacity(children.len());
    for Child { low, at } in children {
        match at {
            At::Stored(link) | At::Read(link, _) => parts.push(Part::kept(low, link)),
            At::Changed(Node::Leaf(entries)) => parts.extend(split_leaf(store, low, entries)?),
            At::Changed(Node::Branch(below)) => {
                let below = below.into_iter().map(Part::of_child).collect::<Result<_, _>>()?;
                parts.extend(split_branch(store, low, below)?);
            }
        }
    }
    Ok(parts)
}

/// Joins changed nodes that became too small with the node after them, the last one with the node before.
fn join_small<BS: Blockstore, K: TreeKey, V: Packed>(
    store: &BS,
    children: &mut Vec<Child<K, V>>,
) -> Result<(), ActorError> {
    let mut at = 0usize;
    while at < children.len() && children.len() > 1 {
        if !children.get(at).is_some_and(is_small) {
            at = at.saturating_add(1);
            continue;
        }
        at = at.min(children.len().saturating_sub(2));
        let mut second = children.remove(at.saturating_add(1));
        let second = core::mem::replace(second.open_changed(store)?, Node::Leaf(Vec::new()));
        let first = children.get_mut(at).ok_or_else(unreadable)?;
        match (first.open_changed(store)?, second) {
            (Node::Leaf(entries), Node::Leaf(more)) => entries.extend(more),
            (Node::Branch(below), Node::Branch(more)) => below.extend(more),
            _ => return Err(unreadable()),
        }
    }
    Ok(())
}

/// An empty node is not small: it goes without anybody's help.
fn is_small<K, V>(child: &Child<K, V>) -> bool {
    match &child.at {
        At::Changed(Node::Leaf(entries)) => (1..FEW_ENTRIES).contains(&entries.len()),
        At::Changed(Node::Branch(below)) => (1..FEW_LINKS).contains(&below.len()),
        At::Stored(_) | At::Read(..) => false,
    }
}

/// Stores entries in as many leaves as they need.
fn split_leaf<BS: Blockstore, K: TreeKey, V: Packed>(
    store: &BS,
    low: Option<K>,
    entries: Vec<(K, V)>,
) -> Result<Vec<Part<K>>, ActorError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let whole = Wire::leaf(&entries);
    let leaves = number_of_parts(whole.bytes.len(), LEAF_BYTES);
    if leaves == 1 {
        return Ok(vec![Part::store(store, low, whole)?]);
    }
    let first = |group: &[(K, V)]| group.first().map(|(key, _)| key.clone());
    let groups = entries.chunks(entries.len().div_ceil(leaves));
    let parts = groups.map(|group| Part::store(store, first(group), Wire::leaf(group)));
    beginning(low, parts.collect::<Result<_, _>>()?)
}

/// Stores children in as many branches as they need.
fn split_branch<BS: Blockstore, K: TreeKey>(
    store: &BS,
    low: Option<K>,
    children: Vec<Part<K>>,
) -> Result<Vec<Part<K>>, ActorError> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let branches = number_of_parts(children.len(), BRANCH_LINKS);
    let first = |group: &[Part<K>]| group.first().and_then(|part| part.low.clone());
    let groups = children.chunks(children.len().div_ceil(branches));
    let parts = groups.map(|group| Part::store(store, first(group), branch(group)));
    beginning(low, parts.collect::<Result<_, _>>()?)
}

/// The first part begins where the whole did.
fn beginning<K>(low: Option<K>, mut parts: Vec<Part<K>>) -> Result<Vec<Part<K>>, ActorError> {
    parts.first_mut().ok_or_else(unreadable)?.low = low;
    Ok(parts)
}

fn branch<K: TreeKey>(parts: &[Part<K>]) -> Wire {
    Wire::branch(parts.iter().map(|part| (part.low.as_ref(), part.link)))
}

/// How many nodes something becomes: one while it is no larger than a node may be, then nodes that are two thirds full,
/// as nodes are on average that grow entry by entry.
fn number_of_parts(size: usize, most: usize) -> usize {
    if size <= most {
        return 1;
    }
    size.saturating_mul(3).div_ceil(most.saturating_mul(2))
}

impl<K: TreeKey> Part<K> {
    fn kept(low: Option<K>, link: Cid) -> Self {
        let made = None;
        Self { low, link, made }
    }

    fn store<BS: Blockstore>(store: &BS, low: Option<K>, node: Wire) -> Result<Self, ActorError> {
        let link = node.store(store)?;
        let made = Some(node);
        Ok(Self { low, link, made })
    }

    fn into_child<V>(self) -> Child<K, V> {
        Child {
            low: self.low,
            at: At::Stored(self.link),
        }
    }

    fn of_child<V>(child: Child<K, V>) -> Result<Self, ActorError> {
        match child.at {
            At::Stored(link) | At::Read(link, _) => Ok(Self::kept(child.low, link)),
            At::Changed(_) => Err(unreadable()),
        }
    }
}
