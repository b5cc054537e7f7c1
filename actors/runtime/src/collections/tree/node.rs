//! Nodes in memory.

use core::ops::Range;

use fvm_ipld_blockstore::Blockstore;

use super::block::Blocks;
use super::block_id::Place;
use super::wire::{Entries, Wire};
use super::{Packed, TreeKey, unreadable};
use crate::error::ActorError;

/// A node in memory.
pub(super) enum Node<K, V> {
    Leaf(Leaf<K, V>),
    /// Children by rising key.
    Branch(Vec<Child<K, V>>),
}

/// Bytes of an entry as most are.
const USUAL: usize = 12;

/// Entries by rising key. Most values are never looked at.
pub(super) struct Leaf<K, V> {
    packed: Vec<u8>,
    entries: Vec<(K, Value<V>)>,
}

enum Value<V> {
    /// These bytes of the leaf.
    Packed(Range<usize>),
    Read(V),
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
    Stored(Place),
    /// Read, and as it is in its block.
    Read(Place, Node<K, V>),
    /// Changed, and not stored.
    Changed(Node<K, V>),
}

impl<K: TreeKey, V: Packed> Node<K, V> {
    /// Opens a node; `low` is where it begins.
    pub(super) fn open(wire: Wire, low: Option<K>) -> Result<Self, ActorError> {
        if wire.is_leaf() {
            return Ok(Self::Leaf(Leaf::open(wire.bytes)?));
        }
        let mut children = Vec::with_capacity(wire.links.len());
        for child in wire.children() {
            let (low, place) = child?;
            let at = At::Stored(place);
            children.push(Child { low, at });
        }
        children.first_mut().ok_or_else(unreadable)?.low = low;
        Ok(Self::Branch(children))
    }

    pub(super) fn empty() -> Self {
        Self::Leaf(Leaf {
            packed: Vec::new(),
            entries: Vec::new(),
        })
    }
}

impl<K: TreeKey, V: Packed> Leaf<K, V> {
    fn open(packed: Vec<u8>) -> Result<Self, ActorError> {
        let mut entries = Vec::with_capacity(packed.len() / USUAL);
        let mut at = Entries::<K, V>::new(&packed);
        while let Some(entry) = at.next() {
            let (key, value) = entry?;
            let end = packed.len().saturating_sub(at.rest());
            entries.push((key, Value::Packed(end.saturating_sub(value.len())..end)));
        }
        Ok(Self { packed, entries })
    }

    /// How many entries.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The value under a key.
    pub(super) fn get(&mut self, key: &K) -> Result<Option<&V>, ActorError> {
        let Ok(at) = self.find(key) else {
            return Ok(None);
        };
        self.value(at).map(Some)
    }

    /// The entry with the greatest key that is not above `key`.
    pub(super) fn floor(&mut self, key: &K) -> Result<Option<(K, V)>, ActorError> {
        let Some(at) = self.entries.iter().rposition(|(other, _)| other <= key) else {
            return Ok(None);
        };
        let value = self.value(at)?.clone();
        Ok(self.entries.get(at).map(|(key, _)| (key.clone(), value)))
    }

    /// Puts a value under a key, or removes what is there.
    pub(super) fn put(&mut self, key: &K, value: Option<V>) {
        let entry = |value| (key.clone(), Value::Read(value));
        match (self.find(key), value) {
            (Ok(at), Some(value)) => self.entries.splice(at..=at, [entry(value)]).for_each(drop),
            (Ok(at), None) => drop(self.entries.remove(at)),
            (Err(at), Some(value)) => self.entries.insert(at, entry(value)),
            (Err(_), None) => {}
        }
    }

    /// Adds the entries of the leaf after this one.
    pub(super) fn append(&mut self, next: Self) {
        let before = self.packed.len();
        self.packed.extend(next.packed);
        self.entries
            .extend(next.entries.into_iter().map(|(key, value)| match value {
                Value::Packed(at) => {
                    let at = at.start.saturating_add(before)..at.end.saturating_add(before);
                    (key, Value::Packed(at))
                }
                read @ Value::Read(_) => (key, read),
            }));
    }

    /// The leaf on the wire.
    // Every tree of an actor has a copy; one in each caller too would be a good part of its code.
    #[inline(never)]
    pub(super) fn wire(&self) -> Wire {
        self.wire_of(&self.entries)
    }

    /// The leaf as so many leaves on the wire, each with where it begins.
    pub(super) fn split(&self, leaves: usize) -> Vec<(Option<K>, Wire)> {
        let groups = self.entries.chunks(self.len().div_ceil(leaves).max(1));
        let first = |group: &[(K, Value<V>)]| group.first().map(|(key, _)| key.clone());
        groups.map(|group| (first(group), self.wire_of(group))).collect()
    }

    fn wire_of(&self, entries: &[(K, Value<V>)]) -> Wire {
        let (mut bytes, mut before) = (Vec::with_capacity(self.packed.len()), None);
        for (key, value) in entries {
            key.pack_after(before, &mut bytes);
            match value {
                Value::Packed(at) => bytes.extend(self.packed.get(at.clone()).unwrap_or_default()),
                Value::Read(value) => value.pack(&mut bytes),
            }
            before = Some(key);
        }
        let links = Vec::new();
        Wire { bytes, links }
    }

    fn find(&self, key: &K) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, _)| other.cmp(key))
    }

    fn value(&mut self, at: usize) -> Result<&V, ActorError> {
        let (_, value) = self.entries.get_mut(at).ok_or_else(unreadable)?;
        if let Value::Packed(at) = value {
            let mut bytes = self.packed.get(at.clone()).unwrap_or_default();
            *value = Value::Read(V::unpack(&mut bytes).ok_or_else(unreadable)?);
        }
        match value {
            Value::Read(value) => Ok(value),
            Value::Packed(_) => Err(unreadable()),
        }
    }
}

impl<K: TreeKey, V: Packed> Child<K, V> {
    /// The child's node, read if need be.
    pub(super) fn open<BS: Blockstore>(
        &mut self,
        blocks: &mut Blocks<'_, BS>,
    ) -> Result<&mut Node<K, V>, ActorError> {
        if let At::Stored(place) = self.at {
            self.at = At::Read(place, Node::open(blocks.load(place)?, self.low.clone())?);
        }
        match &mut self.at {
            At::Read(_, node) | At::Changed(node) => Ok(node),
            At::Stored(_) => Err(unreadable()),
        }
    }

    /// The same, for changing it.
    pub(super) fn open_changed<BS: Blockstore>(
        &mut self,
        blocks: &mut Blocks<'_, BS>,
    ) -> Result<&mut Node<K, V>, ActorError> {
        self.open(blocks)?;
        if let At::Read(_, node) = &mut self.at {
            self.at = At::Changed(core::mem::replace(node, Node::empty()));
        }
        self.open(blocks)
    }
}
