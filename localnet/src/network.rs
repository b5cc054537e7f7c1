//! A running network: its head, what waits to be mined, and how it starts.

use std::sync::Arc;

use cid::Cid;
use fvm::state_tree::StateTree;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_bundle::upgrade::{Upgrade, upgrade};

use crate::bundle::{Bundle, refused};
use crate::car::load_car;
use crate::chain_info::{ChainInfo, SeededChain};
use crate::error::{Error, Result, UnknownCode};
use crate::genesis::{TOTAL_FIL, exec, genesis, miner_wallet, root_wallet};
use crate::ids;
use crate::message::SignedMessage;
use crate::options::Options;
use crate::profile::Profile;
use crate::store::MemStore;
use crate::tipset::Tipset;
use crate::vm::{Vm, VmContext};
use crate::wallet::{Kind, Wallet};

/// Where a chain stands: the state after everything up to and including `epoch` has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Root of the state tree.
    pub root: Cid,
    /// The last epoch that has run.
    pub epoch: ChainEpoch,
    /// Base fee of the next tipset, attoFIL per gas.
    pub base_fee: TokenAmount,
}

/// A point to come back to. Cheap: a state is its root.
#[derive(Debug, Clone)]
pub struct Snapshot {
    head: Head,
    bundle: Bundle,
    pending: Vec<SignedMessage>,
    tipsets: usize,
}

/// An existing state to go on from, for [`Network::open`].
pub struct State {
    /// CAR with the blocks of the state tree; empty if `store` has them.
    pub car: Vec<u8>,
    /// Where the state stands.
    pub head: Head,
    /// The chain's own randomness and tipsets; a seeded stand-in if none.
    pub chain: Option<Arc<dyn ChainInfo>>,
    /// Id of the miner that [`Network::mine`] lets win.
    pub miner: u64,
}

/// A Filecoin network in this process.
pub struct Network {
    pub(crate) store: MemStore,
    pub(crate) bundle: Bundle,
    pub(crate) profile: Profile,
    pub(crate) chain: Arc<dyn ChainInfo>,
    pub(crate) seed: u64,
    pub(crate) tracing: bool,
    pub(crate) progress: fn(&str),
    pub(crate) miner: u64,
    pub(crate) head: Head,
    pub(crate) pending: Vec<SignedMessage>,
    pub(crate) tipsets: Vec<Arc<Tipset>>,
}

impl Network {
    /// Start a new network at epoch 0.
    ///
    /// # Errors
    /// When the bundle lacks an official actor or a constructor fails.
    pub fn start(options: &Options) -> Result<Self> {
        let genesis = genesis(options)?;
        Ok(Self {
            store: genesis.store.layer(),
            bundle: options.bundle.clone(),
            chain: Arc::new(SeededChain { seed: options.seed }),
            seed: options.seed,
            tracing: options.tracing,
            progress: options.progress,
            miner: genesis.miner,
            head: Head {
                root: genesis.root,
                epoch: 0,
                base_fee: TokenAmount::from_atto(options.profile.initial_base_fee),
            },
            profile: options.profile.clone(),
            pending: Vec::new(),
            tipsets: Vec::new(),
        })
    }

    /// Go on from an existing state tree, for instance one exported from another node.
    ///
    /// # Errors
    /// When blocks are missing, or when an actor's code is not in the bundle ([`Error::UnknownCode`]).
    pub fn open(options: &Options, state: State) -> Result<Self> {
        let store = options.bundle.store.layer();
        if !state.car.is_empty() {
            load_car(&store, &state.car)?;
        }
        check_codes(&store, &options.bundle, &state.head.root)?;
        Ok(Self {
            store,
            bundle: options.bundle.clone(),
            profile: options.profile.clone(),
            chain: state
                .chain
                .unwrap_or_else(|| Arc::new(SeededChain { seed: options.seed })),
            seed: options.seed,
            tracing: options.tracing,
            progress: options.progress,
            miner: state.miner,
            head: state.head,
            pending: Vec::new(),
            tipsets: Vec::new(),
        })
    }

    /// Move the network to another bundle, between two tipsets, as the migration of a network upgrade does
    /// ([`holdfast_bundle::upgrade`]). Epoch, network version and waiting messages stay as they are.
    ///
    /// # Errors
    /// When the bundle lacks a name that the state's manifest has; nothing has changed then.
    pub fn upgrade(&mut self, bundle: Bundle) -> Result<Upgrade> {
        let done = upgrade(&self.store, &self.head.root, &bundle.list).map_err(refused)?;
        self.store.absorb(&bundle.store);
        self.head.root = done.after;
        self.bundle = bundle;
        Ok(done)
    }

    /// Where the chain stands.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The last epoch that has run.
    pub fn epoch(&self) -> ChainEpoch {
        self.head.epoch
    }

