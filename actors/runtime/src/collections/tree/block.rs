//! Blocks of nodes.
//!
//! A block costs as much as 150 bytes in it, so the nodes that a message changes share blocks, level by level: a block
//! holds nodes of one level, and what links it keeps alive are those of at most [`NODES`] nodes.

use std::collections::BTreeMap;

use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_ipld_encoding::{CborStore, DAG_CBOR, to_writer};
use multihash_codetable::Code;

use super::block_id::{BlockId, Place};
use super::unreadable;
use super::wire::Wire;
use crate::error::{ActorError, Context};

/// The most nodes in a block.
pub(super) const NODES: usize = 8;

impl Place {
    /// Reads the node.
    pub(super) fn load<BS: Blockstore>(self, store: &BS) -> Result<Wire, ActorError> {
        let nodes = load(store, &self.block)?;
        nodes.into_iter().nth(self.slot).ok_or_else(unreadable)
    }
}

/// A store of which no block is read twice for the nodes in it.
pub(super) struct Blocks<'a, BS> {
    store: &'a BS,
    shared: BTreeMap<BlockId, Vec<Wire>>,
}

impl<'a, BS: Blockstore> Blocks<'a, BS> {
    pub(super) fn new(store: &'a BS) -> Self {
        let shared = BTreeMap::new();
        Self { store, shared }
    }

    /// Reads a node.
    pub(super) fn load(&mut self, place: Place) -> Result<Wire, ActorError> {
        if let Some(nodes) = self.shared.get(&place.block) {
            return nodes.get(place.slot).cloned().ok_or_else(unreadable);
        }
        let mut nodes = load(self.store, &place.block)?;
        if nodes.len() == 1 && place.slot == 0 {
            return nodes.pop().ok_or_else(unreadable);
        }
        let node = nodes.get(place.slot).cloned();
        self.shared.insert(place.block, nodes);
        node.ok_or_else(unreadable)
    }

    /// Stores nodes in one block.
    pub(super) fn store(&self, nodes: &[Wire]) -> Result<BlockId, ActorError> {
        let mut data = Vec::with_capacity(nodes.iter().map(Wire::room).sum());
        to_writer(&mut data, &nodes).or_illegal_state("packing nodes of a tree")?;
        let codec = DAG_CBOR;
        let stored = self.store.put(Code::Blake2b256, &Block { codec, data });
        let link = stored.or_illegal_state("storing nodes of a tree")?;
        BlockId::of(&link).ok_or_else(unreadable)
    }
}

fn load<BS: Blockstore>(store: &BS, block: &BlockId) -> Result<Vec<Wire>, ActorError> {
    let link = block.link();
    let nodes = store
        .get_cbor(&link)
        .or_illegal_state("reading a node of a tree")?;
    nodes.ok_or_else(|| ActorError::illegal_state(format!("the block {link} of a tree is missing")))
}
