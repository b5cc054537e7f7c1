//! Receipts: what gateways gave out, in logs whose roots they anchor, so that a release can be proved later.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::record;

use super::data_set::DataSetId;
use super::scope::Scope;
use super::ticket::TicketId;

/// The number of a log in its data set, from 1.
pub type LogId = u64;
/// The largest entry of a log that is proved, bytes.
pub const MAX_ENTRY: usize = 1_024;
/// The most hashes of a proof.
pub const MAX_PROOF: usize = 64;

record! {
    /// An entry of a log, in the form in which our gateways write it: the CBOR of this. The actor takes any bytes.
    pub struct AccessEntry {
        /// The data set.
        pub data_set: DataSetId,
        /// The part that was given out.
        pub scope: Scope,
        /// To whom.
        pub subject: ActorID,
        /// What for, as a mask with one action.
        pub action: u8,
        /// When.
        pub epoch: ChainEpoch,
        /// The ticket that was shown; null if the gateway asked.
        pub ticket: Option<TicketId>,
    }
}

record! {
    /// Somebody who may anchor logs, or no longer.
    pub struct SetGatewayParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Who, in any address form. An address without an actor gets one if it may.
        pub gateway: Address,
        /// Whether it may.
        pub allowed: bool,
    }
}

record! {
    /// Somebody who may be a gateway.
    pub struct IsGatewayParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Who, in any address form.
        pub gateway: Address,
    }
}

record! {
    /// A log that a gateway has closed.
    pub struct AnchorLogParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The root of its Merkle tree, as OpenZeppelin's StandardMerkleTree builds it.
        pub root: Bytes32,
        /// How many entries it has, at least 1.
        pub count: u64,
        /// The first epoch of it, no earlier than where the gateway's last log of the data set ended.
        pub from: ChainEpoch,
        /// The first epoch after it, which is no later than now.
        pub to: ChainEpoch,
    }
}

record! {
    /// A log that is anchored.
    pub struct LogInfo {
        /// Its number.
        pub log: LogId,
        /// Who anchored it.
        pub gateway: ActorID,
        /// The root of its Merkle tree.
        pub root: Bytes32,
        /// How many entries it has, as the gateway says.
        pub count: u64,
        /// The first epoch of it.
        pub from: ChainEpoch,
        /// The first epoch after it.
        pub to: ChainEpoch,
        /// When it was anchored.
        pub anchored: ChainEpoch,
    }
}

record! {
    /// A log that is meant.
    pub struct GetLogParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The log.
        pub log: LogId,
    }
}

record! {
    /// A page of a data set's logs.
    pub struct ListLogsParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The first log.
        pub start: LogId,
        /// The most logs, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// A page of a data set's logs.
    pub struct ListLogsReturn {
        /// By rising number.
        pub logs: Vec<LogInfo>,
        /// The next log; null after the last one.
        pub next: Option<LogId>,
    }
}

record! {
    /// An entry that may be in a log.
    pub struct ProveEntryParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The log.
        pub log: LogId,
        /// The entry, at most 1 024 bytes.
        pub entry: RawBytes,
        /// The hashes beside the way from the leaf to the root, 32 bytes each, at most 64.
        pub path: RawBytes,
    }
}
