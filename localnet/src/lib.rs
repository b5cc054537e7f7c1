//! A Filecoin network in one process, on the real FVM with the real official actors.
//!
//! [`Network::start`] makes a genesis from a [`Bundle`] by running the actors' own constructors. [`Wallet`]s sign messages
//! ([`Kind`]: secp256k1, BLS, Ethereum); [`Network::push`] checks them as a message pool does; [`Network::mine`] makes a
//! tipset of them, with the block's reward and cron; [`Network::advance`] lets null rounds pass. A [`Receipt`] holds exit
//! code, return value, gas, events and the whole [`Trace`]. States are roots, so [`Network::snapshot`] and
//! [`Network::revert`] cost nothing.
//!
//! [`Network::apply_tipset`] is the same engine with everything stated from outside: that is how another node's chain is
//! replayed, on a state opened with [`Network::open`].

mod base_fee;
mod block;
mod bundle;
mod car;
mod chain_info;
mod edit;
mod error;
mod eth;
mod genesis;
mod hash;
pub mod ids;
mod machine;
mod message;
mod network;
mod options;
mod pool;
mod profile;
mod receipt;
mod send;
mod store;
mod tipset;
mod trace;
mod view;
mod vm;
mod wallet;

pub use base_fee::{BLOCK_GAS_LIMIT, BLOCK_GAS_TARGET, BaseFeeRule, GasOffer, MINIMUM_BASE_FEE};
pub use block::Block;
pub use bundle::Bundle;
pub use chain_info::{ChainInfo, SeededChain};
pub use error::{Error, Refusal, Result, UnknownCode};
pub use eth::{CREATE_EXTERNAL, EthAddress, EthTx, INVOKE_EVM};
pub use genesis::{FIRST_MINER_ID, InitState, REWARD_FIL, TOTAL_FIL};
pub use message::{Signature, SignedMessage, message_cid};
pub use network::{Head, Network, Snapshot, State};
pub use options::Options;
pub use pool::MAX_MESSAGE_SIZE;
pub use profile::{Prefix, Profile};
pub use receipt::{GasCosts, Receipt};
pub use send::{Contract, Created, evm_answer};
pub use store::MemStore;
pub use tipset::{NullRound, Tipset, TipsetSpec};
pub use trace::{Call, Charge, Outcome, Trace};
pub use view::Actor;
pub use wallet::{Kind, Wallet};

/// Base fee arithmetic on its own, for tools that predict fees.
pub mod fees {
    pub use crate::base_fee::{from_premium, from_utilization, next, percentile_premium};
}

/// Ethereum transactions and their Filecoin form, for JSON-RPC servers and tools.
pub mod ethereum {
    pub use crate::eth::{decode, encode, recover, signing_hash, to_filecoin};
}
