//! A map in its own blocks.

use core::marker::PhantomData;

use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_hamt::{BytesKey, Config, Hamt};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::hash::KeyHash;
use super::key::MapKey;
use super::root::{Layout, Narrow, Root};
use crate::error::{ActorError, Context};

/// A type that can be the value of a map.
pub trait Value: Serialize + DeserializeOwned + PartialEq + Clone {}
impl<V: Serialize + DeserializeOwned + PartialEq + Clone> Value for V {}

/// An open map from `K` to `V`. Changes are in memory until [`Map::flush`].
pub struct Map<BS: Blockstore, K, V: Value, L: Layout = Narrow> {
    hamt: Hamt<BS, V, BytesKey, KeyHash>,
    stored: Option<Root<K, V, L>>,
    types: PhantomData<(K, L)>,
}

/// One page of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<K, V> {
    /// The entries, in the map's own order, which is that of the keys' hashes.
    pub entries: Vec<(K, V)>,
    /// The key that the next page starts with; none after the last page.
    pub next: Option<K>,
}

impl<BS: Blockstore, K: MapKey, V: Value, L: Layout> Map<BS, K, V, L> {
    /// How the tree is built.
    pub const CONFIG: Config = Config {
        bit_width: L::BIT_WIDTH,
        min_data_depth: 0,
        max_array_width: L::BUCKET,
    };

    /// A new, empty map. Nothing is stored before [`Map::flush`].
    pub fn empty(store: BS) -> Self {
        Self {
            hamt: Hamt::new_with_config(store, Self::CONFIG),
            stored: None,
            types: PhantomData,
        }
    }

    /// Opens a stored map.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the block is missing or is no map of this kind.
    pub fn load(store: BS, root: &Root<K, V, L>) -> Result<Self, ActorError> {
        let hamt =
            Hamt::load_with_config(root.cid(), store, Self::CONFIG).or_illegal_state("opening a map")?;
        Ok(Self {
            hamt,
            stored: Some(root.clone()),
            types: PhantomData,
        })
    }

    /// Opens a stored map, or an empty one where there is none yet.
    ///
    /// # Errors
    /// As [`Map::load`].
    pub fn load_or_empty(store: BS, root: Option<&Root<K, V, L>>) -> Result<Self, ActorError> {
        match root {
            Some(root) => Self::load(store, root),
            None => Ok(Self::empty(store)),
        }
    }

    /// The value under a key.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn get(&self, key: &K) -> Result<Option<V>, ActorError> {
        Ok(self
            .hamt
            .get(&bytes_key(key))
            .or_illegal_state("reading a map")?
            .cloned())
    }

    /// Puts a value under a key. A value that is there already costs nothing.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn set(&mut self, key: &K, value: V) -> Result<(), ActorError> {
        let before = self
            .hamt
            .set(bytes_key(key), value.clone())
            .or_illegal_state("writing a map")?;
        if before != Some(value) {
            self.stored = None;
        }
        Ok(())
    }

    /// Removes a key, if it is there.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn delete(&mut self, key: &K) -> Result<Option<V>, ActorError> {
        let old = self
            .hamt
            .delete(&bytes_key(key))
            .or_illegal_state("deleting from a map")?;
        if old.is_some() {
            self.stored = None;
        }
        Ok(old.map(|(_, value)| value))
    }

    /// Whether something is in it that is not stored.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn is_changed(&self) -> bool {
        self.stored.is_none() && !self.is_empty()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.hamt.is_empty()
    }

    /// Stores what changed and gives the new root. Without a change nothing is written.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub fn flush(&mut self) -> Result<Root<K, V, L>, ActorError> {
        if let Some(root) = &self.stored {
            return Ok(root.clone());
        }
        let root = Root::new(self.hamt.flush().or_illegal_state("storing a map")?);
        self.stored = Some(root.clone());
        Ok(root)
    }

    /// As [`Map::flush`], but an empty map is not stored at all: one byte in the state instead of a link.
    ///
    /// # Errors
    /// As [`Map::flush`].
    pub fn flush_unless_empty(&mut self) -> Result<Option<Root<K, V, L>>, ActorError> {
        if self.is_empty() {
            Ok(None)
        } else {
            self.flush().map(Some)
        }
    }

    /// Visits every entry. For invariants and small maps; methods page.
    ///
    /// # Errors
    /// Those of `visit`; USR_ILLEGAL_STATE when a block is missing or a key is none.
    pub fn for_each(&self, mut visit: impl FnMut(K, &V) -> Result<(), ActorError>) -> Result<(), ActorError> {
        for entry in self.hamt.iter() {
            let (key, value) = entry.or_illegal_state("walking a map")?;
            visit(key_of(key)?, value)?;
        }
        Ok(())
    }

    /// Reads `limit` entries from `start` on, or from the beginning. A cursor whose entry is gone is put back in memory,
    /// for the walk only, to find the place. Where pages are read in different messages and entries come and go between
    /// them, only the layout [`Ordered`](super::Ordered) misses nobody and meets nobody twice: with more than one entry a
    /// node, neighbours change places when a node is split or joined.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or a key is none.
    pub fn page(mut self, start: Option<&K>, limit: usize, blank: V) -> Result<Page<K, V>, ActorError> {
        let start = start.map(bytes_key);
        let mut gone = false;
        if let Some(key) = &start {
            gone = self
                .hamt
                .set_if_absent(key.clone(), blank)
                .or_illegal_state("placing a cursor")?;
        }
        let take = limit.saturating_add(usize::from(gone));
        let mut entries = Vec::new();
        let (_, next) = self
            .hamt
            .for_each_ranged(start.as_ref(), Some(take), |key, value| {
                entries.push((key.clone(), value.clone()));
                Ok(())
            })
            .or_illegal_state("paging through a map")?;
        let entries = entries.into_iter().skip(usize::from(gone));
        let entries = entries
            .map(|(key, value)| Ok((key_of(&key)?, value)))
            .collect::<Result<_, ActorError>>()?;
        Ok(Page {
            entries,
            next: next.as_ref().map(key_of).transpose()?,
        })
    }
}

fn bytes_key<K: MapKey>(key: &K) -> BytesKey {
    BytesKey(key.to_bytes())
}

fn key_of<K: MapKey>(bytes: &BytesKey) -> Result<K, ActorError> {
    K::from_bytes(&bytes.0)
        .ok_or_else(|| ActorError::illegal_state(format!("a map has the key {:02x?}", bytes.0)))
}
