//! The first state: every official singleton made by its own constructor, funded accounts, one miner.
//!
//! Heads are written by hand, as every Filecoin genesis does it, where no constructor can make them: that of the
//! system actor (it holds the manifest) and that of f099 (an account whose address is its id); and those of the
//! multisigs f080 and f090.
//! The total is 2 000 000 000 FIL: 1 100 000 000 in the reward actor, the accounts', and the rest in the reserve f090.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use cid::Cid;
use fvm::state_tree::StateTree;
use fvm_ipld_encoding::{CborStore, RawBytes, to_vec};
use fvm_ipld_hamt::Hamt;
use fvm_shared::HAMT_BIT_WIDTH;
use fvm_shared::address::Address;
use fvm_shared::bigint::BigInt;
use fvm_shared::bigint::bigint_ser::BigIntSer;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use fvm_shared::state::{ActorState, StateTreeVersion};
use multihash_codetable::Code::Blake2b256;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::bundle::Bundle;
use crate::chain_info::{ChainInfo, SeededChain};
use crate::error::{Error, Result};
use crate::eth::EthAddress;
use crate::ids;
use crate::options::Options;
use crate::store::MemStore;
use crate::vm::{Vm, VmContext, node_message};
use crate::wallet::{Kind, Wallet};

/// All FIL there is, in whole FIL.
pub const TOTAL_FIL: u64 = 2_000_000_000;
/// What the reward actor starts with, in whole FIL.
pub const REWARD_FIL: u64 = 1_100_000_000;
/// Id of the first actor that is created after the accounts, as in Lotus: the genesis miner.
pub const FIRST_MINER_ID: u64 = 1000;

/// Index of the worker and owner key of the genesis miner; far from the accounts that tests use.
const MINER_KEY: u32 = u32::MAX;
const MINER_OWNER_FIL: u64 = 1_000;
/// What the signers of f080 and f090 have for gas, in whole FIL.
const SIGNER_FIL: u64 = 1_000;
/// Proof types a flavour may allow, real networks' first: windowed PoSt V1_1 for 32 GiB and 2 KiB sectors.
const POST_PROOFS: [i64; 2] = [13, 10];
const GAS: u64 = 1 << 40;

/// A started network's beginnings.
#[derive(Debug, Clone)]
pub(crate) struct Genesis {
    pub(crate) store: MemStore,
    pub(crate) root: Cid,
    pub(crate) miner: u64,
}

/// What decides a genesis, for the process-wide cache: manifest, names and numbers of the options.
type Key = (Cid, crate::profile::Profile, u64, u32, String);

static MADE: LazyLock<Mutex<HashMap<Key, Genesis>>> = LazyLock::new(Mutex::default);

/// The genesis for these options. Made once per process; later networks share its blocks.
pub(crate) fn genesis(options: &Options) -> Result<Genesis> {
    let balance = options.balance.atto().to_string();
    let key = (
        options.bundle.manifest,
        options.profile.clone(),
        options.seed,
        options.accounts,
        balance,
    );
    if !options.share_genesis {
        return Maker::new(options)?.make();
    }
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(genesis) = made.get(&key) {
        return Ok(genesis.clone());
    }
    let genesis = Maker::new(options)?.make()?;
    made.insert(key, genesis.clone());
    Ok(genesis)
}

/// State of the Init actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct InitState {
    /// Address to id.
    pub address_map: Cid,
    /// Id of the next actor.
    pub next_id: u64,
    /// Name of the network.
    pub network_name: String,
}

struct Maker<'a> {
    options: &'a Options,
    bundle: &'a Bundle,
    store: MemStore,
    vm: Vm,
}

impl<'a> Maker<'a> {
    fn new(options: &'a Options) -> Result<Self> {
        let store = options.bundle.store.layer();
        let root = bare_tree(&store, &options.bundle)?;
        let chain: Arc<dyn ChainInfo> = Arc::new(SeededChain { seed: options.seed });
        let at = VmContext {
            root,
            epoch: 0,
            timestamp: options.profile.timestamp(0),
            base_fee: TokenAmount::from_atto(0),
            circulating_supply: TokenAmount::from_atto(0),
            tracing: false,
        };
        let vm = Vm::new(&options.profile, &store, &chain, &at)?;
        Ok(Self {
            options,
            bundle: &options.bundle,
            store,
            vm,
        })
    }

    fn make(mut self) -> Result<Genesis> {
        self.singletons()?;
        self.accounts()?;
        self.set_next_id(FIRST_MINER_ID)?;
        let miner = self.miner()?;
        self.eth_null_address()?;
        let root = self.vm.flush()?;
        Ok(Genesis {
            store: self.store,
            root,
            miner,
        })
    }

