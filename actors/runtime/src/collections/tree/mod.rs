//! An ordered map whose top lies inside the state root.
//!
//! A B+ tree made for what the machine charges: a block that is written costs as much as 150 bytes in it, a link takes
//! 43 bytes, a block that is read costs a third of that. So entries are packed without CBOR around each, leaves hold
//! some twenty of them and branches some five children, the nodes of a level that a message changes share a block, and
//! the top node is a field of the state root, which a message writes anyway. Nobody can make it deep by choosing keys, and whoever walks it page by page, in different messages,
//! misses nobody who stays and meets nobody twice.

mod block;
mod block_id;
mod edit;
mod node;
mod read;
mod settle;
mod wire;

use core::marker::PhantomData;

use fvm_ipld_blockstore::Blockstore;
use serde::{Deserialize, Serialize};

use super::packed::{Packed, TreeKey};
use super::page::Page;
use crate::error::ActorError;

pub use edit::Edit;

/// How much of a tree may lie in the state root.
pub trait Top {
    /// Bytes of entries, before the tree moves into blocks of its own.
    const BYTES: usize;
    /// Links to the highest nodes.
    const LINKS: usize;
}

/// For what every message touches.
#[derive(Clone, Copy, Debug)]
pub struct Hot;

impl Top for Hot {
    const BYTES: usize = 512;
    const LINKS: usize = 16;
}

/// For what many messages leave alone: every write of the root pays for what lies in it.
#[derive(Clone, Copy, Debug)]
pub struct Cold;

impl Top for Cold {
    const BYTES: usize = 96;
    const LINKS: usize = 1;
}

/// An ordered map from `K` to `V` that is one field of the state root.
///
/// On the wire a node, `[bytes, links]`; a block is a list of nodes. Without links the bytes are entries. With links they
/// are children: where each begins, but for the first one, and its place, `slot * 16 + link`, the node of that slot in
/// the block behind that link.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tree<K, V, T = Hot>(wire::Wire, PhantomData<fn(K, V) -> T>);

impl<K: TreeKey, V: Packed, T: Top> Tree<K, V, T> {
    /// Opens the tree for reads and writes that belong together.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the top is no node.
    pub fn edit<'a, BS: Blockstore>(
        &'a mut self,
        store: &'a BS,
    ) -> Result<Edit<'a, BS, K, V, T>, ActorError> {
        Edit::open(self, store)
    }

    /// Changes some entries at once. None removes.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub fn update<BS: Blockstore>(
        &mut self,
        store: &BS,
        changes: impl IntoIterator<Item = (K, Option<V>)>,
    ) -> Result<(), ActorError> {
        let mut edit = self.edit(store)?;
        changes
            .into_iter()
            .try_for_each(|(key, value)| edit.put(&key, value))?;
        edit.finish()
    }

    /// Puts one value under a key.
    ///
    /// # Errors
    /// As [`Tree::update`].
    pub fn set<BS: Blockstore>(&mut self, store: &BS, key: K, value: V) -> Result<(), ActorError> {
        self.update(store, [(key, Some(value))])
    }

    /// Turns what is under a key into something else, or into nothing; gives what was there before.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing or refused.
    pub fn change<BS: Blockstore>(
        &mut self,
        store: &BS,
        key: &K,
        change: impl FnOnce(Option<&V>) -> Result<Option<V>, ActorError>,
    ) -> Result<Option<V>, ActorError> {
        let mut edit = self.edit(store)?;
        let before = edit.get(key)?.cloned();
        edit.put(key, change(before.as_ref())?)?;
        edit.finish()?;
        Ok(before)
    }

    /// The entries that lie in a node's bytes. For tools that show a state.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<(K, V)>> {
        let (bytes, links) = (bytes.to_vec(), Vec::new());
        let leaf = wire::Wire { bytes, links };
        let entries = leaf.entries::<K, V>().map(|entry| {
            let (key, mut value) = entry.ok()?;
            Some((key, V::unpack(&mut value)?))
        });
        entries.collect()
    }

    /// How many links the top node has. For tools that measure.
    pub fn links(&self) -> usize {
        self.0.links.len()
    }
}

impl<K, V, T> Default for Tree<K, V, T> {
    fn default() -> Self {
        Self(wire::Wire::default(), PhantomData)
    }
}

impl<K, V, T> Clone for Tree<K, V, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K, V, T> PartialEq for Tree<K, V, T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K, V, T> Eq for Tree<K, V, T> {}

impl<K, V, T> core::fmt::Debug for Tree<K, V, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "Tree({} bytes, {} links)",
            self.0.bytes.len(),
            self.0.links.len()
        )
    }
}

fn unreadable() -> ActorError {
    ActorError::illegal_state("a node of a tree is unreadable")
}
