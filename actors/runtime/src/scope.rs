//! What a transaction sees beside the state.

use cid::Cid;
use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use multihash_codetable::Code;

use crate::evm::{EthAddress, canonical};
use crate::runtime::{Hash, Runtime};

/// The actor's blocks, and who exists. Nothing can be sent through it, so nobody else runs while the state is open.
///
/// The machine charges the look-up of an actor when a message first touches it, so a method asks here only for whom
/// its state does not know.
pub struct Scope<'r, R: Runtime>(&'r R);

impl<'r, R: Runtime> Scope<'r, R> {
    /// For [`Runtime::scope`].
    pub(crate) fn new(rt: &'r R) -> Self {
        Self(rt)
    }

    /// Whether an id has an actor.
    pub fn exists(&self, id: ActorID) -> bool {
        self.0.code_cid(id).is_some()
    }

    /// The one 0x form of an actor.
    pub fn canonical(&self, id: ActorID) -> EthAddress {
        canonical(self.0, id)
    }

    /// Hashes with the machine's own function.
    pub fn hash(&self, function: Hash, data: &[u8]) -> [u8; 32] {
        self.0.hash(function, data)
    }
}

/// Who knows what time it is. The machine charges the first question of a message, so a method asks only when it has to
/// know.
pub trait Clock {
    /// The epoch of the tipset that is being executed.
    fn epoch(&self) -> ChainEpoch;
}

impl<R: Runtime> Clock for Scope<'_, R> {
    fn epoch(&self) -> ChainEpoch {
        self.0.network().epoch
    }
}

impl<R: Runtime> Blockstore for Scope<'_, R> {
    fn get(&self, cid: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        self.0.store().get(cid)
    }

    fn put_keyed(&self, cid: &Cid, block: &[u8]) -> anyhow::Result<()> {
        self.0.store().put_keyed(cid, block)
    }

    fn put<D: AsRef<[u8]>>(&self, code: Code, block: &Block<D>) -> anyhow::Result<Cid> {
        self.0.store().put(code, block)
    }
}