    fn singletons(&mut self) -> Result<()> {
        let network_name = (self.options.profile.network_name.as_str(),);
        self.construct(ids::INIT, &encode(&network_name)?)?;
        self.construct(ids::REWARD, &encode(&BigIntSer(&BigInt::from(0)))?)?;
        let entries = [
            (Address::new_id(ids::POWER), 5u64),
            (Address::new_id(ids::MARKET), 9u64),
        ];
        self.construct(ids::CRON, &encode(&(entries,))?)?;
        self.construct(ids::POWER, &[])?;
        self.construct(ids::MARKET, &[])?;
        self.root_multisigs()?;
        self.construct(ids::VERIFREG, &encode(&Address::new_id(ids::VERIFREG_ROOT))?)?;
        self.construct(ids::DATACAP, &encode(&Address::new_id(ids::VERIFREG))?)?;
        self.construct(ids::EAM, &[])
    }

    /// f080 (root of the verified registry) and f090 (reserve) are one-of-one multisigs of seeded f1 keys. Their heads
    /// are what the multisig's constructor writes; compiling the actor for it would lengthen every first start.
    fn root_multisigs(&mut self) -> Result<()> {
        for id in [ids::VERIFREG_ROOT, ids::RESERVE] {
            let signer = root_wallet(self.options.seed, id).address();
            self.fund(&signer, &TokenAmount::from_whole(SIGNER_FIL))?;
            let tree = self.vm.tree_mut();
            let signer = tree
                .lookup_id(&signer)
                .map_err(exec)?
                .ok_or(Error::NoActor(signer))?;
            let head = multisig_head(tree.store(), signer)?;
            tree.mutate_actor(id, |actor| {
                actor.state = head;
                Ok(())
            })
            .map_err(exec)?;
        }
        Ok(())
    }

    fn accounts(&mut self) -> Result<()> {
        for index in 0..self.options.accounts {
            for kind in Kind::ALL {
                let wallet = Wallet::from_seed(self.options.seed, kind, index);
                self.fund(&wallet.address(), &self.options.balance.clone())?;
                if kind == Kind::Eth {
                    self.become_ethaccount(&wallet.address())?;
                }
            }
        }
        let worker = miner_wallet(self.options.seed).address();
        self.fund(&worker, &TokenAmount::from_whole(MINER_OWNER_FIL))
    }

    /// The account at 0x0 that every Filecoin network has, so that nobody's mistake creates it.
    fn eth_null_address(&mut self) -> Result<()> {
        let address = EthAddress([0; 20]).to_filecoin();
        self.fund(&address, &TokenAmount::from_atto(0))?;
        self.become_ethaccount(&address)
    }

    /// What the FVM does to a placeholder when its owner sends the first message.
    fn become_ethaccount(&mut self, address: &Address) -> Result<()> {
        let code = self.bundle.code("ethaccount")?;
        let tree = self.vm.tree_mut();
        let id = tree
            .lookup_id(address)
            .map_err(exec)?
            .ok_or(Error::NoActor(*address))?;
        tree.mutate_actor(id, |actor| {
            actor.code = code;
            Ok(())
        })
        .map_err(exec)
    }

    fn set_next_id(&mut self, id: u64) -> Result<()> {
        let tree = self.vm.tree_mut();
        let mut actor = tree
            .get_actor(ids::INIT)
            .map_err(exec)?
            .ok_or(Error::NoActor(Address::new_id(ids::INIT)))?;
        let state: Option<InitState> = tree.store().get_cbor(&actor.state).map_err(Error::machine)?;
        let mut state = state.ok_or(Error::MissingBlock(actor.state))?;
        if state.next_id > id {
            let why = format!(
                "{} accounts of each kind do not fit between ids 100 and {id}",
                self.options.accounts
            );
            return Err(Error::Genesis {
                step: "accounts".into(),
                why,
            });
        }
        state.next_id = id;
        actor.state = tree
            .store()
            .put_cbor(&state, Blake2b256)
            .map_err(Error::machine)?;
        tree.set_actor(ids::INIT, actor);
        Ok(())
    }

    /// A miner made through the power actor, with the first proof type that the flavour's miner code accepts.
    fn miner(&mut self) -> Result<u64> {
        let worker = miner_wallet(self.options.seed).address();
        let mut why = String::new();
        for proof in POST_PROOFS {
            let params = encode(&(worker, worker, proof, PeerId(Vec::new()), [(); 0]))?;
            let mut message = node_message(0, ids::POWER, 0, 2, params, GAS);
            message.from = worker;
            message.value = TokenAmount::from_whole(MINER_OWNER_FIL / 2);
            match self.run("CreateMiner", message) {
                Ok(returned) => {
                    let (id, _): (Address, Address) = returned
                        .deserialize()
                        .map_err(|e| Error::codec("CreateMiner's return", e))?;
                    return id.id().map_err(|e| Error::codec("miner id", e));
                }
                Err(e) => why = e.to_string(),
            }
        }
        Err(Error::Genesis {
            step: "miner".into(),
            why,
        })
    }

