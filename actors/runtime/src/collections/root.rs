//! A typed link to a collection, and how wide its nodes are.

use core::marker::PhantomData;

use cid::Cid;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How a map is laid out. Part of the type, since a map that is opened with another layout is garbage.
pub trait Layout {
    /// Bits of the key's hash that a level uses up: a node has 2 to this power slots.
    const BIT_WIDTH: u32;
    /// How many entries lie in a node before they move to one of their own.
    const BUCKET: usize;
}

/// The layout of the official actors' maps, for state that they share with us.
#[derive(Clone, Copy, Debug)]
pub struct Official;

impl Layout for Official {
    const BIT_WIDTH: u32 = 5;
    const BUCKET: usize = 3;
}

/// The root of a collection from `K` to `V` with the layout `L`: a bare CID on the wire.
pub struct Root<K, V, L = Official> {
    cid: Cid,
    types: PhantomData<fn(K, L) -> V>,
}

impl<K, V, L> Root<K, V, L> {
    /// Wraps the CID of a stored collection.
    pub(super) fn new(cid: Cid) -> Self {
        Self {
            cid,
            types: PhantomData,
        }
    }

    /// The link itself.
    pub fn cid(&self) -> &Cid {
        &self.cid
    }
}

impl<K, V, L> Clone for Root<K, V, L> {
    fn clone(&self) -> Self {
        Self::new(self.cid)
    }
}

impl<K, V, L> PartialEq for Root<K, V, L> {
    fn eq(&self, other: &Self) -> bool {
        self.cid == other.cid
    }
}

impl<K, V, L> Eq for Root<K, V, L> {}

impl<K, V, L> core::fmt::Debug for Root<K, V, L> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Root({})", self.cid)
    }
}

impl<K, V, L> Serialize for Root<K, V, L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.cid.serialize(serializer)
    }
}

impl<'de, K, V, L> Deserialize<'de> for Root<K, V, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cid::deserialize(deserializer).map(Self::new)
    }
}
