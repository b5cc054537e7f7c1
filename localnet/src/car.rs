//! State trees as CARs: a whole tree in one file, readable by any Filecoin node.

use std::collections::HashSet;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_car::{Block, CarHeader, CarWriter};
use fvm_ipld_encoding::DAG_CBOR;
use ipld_core::ipld::Ipld;

use crate::error::{Error, Result};
use crate::network::Network;
use crate::store::MemStore;

impl Network {
    /// The head's state tree as a CAR with one root, in a fixed order of blocks: the code of the actors is in it, and so
    /// are all blocks that the state links to and this network has.
    ///
    /// # Errors
    /// When a state block is missing.
    pub fn export_car(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        let failed = |e: fvm_ipld_car::Error| Error::codec("CAR", e);
        let mut writer = CarWriter::new(CarHeader::new(vec![self.head.root], 1), &mut out).map_err(failed)?;
        for (cid, data) in reachable(&self.store, self.head.root)? {
            writer.write(Block { cid, data }).map_err(failed)?;
        }
        writer.flush().map_err(failed)?;
        Ok(out)
    }
}

/// Put every block of a CAR into `store`, checking hashes; gives the roots.
pub(crate) fn load_car(store: &MemStore, car: &[u8]) -> Result<Vec<Cid>> {
    fvm_ipld_car::load_car(store, car).map_err(|e| Error::codec("state CAR", e))
}

/// Every block that `root` reaches, itself first, depth first. Links to sectors and pieces, which no chain stores, are passed over.
fn reachable(store: &MemStore, root: Cid) -> Result<Vec<(Cid, Vec<u8>)>> {
    let mut seen = HashSet::from([root]);
    let mut todo = vec![root];
    let mut blocks = Vec::new();
    while let Some(cid) = todo.pop() {
        let Some(block) = store.get(&cid).map_err(Error::Machine)? else {
            return Err(Error::MissingBlock(cid));
        };
        let mut children = links(&cid, &block)?;
        children.retain(|link| seen.insert(*link));
        children.reverse();
        todo.extend(children);
        blocks.push((cid, block));
    }
    Ok(blocks)
}

/// Copy what `root` reaches among the blocks that `layer` holds by itself into `base`.
pub(crate) fn copy_new(layer: &MemStore, base: &MemStore, root: Cid) -> Result<()> {
    let mut todo = vec![root];
    while let Some(cid) = todo.pop() {
        if let Some(block) = layer.take(&cid) {
            todo.extend(links(&cid, &block)?);
            base.put_keyed(&cid, &block).map_err(Error::Machine)?;
        }
    }
    Ok(())
}

/// The links of a DAG-CBOR block to blocks of the state (DAG-CBOR or raw, blake2b-256), in order.
fn links(cid: &Cid, block: &[u8]) -> Result<Vec<Cid>> {
    const RAW: u64 = 0x55;
    const BLAKE2B_256: u64 = 0xb220;
    if cid.codec() != DAG_CBOR {
        return Ok(Vec::new());
    }
    let ipld: Ipld =
        fvm_ipld_encoding::from_slice(block).map_err(|e| Error::codec(format!("block {cid}"), e))?;
    let mut links = Vec::new();
    ipld.references(&mut links);
    links.retain(|l| matches!(l.codec(), DAG_CBOR | RAW) && l.hash().code() == BLAKE2B_256);
    Ok(links)
}