    fn fund(&mut self, to: &Address, amount: &TokenAmount) -> Result<()> {
        let mut message = node_message(ids::RESERVE, 0, 0, 0, Vec::new(), GAS);
        message.to = *to;
        message.value = amount.clone();
        self.run(&format!("funding {to} with {amount} FIL"), message)
            .map(|_| ())
    }

    fn construct(&mut self, id: u64, params: &[u8]) -> Result<()> {
        let message = node_message(ids::SYSTEM, id, 0, 1, params.to_vec(), GAS);
        self.run(&format!("constructor of f0{id}"), message).map(|_| ())
    }

    fn run(&mut self, step: &str, message: Message) -> Result<RawBytes> {
        (self.options.progress)(&format!("genesis: {step}"));
        let ret = self.vm.implicit(message)?;
        if ret.msg_receipt.exit_code.is_success() {
            return Ok(ret.msg_receipt.return_data);
        }
        let info = ret.failure_info.map(|f| f.to_string()).unwrap_or_default();
        Err(Error::Genesis {
            step: step.into(),
            why: format!("exit code {}: {info}", ret.msg_receipt.exit_code),
        })
    }
}

/// A byte string; empty here, since nobody dials the genesis miner.
struct PeerId(Vec<u8>);

impl serde::Serialize for PeerId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        fvm_ipld_encoding::strict_bytes::serialize(&self.0, s)
    }
}

/// State of a multisig with one signer, nothing locked and nothing pending.
fn multisig_head(store: &MemStore, signer: u64) -> Result<Cid> {
    let mut pending: Hamt<_, ()> = Hamt::new_with_bit_width(store, HAMT_BIT_WIDTH);
    let pending = pending.flush().map_err(Error::machine)?;
    let nothing = TokenAmount::from_atto(0);
    let state = (
        [Address::new_id(signer)],
        1u64,
        0i64,
        nothing,
        0i64,
        0i64,
        pending,
    );
    store.put_cbor(&state, Blake2b256).map_err(Error::machine)
}

/// The only signer of f080 or f090.
pub(crate) fn root_wallet(seed: u64, id: u64) -> Wallet {
    let index = if id == ids::RESERVE {
        MINER_KEY - 2
    } else {
        MINER_KEY - 1
    };
    Wallet::from_seed(seed, Kind::Secp256k1, index)
}

/// Owner and worker of the genesis miner.
pub(crate) fn miner_wallet(seed: u64) -> Wallet {
    Wallet::from_seed(seed, Kind::Bls, MINER_KEY)
}

/// The singletons with their code and an empty head, the money in f02 and f090, system and f099 complete.
fn bare_tree(store: &MemStore, bundle: &Bundle) -> Result<Cid> {
    let empty = store.put_cbor(&[(); 0], Blake2b256).map_err(Error::machine)?;
    let system = store
        .put_cbor(&(bundle.data,), Blake2b256)
        .map_err(Error::machine)?;
    let burnt = store
        .put_cbor(&(Address::new_id(ids::BURNT),), Blake2b256)
        .map_err(Error::machine)?;
    let mut tree = StateTree::new(store.clone(), StateTreeVersion::V5).map_err(exec)?;
    let reserve = TOTAL_FIL - REWARD_FIL;
    let actors = [
        (ids::SYSTEM, "system", system, 0),
        (ids::INIT, "init", empty, 0),
        (ids::REWARD, "reward", empty, REWARD_FIL),
        (ids::CRON, "cron", empty, 0),
        (ids::POWER, "storagepower", empty, 0),
        (ids::MARKET, "storagemarket", empty, 0),
        (ids::VERIFREG, "verifiedregistry", empty, 0),
        (ids::DATACAP, "datacap", empty, 0),
        (ids::EAM, "eam", empty, 0),
        (ids::VERIFREG_ROOT, "multisig", empty, 0),
        (ids::RESERVE, "multisig", empty, reserve),
        (ids::BURNT, "account", burnt, 0),
    ];
    for (id, name, state, fil) in actors {
        let balance = TokenAmount::from_whole(fil);
        tree.set_actor(
            id,
            ActorState {
                code: bundle.code(name)?,
                state,
                sequence: 0,
                balance,
                delegated_address: None,
            },
        );
    }
    tree.flush().map_err(exec)
}

fn encode<T: serde::Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    to_vec(value).map_err(|e| Error::codec("genesis parameters", e))
}

/// The FVM's own error has no common trait with others.
pub(crate) fn exec(error: fvm::kernel::ExecutionError) -> Error {
    Error::Machine(anyhow::anyhow!("{error}"))
}
