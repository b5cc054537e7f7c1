//! Nodes on the wire.

use core::marker::PhantomData;

use fvm_ipld_encoding::strict_bytes;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::super::varint;
use super::block_id::{BlockId, Place};
use super::{Packed, TreeKey, unreadable};
use crate::error::ActorError;

/// A node as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub(super) struct Wire {
    /// A leaf's entries. A branch's children: the place of the first, then where each other one begins and its place.
    #[serde(with = "strict_bytes")]
    pub(super) bytes: Vec<u8>,
    /// The blocks in which the children are, each once; none in a leaf.
    pub(super) links: Vec<BlockId>,
}

/// The most links of a node: a place is packed as `slot * LINKS + link`.
const LINKS: u64 = 16;

/// Bytes of a link.
const LINK_BYTES: usize = 43;
/// Bytes in front of a node's bytes and links, at most.
const HEAD_BYTES: usize = 8;
/// Bytes in which most branches have the places of their children.
const BRANCH_BYTES: usize = 64;

/// The entries of a leaf, one by one; values as they are packed.
pub(super) struct Entries<'a, K, V> {
    rest: &'a [u8],
    before: Option<K>,
    values: PhantomData<V>,
}

impl<'a, K: TreeKey, V: Packed> Iterator for Entries<'a, K, V> {
    type Item = Result<(K, &'a [u8]), ActorError>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.rest.is_empty()).then(|| self.entry().ok_or_else(unreadable))
    }
}

impl<'a, K: TreeKey, V: Packed> Entries<'a, K, V> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self {
            rest,
            before: None,
            values: PhantomData,
        }
    }

    /// How many bytes are left.
    pub(super) fn rest(&self) -> usize {
        self.rest.len()
    }

    fn entry(&mut self) -> Option<(K, &'a [u8])> {
        let key = K::unpack_after(self.before.as_ref(), &mut self.rest)?;
        self.before = Some(key.clone());
        let packed = self.rest;
        V::skip(&mut self.rest)?;
        let (value, _) = packed.split_at_checked(packed.len().checked_sub(self.rest.len())?)?;
        Some((key, value))
    }
}

/// The children of a branch, one by one: where each begins, but for the first one, and its place.
pub(super) struct Children<'a, K> {
    rest: &'a [u8],
    links: &'a [BlockId],
    before: Option<K>,
    first: bool,
}

impl<K: TreeKey> Iterator for Children<'_, K> {
    type Item = Result<(Option<K>, Place), ActorError>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.rest.is_empty()).then(|| self.child().ok_or_else(unreadable))
    }
}

impl<K: TreeKey> Children<'_, K> {
    fn child(&mut self) -> Option<(Option<K>, Place)> {
        if !core::mem::take(&mut self.first) {
            self.before = Some(K::unpack_after(self.before.as_ref(), &mut self.rest)?);
        }
        let place = varint::take(&mut self.rest)?;
        let block = *self.links.get(usize::try_from(place % LINKS).ok()?)?;
        let slot = usize::try_from(place / LINKS).ok()?;
        Some((self.before.clone(), Place { block, slot }))
    }
}

/// A child of a branch on the wire.
pub(super) struct Found {
    /// Which one.
    pub(super) number: usize,
    pub(super) place: Place,
    /// The place of the child before it.
    pub(super) before: Option<Place>,
}

impl Wire {
    pub(super) fn is_leaf(&self) -> bool {
        self.links.is_empty()
    }

    /// How many bytes it takes at most.
    pub(super) fn room(&self) -> usize {
        let links = self.links.len().saturating_mul(LINK_BYTES);
        links.saturating_add(self.bytes.len()).saturating_add(HEAD_BYTES)
    }

    /// A leaf's entries.
    pub(super) fn entries<K: TreeKey, V: Packed>(&self) -> Entries<'_, K, V> {
        Entries::new(&self.bytes)
    }

    /// A branch's children.
    pub(super) fn children<K: TreeKey>(&self) -> Children<'_, K> {
        Children {
            rest: &self.bytes,
            links: &self.links,
            before: None,
            first: true,
        }
    }

    /// The child that a key belongs to.
    pub(super) fn child_of<K: TreeKey>(&self, key: &K) -> Result<Found, ActorError> {
        let mut found: Option<Found> = None;
        for (number, child) in self.children::<K>().enumerate() {
            let (low, place) = child?;
            if low.is_some_and(|low| low > *key) {
                break;
            }
            let before = found.map(|found| found.place);
            found = Some(Found {
                number,
                place,
                before,
            });
        }
        found.ok_or_else(unreadable)
    }

    /// A branch with these children and the keys at which they begin.
    pub(super) fn branch<'a, K: TreeKey + 'a>(
        children: impl Iterator<Item = (Option<&'a K>, Place)>,
    ) -> Self {
        let (mut bytes, mut links) = (
            Vec::with_capacity(BRANCH_BYTES),
            Vec::<BlockId>::with_capacity(children.size_hint().0),
        );
        let mut before = None;
        for (low, place) in children {
            if let Some(low) = low.filter(|_| !links.is_empty()) {
                low.pack_after(before, &mut bytes);
                before = Some(low);
            }
            let link = links.iter().position(|link| *link == place.block);
            let link = link.unwrap_or_else(|| {
                links.push(place.block);
                links.len().saturating_sub(1)
            });
            let slot = (place.slot as u64).saturating_mul(LINKS);
            varint::put(slot.saturating_add(link as u64), &mut bytes);
        }
        Self { bytes, links }
    }
}
