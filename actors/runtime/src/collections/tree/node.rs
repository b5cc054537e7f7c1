//! Nodes: on the wire, and open in memory.

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::{CborStore, strict_bytes};
use multihash_codetable::Code;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::{Packed, TreeKey};
use crate::error::{ActorError, Context};

/// A node as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub(super) struct Wire {
    /// Entries, or the keys at which the children begin.
    #[serde(with = "strict_bytes")]
    pub(super) bytes: Vec<u8>,
    /// The children; none in a leaf.
    pub(super) links: Vec<Cid>,
}

/// A node in memory.
pub(super) enum Node<K, V> {
    /// Entries by rising key.
    Leaf(Vec<(K, V)>),
    /// Children by rising key.
    Branch(Vec<Child<K, V>>),
}

/// A child of a branch.
pub(super) struct Child<K, V> {
    /// No key in it is less; none in the tree's first child.
    pub(super) low: Option<K>,
    pub(super) at: At<K, V>,
}

/// Where a child is.
pub(super) enum At<K, V> {
    /// In its block.
    Stored(Cid),
    /// Read, and as it is in its block.
    Read(Cid, Node<K, V>),
    /// Changed, and not stored.
    Changed(Node<K, V>),
}

/// The entries of a leaf, one by one.
pub(super) struct Entries<'a, K, V>(Packing<'a, K>, core::marker::PhantomData<V>);

/// The keys at which the children of a branch begin, one by one.
pub(super) struct Packing<'a, K> {
    rest: &'a [u8],
    before: Option<K>,
}

impl<'a, K: TreeKey> Packing<'a, K> {
    fn new(rest: &'a [u8]) -> Self {
        Self { rest, before: None }
    }
}

impl<K: TreeKey> Iterator for Packing<'_, K> {
    type Item = Result<K, ActorError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let key = K::unpack_after(self.before.as_ref(), &mut self.rest);
        self.before.clone_from(&key);
        Some(key.ok_or_else(unreadable))
    }
}

impl<K: TreeKey, V: Packed> Iterator for Entries<'_, K, V> {
    type Item = Result<(K, V), ActorError>;

    fn next(&mut self) -> Option<Self::Item> {
        let key = self.0.next()?;
        Some(key.and_then(|key| Ok((key, V::unpack(&mut self.0.rest).ok_or_else(unreadable)?))))
    }
}

impl Wire {
    /// Reads a node.
    pub(super) fn load<BS: Blockstore>(store: &BS, link: &Cid) -> Result<Self, ActorError> {
        let node = store
            .get_cbor(link)
            .or_illegal_state("reading a node of a tree")?;
        node.ok_or_else(|| ActorError::illegal_state(format!("the node {link} of a tree is missing")))
    }

    /// Stores it.
    pub(super) fn store<BS: Blockstore>(&self, store: &BS) -> Result<Cid, ActorError> {
        store
            .put_cbor(self, Code::Blake2b256)
            .or_illegal_state("storing a node of a tree")
    }

    pub(super) fn is_leaf(&self) -> bool {
        self.links.is_empty()
    }

    /// A leaf's entries.
    pub(super) fn entries<K: TreeKey, V: Packed>(&self) -> Entries<'_, K, V> {
        Entries(Packing::new(&self.bytes), core::marker::PhantomData)
    }

    /// The keys at which a branch's children begin, but for the first.
    pub(super) fn lows<K: TreeKey>(&self) -> Packing<'_, K> {
        Packing::new(&self.bytes)
    }

    /// Which child a key belongs to.
    pub(super) fn child_of<K: TreeKey>(&self, key: &K) -> Result<usize, ActorError> {
        let mut child = 0usize;
        for low in self.lows::<K>() {
            if low? > *key {
                break;
            }
            child = child.saturating_add(1);
        }
        Ok(child)
    }

    /// The link of a child.
    pub(super) fn link(&self, child: usize) -> Result<&Cid, ActorError> {
        self.links.get(child).ok_or_else(unreadable)
    }

    /// Opens the node; `low` is where it begins.
    pub(super) fn open<K: TreeKey, V: Packed>(&self, low: Option<K>) -> Result<Node<K, V>, ActorError> {
        if self.is_leaf() {
            return Ok(Node::Leaf(self.entries().collect::<Result<_, _>>()?));
        }
        let lows = core::iter::once(Ok(low)).chain(self.lows().map(|low| low.map(Some)));
        let lows = lows.collect::<Result<Vec<_>, ActorError>>()?;
        if lows.len() != self.links.len() {
            return Err(unreadable());
        }
        let children = lows.into_iter().zip(&self.links);
        Ok(Node::Branch(
            children
                .map(|(low, link)| Child {
                    low,
                    at: At::Stored(*link),
                })
                .collect(),
        ))
    }

    /// A leaf with these entries.
    pub(super) fn leaf<K: TreeKey, V: Packed>(entries: &[(K, V)]) -> Self {
        let (mut bytes, mut before) = (Vec::new(), None);
        for (key, value) in entries {
            key.pack_after(before, &mut bytes);
            value.pack(&mut bytes);
            before = Some(key);
        }
        let links = Vec::new();
        Self { bytes, links }
    }

    /// A branch with these children and the keys at which they begin.
    pub(super) fn branch<'a, K: TreeKey + 'a>(children: impl Iterator<Item = (Option<&'a K>, Cid)>) -> Self {
        let (mut bytes, mut links, mut before) = (Vec::new(), Vec::new(), None);
        for (low, link) in children {
            if let Some(low) = low.filter(|_| !links.is_empty()) {
                low.pack_after(before, &mut bytes);
                before = Some(low);
            }
            links.push(link);
        }
        Self { bytes, links }
    }
}

impl<K: TreeKey, V: Packed> Child<K, V> {
    /// The child's node, read if need be.
    pub(super) fn open<BS: Blockstore>(&mut self, store: &BS) -> Result<&mut Node<K, V>, ActorError> {
        if let At::Stored(link) = self.at {
            self.at = At::Read(link, Wire::load(store, &link)?.open(self.low.clone())?);
        }
        match &mut self.at {
            At::Read(_, node) | At::Changed(node) => Ok(node),
            At::Stored(_) => Err(unreadable()),
        }
    }

    /// The same, for changing it.
    pub(super) fn open_changed<BS: Blockstore>(&mut self, store: &BS) -> Result<&mut Node<K, V>, ActorError> {
        self.open(store)?;
        if let At::Read(_, node) = &mut self.at {
            self.at = At::Changed(core::mem::replace(node, Node::Leaf(Vec::new())));
        }
        self.open(store)
    }
}

pub(super) fn unreadable() -> ActorError {
    ActorError::illegal_state("a node of a tree is unreadable")
}