    /// The network's constants.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The actors the network knows.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// The blocks. Cloning the store shares it.
    pub fn store(&self) -> &MemStore {
        &self.store
    }

    /// The genesis miner.
    pub fn miner(&self) -> Address {
        Address::new_id(self.miner)
    }

    /// Key number `index` of a kind; the first ones (see [`Options::accounts`]) have funds.
    pub fn account(&self, kind: Kind, index: u32) -> Wallet {
        Wallet::from_seed(self.seed, kind, index)
    }

    /// Owner and worker of the genesis miner, a BLS key.
    pub fn miner_wallet(&self) -> Wallet {
        miner_wallet(self.seed)
    }

    /// The one signer of f080, the multisig that is the root of the verified registry.
    pub fn registry_root_wallet(&self) -> Wallet {
        root_wallet(self.seed, ids::VERIFREG_ROOT)
    }

    /// The one signer of f090, the multisig that is the reserve.
    pub fn reserve_wallet(&self) -> Wallet {
        root_wallet(self.seed, ids::RESERVE)
    }

    /// The tipsets that ran here, oldest first; null rounds leave none.
    pub fn tipsets(&self) -> &[Arc<Tipset>] {
        &self.tipsets
    }

    /// The address as people of this network read it, with its prefix.
    pub fn display(&self, address: &Address) -> String {
        let text = address.to_string();
        let body: String = text.chars().skip(1).collect();
        format!("{}{body}", self.profile.prefix.letter())
    }

    /// Remember this point.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            head: self.head.clone(),
            bundle: self.bundle.clone(),
            pending: self.pending.clone(),
            tipsets: self.tipsets.len(),
        }
    }

    /// Go back to a point of this network's past: state, bundle, epoch, base fee and waiting messages.
    pub fn revert(&mut self, snapshot: &Snapshot) {
        self.head = snapshot.head.clone();
        self.bundle = snapshot.bundle.clone();
        self.pending = snapshot.pending.clone();
        self.tipsets.truncate(snapshot.tipsets);
    }

    /// A second network that starts where this one stands and shares its past.
    pub fn fork(&self) -> Self {
        Self {
            store: self.store.layer(),
            bundle: self.bundle.clone(),
            profile: self.profile.clone(),
            chain: self.chain.clone(),
            head: self.head.clone(),
            pending: self.pending.clone(),
            tipsets: self.tipsets.clone(),
            ..*self
        }
    }

    /// A machine for `epoch` on the head's state, with this network's stand-ins.
    pub(crate) fn vm_at(&self, epoch: ChainEpoch, base_fee: TokenAmount, tracing: bool) -> Result<Vm> {
        let at = VmContext {
            root: self.head.root,
            epoch,
            timestamp: self.profile.timestamp(epoch),
            base_fee,
            circulating_supply: self.circulating_supply()?,
            tracing,
        };
        Vm::new(&self.profile, &self.store, &self.chain, &at)
    }

    /// Circulating supply at the head, in attoFIL: the total less what the reward actor, the reserve and f099 hold.
    /// Lotus also subtracts what is locked in miners and deals, and counts vesting; a network of one process has next to none.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn circulating_supply(&self) -> Result<TokenAmount> {
        circulating_supply(&self.tree()?)
    }

    pub(crate) fn tree(&self) -> Result<StateTree<MemStore>> {
        StateTree::new_from_root(self.store.clone(), &self.head.root).map_err(exec)
    }
}

/// Circulating supply of a state; see [`Network::circulating_supply`].
pub(crate) fn circulating_supply(tree: &StateTree<MemStore>) -> Result<TokenAmount> {
    let mut supply = TokenAmount::from_whole(TOTAL_FIL);
    for id in [ids::REWARD, ids::RESERVE, ids::BURNT] {
        if let Some(actor) = tree.get_actor(id).map_err(exec)? {
            supply -= actor.balance;
        }
    }
    Ok(supply)
}

/// Refuse a state with actors that the bundle has no code for: calling one of them would be a fatal error.
fn check_codes(store: &MemStore, bundle: &Bundle, root: &Cid) -> Result<()> {
    let tree = StateTree::new_from_root(store.clone(), root).map_err(exec)?;
    let mut unknown: Option<(u64, Cid)> = None;
    let mut count = 0;
    tree.for_each(|address, actor| {
        if bundle.name(&actor.code).is_none() {
            count += 1;
            let id = address.id()?;
            unknown = unknown
                .filter(|(first, _)| *first < id)
                .or(Some((id, actor.code)));
        }
        Ok(())
    })
    .map_err(Error::Machine)?;
    match unknown {
        None => Ok(()),
        Some((id, code)) => {
            let manifest = bundle.data;
            Err(Error::UnknownCode(Box::new(UnknownCode {
                root: *root,
                manifest,
                count,
                id,
                code,
            })))
        }
    }
}
