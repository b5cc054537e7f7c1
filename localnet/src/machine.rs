//! The state a machine works on. It is the FVM's own machine but for one thing: it can move on to the next epoch
//! without writing and reading the state in between, so that many null rounds take seconds.

use cid::Cid;
use fvm::kernel::{ClassifyResult, Result as KernelResult};
use fvm::machine::limiter::DefaultMemoryLimiter;
use fvm::machine::{Machine, MachineContext, Manifest};
use fvm::state_tree::StateTree;
use fvm::system_actor::State as SystemState;
use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_ipld_encoding::DAG_CBOR;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use multihash_codetable::Code::Blake2b256;

use crate::chain_info::NetExterns;
use crate::error::{Error, Result};
use crate::genesis::exec;
use crate::store::MemStore;

/// The only version of the manifest there is.
const MANIFEST_VERSION: u32 = 1;

/// A machine over a layer of the network's store: what it writes is dropped unless flushed.
pub(crate) struct NetMachine {
    context: MachineContext,
    externs: NetExterns,
    tree: StateTree<MemStore>,
    base: MemStore,
    manifest: Manifest,
}

impl NetMachine {
    pub(crate) fn new(context: MachineContext, base: MemStore, externs: NetExterns) -> Result<Self> {
        // The head of an actor without state, which the FVM takes for granted.
        base.put(Blake2b256, &Block::new(DAG_CBOR, [0x80]))
            .map_err(Error::Machine)?;
        let tree = StateTree::new_from_root(base.layer(), &context.initial_state_root).map_err(exec)?;
        let (system, _) = SystemState::load(&tree).map_err(exec)?;
        let manifest =
            Manifest::load(tree.store(), &system.builtin_actors, MANIFEST_VERSION).map_err(Error::Machine)?;
        Ok(Self {
            context,
            externs,
            tree,
            base,
            manifest,
        })
    }

    pub(crate) fn move_to(&mut self, epoch: ChainEpoch, timestamp: u64, circulating_supply: TokenAmount) {
        self.context.epoch = epoch;
        self.context.timestamp = timestamp;
        self.context.circ_supply = circulating_supply;
    }
}

impl Machine for NetMachine {
    type Blockstore = MemStore;
    type Externs = NetExterns;
    type Limiter = DefaultMemoryLimiter;

    fn blockstore(&self) -> &MemStore {
        self.tree.store()
    }

    fn context(&self) -> &MachineContext {
        &self.context
    }

    fn externs(&self) -> &NetExterns {
        &self.externs
    }

    fn builtin_actors(&self) -> &Manifest {
        &self.manifest
    }

    fn state_tree(&self) -> &StateTree<MemStore> {
        &self.tree
    }

    fn state_tree_mut(&mut self) -> &mut StateTree<MemStore> {
        &mut self.tree
    }

    /// Write the new blocks that the new root reaches, and no others.
    fn flush(&mut self) -> KernelResult<Cid> {
        let root = self.tree.flush()?;
        crate::car::copy_new(self.tree.store(), &self.base, root)
            .map_err(anyhow::Error::from)
            .or_fatal()?;
        Ok(root)
    }

    fn into_store(self) -> MemStore {
        self.tree.into_store()
    }

    fn machine_id(&self) -> &str {
        "localnet"
    }

    fn new_limiter(&self) -> DefaultMemoryLimiter {
        DefaultMemoryLimiter::for_network(&self.context.network)
    }
}
