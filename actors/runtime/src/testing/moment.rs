//! A store at a moment.

use cid::Cid;
use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_shared::clock::ChainEpoch;
use multihash_codetable::Code;

use crate::scope::Clock;

/// What a transaction sees of blocks and time, for tools that write a state without a message.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a, BS>(pub &'a BS, pub ChainEpoch);

impl<BS> Clock for Moment<'_, BS> {
    fn epoch(&self) -> ChainEpoch {
        self.1
    }
}

impl<BS: Blockstore> Blockstore for Moment<'_, BS> {
    fn get(&self, cid: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        self.0.get(cid)
    }

    fn put_keyed(&self, cid: &Cid, block: &[u8]) -> anyhow::Result<()> {
        self.0.put_keyed(cid, block)
    }

    fn put<D: AsRef<[u8]>>(&self, code: Code, block: &Block<D>) -> anyhow::Result<Cid> {
        self.0.put(code, block)
    }
}
