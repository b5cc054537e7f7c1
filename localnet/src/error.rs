//! Everything that can go wrong, in words that name the value, the limit and the unit.

use cid::Cid;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the network, of its message pool or of the host side. A failing actor is no error: it gives a receipt.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bundle is no CAR of actors, or lacks something a network needs.
    #[error("bundle: {0}")]
    Bundle(String),
    /// A genesis step failed.
    #[error("genesis: {step}: {why}")]
    Genesis {
        /// The step, for instance `constructor of f04`.
        step: String,
        /// The cause.
        why: String,
    },
    /// The state tree holds actors whose code the bundle does not list.
    #[error(transparent)]
    UnknownCode(Box<UnknownCode>),
    /// The message pool refuses the message.
    #[error("message refused: {0}")]
    Refused(Box<Refusal>),
    /// No block with this CID is in the store.
    #[error("no block {0} in the store")]
    MissingBlock(Cid),
    /// No actor has this address.
    #[error("no actor at {0}")]
    NoActor(Address),
    /// A value could not be encoded or decoded.
    #[error("{what}: {why}")]
    Codec {
        /// What was read or written.
        what: String,
        /// The cause.
        why: String,
    },
    /// A message ended with another exit code than success where success was asked for.
    #[error("{what} failed with exit code {exit_code}: {why}")]
    Failed {
        /// What was tried.
        what: String,
        /// The exit code.
        exit_code: ExitCode,
        /// The FVM's backtrace or the actor's message.
        why: String,
    },
    /// A tipset specification contradicts itself or the head.
    #[error("tipset: {0}")]
    Tipset(String),
    /// A key or signature operation failed.
    #[error("key: {0}")]
    Key(String),
    /// The FVM or the store failed in a way that no message can cause.
    #[error("machine: {0:#}")]
    Machine(anyhow::Error),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl Error {
    /// A codec error about `what`.
    pub(crate) fn codec(what: impl Into<String>, why: impl ToString) -> Self {
        Self::Codec {
            what: what.into(),
            why: why.to_string(),
        }
    }

    /// An FVM failure.
    pub(crate) fn machine(error: impl Into<anyhow::Error>) -> Self {
        Self::Machine(error.into())
    }
}

/// A state tree that needs another bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "state {root}: {count} actors have code that the bundle {manifest} does not list, the first is f0{id} with code {code}; \
     move the state to it with `holdfast bundle upgrade --state STATE.car --to BUNDLE.car --output NEW.car`, or open it with \
     the bundle it was made with"
)]
pub struct UnknownCode {
    /// The state root that was to be opened.
    pub root: Cid,
    /// The manifest data CID of the bundle.
    pub manifest: Cid,
    /// How many actors are concerned.
    pub count: usize,
    /// The lowest id among them.
    pub id: u64,
    /// Its code.
    pub code: Cid,
}

/// Why the message pool refuses a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Only version 0 exists.
    #[error("version {0} is not supported, the only one is 0")]
    Version(u64),
    /// Nothing may be sent to the null address of the BLS kind.
    #[error("nothing may be sent to {0}, the zero address of the BLS kind")]
    Recipient(Address),
    /// The signature does not fit the message and its sender.
    #[error("the signature of {from} does not verify: {why}")]
    Signature {
        /// The sender.
        from: Address,
        /// The cause.
        why: String,
    },
    /// The sender does not exist or is no account.
    #[error("the sender {from} {why}")]
    Sender {
        /// The sender.
        from: Address,
        /// What is wrong with it.
        why: String,
    },
    /// The nonce is not the next one.
    #[error(
        "nonce {nonce} of {from}: expected {expected}, the number of messages it has sent and has waiting"
    )]
    Nonce {
        /// The sender.
        from: Address,
        /// The nonce of the message.
        nonce: u64,
        /// The nonce that would be right.
        expected: u64,
    },
    /// The balance cannot pay value and gas.
    #[error(
        "{from} has {balance} FIL, the message and those waiting before it need up to {required} FIL (value plus gas fee cap times gas limit)"
    )]
    Funds {
        /// The sender.
        from: Address,
        /// What it has.
        balance: TokenAmount,
        /// What it needs.
        required: TokenAmount,
    },
    /// The value is negative or above the total supply.
    #[error("value {value} FIL is outside 0..={limit} FIL")]
    Value {
        /// The value of the message.
        value: TokenAmount,
        /// The most that exists.
        limit: TokenAmount,
    },
    /// The gas limit is above the block gas limit.
    #[error("gas limit {limit} is above the block gas limit of {max} gas")]
    GasLimitHigh {
        /// The gas limit of the message.
        limit: u64,
        /// The block gas limit.
        max: u64,
    },
    /// The gas limit does not even pay for putting the message on the chain.
    #[error("gas limit {limit} is below {min} gas, the cost of including a message of {length} bytes")]
    GasLimitLow {
        /// The gas limit of the message.
        limit: u64,
        /// The inclusion cost in gas.
        min: u64,
        /// The message's length on the chain in bytes.
        length: usize,
    },
    /// The gas fee cap is below the least that any block will take.
    #[error("gas fee cap {fee_cap} attoFIL is below {min} attoFIL, {which}")]
    FeeCap {
        /// The fee cap of the message, in attoFIL per gas.
        fee_cap: String,
        /// The limit, in attoFIL per gas.
        min: String,
        /// Which limit it is.
        which: &'static str,
    },
    /// The gas premium is negative or above the fee cap.
    #[error("gas premium {premium} attoFIL is outside 0..={fee_cap} attoFIL, the gas fee cap")]
    Premium {
        /// The premium of the message, in attoFIL per gas.
        premium: String,
        /// The fee cap, in attoFIL per gas.
        fee_cap: String,
    },
    /// The transaction is for another chain.
    #[error("chain id {found} is not this network's, which is {expected}")]
    ChainId {
        /// The id in the transaction.
        found: u64,
        /// The network's.
        expected: u64,
    },
    /// An Ethereum transaction that has no Filecoin form, or the reverse.
    #[error("the Ethereum transaction cannot be expressed: {0}")]
    EthTransaction(String),
    /// The message is too long.
    #[error("the message is {length} bytes long, the limit is {max} bytes")]
    Length {
        /// Its length on the chain.
        length: usize,
        /// The limit.
        max: usize,
    },
}
