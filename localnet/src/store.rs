//! The blocks of a network, in memory. Cloning shares; [`MemStore::layer`] adds a private layer over a shared base.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;

/// A content-addressed store in memory, cheap to clone (the clone is the same store).
#[derive(Clone, Default)]
pub struct MemStore(Arc<Layer>);

#[derive(Default)]
struct Layer {
    base: Option<MemStore>,
    blocks: RwLock<HashMap<Cid, Vec<u8>>>,
}

impl MemStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A new store that reads through to this one and keeps what is written for itself.
    /// Many networks share one genesis in this way.
    pub fn layer(&self) -> Self {
        Self(Arc::new(Layer {
            base: Some(self.clone()),
            blocks: RwLock::default(),
        }))
    }

    /// Take a block out of this layer, if it is in it.
    pub(crate) fn take(&self, cid: &Cid) -> Option<Vec<u8>> {
        self.0
            .blocks
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(cid)
    }

    /// Copy what the top layer of another store holds.
    pub(crate) fn absorb(&self, other: &Self) {
        let theirs = other.0.blocks.read().unwrap_or_else(PoisonError::into_inner);
        let mut ours = self.0.blocks.write().unwrap_or_else(PoisonError::into_inner);
        ours.extend(theirs.iter().map(|(cid, block)| (*cid, block.clone())));
    }

    /// How many blocks this layer holds by itself.
    pub fn own_len(&self) -> usize {
        self.0.blocks.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl std::fmt::Debug for MemStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MemStore({} blocks in the top layer)", self.own_len())
    }
}

impl Blockstore for MemStore {
    fn get(&self, cid: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        if let Some(block) = self
            .0
            .blocks
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(cid)
        {
            return Ok(Some(block.clone()));
        }
        match &self.0.base {
            Some(base) => base.get(cid),
            None => Ok(None),
        }
    }

    fn has(&self, cid: &Cid) -> anyhow::Result<bool> {
        if self
            .0
            .blocks
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains_key(cid)
        {
            return Ok(true);
        }
        match &self.0.base {
            Some(base) => base.has(cid),
            None => Ok(false),
        }
    }

    fn put_keyed(&self, cid: &Cid, block: &[u8]) -> anyhow::Result<()> {
        self.0
            .blocks
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(*cid, block.to_vec());
        Ok(())
    }
}
