//! A map in its own blocks: the HAMT that the official actors use.

use core::marker::PhantomData;

use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_hamt::{BytesKey, Config, Hamt};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::hash::KeyHash;
use super::key::MapKey;
use super::root::{Layout, Official, Root};
use crate::error::{ActorError, Context};

/// A type that can be the value of a map.
pub trait Value: Serialize + DeserializeOwned + PartialEq + Clone {}
impl<V: Serialize + DeserializeOwned + PartialEq + Clone> Value for V {}

/// An open map from `K` to `V`. Changes are in memory until [`Map::flush`].
pub struct Map<BS: Blockstore, K, V: Value, L: Layout = Official> {
    hamt: Hamt<BS, V, BytesKey, KeyHash>,
    stored: Option<Root<K, V, L>>,
    types: PhantomData<(K, L)>,
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

    /// Visits every entry. For invariants and small maps.
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
}

fn bytes_key<K: MapKey>(key: &K) -> BytesKey {
    BytesKey(key.to_bytes())
}

fn key_of<K: MapKey>(bytes: &BytesKey) -> Result<K, ActorError> {
    K::from_bytes(&bytes.0)
        .ok_or_else(|| ActorError::illegal_state(format!("a map has the key {:02x?}", bytes.0)))
}
