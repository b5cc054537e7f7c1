//! The FVM at one epoch on one state root: the engine is made once per process, a machine per epoch.

use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;

use cid::Cid;
use fvm::call_manager::DefaultCallManager;
use fvm::engine::MultiEngine;
use fvm::executor::{ApplyKind, ApplyRet, DefaultExecutor, Executor, ThreadedExecutor};
use fvm::kernel::filecoin::DefaultFilecoinKernel;
use fvm::machine::{Machine, NetworkConfig};
use fvm::state_tree::StateTree;
use fvm_shared::address::Address;
use fvm_shared::chainid::ChainID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;

use crate::chain_info::{ChainInfo, NetExterns};
use crate::error::{Error, Result};
use crate::machine::NetMachine;
use crate::profile::Profile;
use crate::store::MemStore;

/// All engines of the process, by the settings that decide how code is compiled. Compiled actors stay in them.
static ENGINES: LazyLock<MultiEngine> = LazyLock::new(|| {
    MultiEngine::new(available_parallelism().map_or(2, |n| u32::try_from(n.get()).unwrap_or(2)))
});

type Kernel = DefaultFilecoinKernel<DefaultCallManager<NetMachine>>;

/// What a machine is set up with besides its profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VmContext {
    pub(crate) root: Cid,
    pub(crate) epoch: ChainEpoch,
    pub(crate) timestamp: u64,
    pub(crate) base_fee: TokenAmount,
    pub(crate) circulating_supply: TokenAmount,
    pub(crate) tracing: bool,
}

/// An executor on a 64 MiB stack: 1 024 nested calls need more than a thread has.
pub(crate) struct Vm(ThreadedExecutor<DefaultExecutor<Kernel>>);

impl Vm {
    pub(crate) fn new(
        profile: &Profile,
        store: &MemStore,
        chain: &Arc<dyn ChainInfo>,
        at: &VmContext,
    ) -> Result<Self> {
        let mut config = NetworkConfig::new(profile.version());
        config.chain_id(ChainID::from(profile.chain_id));
        let mut context = config.for_epoch(at.epoch, at.timestamp, at.root);
        context.set_base_fee(at.base_fee.clone());
        context.set_circulating_supply(at.circulating_supply.clone());
        context.tracing = at.tracing;
        let engine = ENGINES.get(&config).map_err(Error::Machine)?;
        let machine = NetMachine::new(context, store.clone(), NetExterns(chain.clone()))?;
        let executor = DefaultExecutor::new(engine, machine).map_err(Error::Machine)?;
        Ok(Self(ThreadedExecutor(executor)))
    }

    /// Execute a message of the chain; `length` is its length there, in bytes.
    pub(crate) fn explicit(&mut self, message: Message, length: usize) -> Result<ApplyRet> {
        self.0
            .execute_message(message, ApplyKind::Explicit, length)
            .map_err(Error::Machine)
    }

    /// Execute a message of the node: any sender, no gas paid, no nonce.
    pub(crate) fn implicit(&mut self, message: Message) -> Result<ApplyRet> {
        self.0
            .execute_message(message, ApplyKind::Implicit, 0)
            .map_err(Error::Machine)
    }

    /// Let the next message run in another epoch, on the state as it is.
    pub(crate) fn move_to(&mut self, epoch: ChainEpoch, timestamp: u64, circulating_supply: TokenAmount) {
        self.0.0.move_to(epoch, timestamp, circulating_supply);
    }

    pub(crate) fn tree(&self) -> &StateTree<MemStore> {
        self.0.0.state_tree()
    }

    pub(crate) fn tree_mut(&mut self) -> &mut StateTree<MemStore> {
        self.0.0.state_tree_mut()
    }

    /// Write the state; gives its root.
    pub(crate) fn flush(&mut self) -> Result<Cid> {
        self.0.flush().map_err(Error::Machine)
    }
}

/// A message as the node itself sends it.
pub(crate) fn node_message(
    from: u64,
    to: u64,
    nonce: u64,
    method: u64,
    params: Vec<u8>,
    gas_limit: u64,
) -> Message {
    Message {
        version: 0,
        from: Address::new_id(from),
        to: Address::new_id(to),
        sequence: nonce,
        value: TokenAmount::from_atto(0),
        method_num: method,
        params: params.into(),
        gas_limit,
        gas_fee_cap: TokenAmount::from_atto(0),
        gas_premium: TokenAmount::from_atto(0),
    }
}
