//! Of receipts and tickets.

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::event;
use holdfast_runtime::evm::Bytes32;

use crate::access::data_set::DataSetId;
use crate::access::receipt::LogId;
use crate::access::ticket::TicketId;

event! {
    /// Somebody may anchor logs, or no longer.
    cbor GatewaySet("gateway-set") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who.
        indexed gateway: ActorID,
        /// Whether it may.
        data allowed: bool,
    }
}

event! {
    /// A gateway anchored a log.
    cbor LogAnchored("log-anchored") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who.
        indexed gateway: ActorID,
        /// The log.
        indexed log: LogId,
        /// The root of its Merkle tree.
        data root: Bytes32,
        /// How many entries it has, as the gateway says.
        data count: u64,
    }
}

event! {
    /// Somebody has a ticket.
    cbor TicketIssued("ticket-issued") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who.
        indexed subject: ActorID,
        /// The ticket.
        indexed ticket: TicketId,
        /// What for, as a mask with one action.
        data action: u8,
        /// The first epoch at which it does not count.
        data expires: ChainEpoch,
    }
}
