//! What is reported of delays, of what is scheduled because of them, and of signed messages.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::event;
use holdfast_runtime::evm::Bytes32;

use crate::access::data_set::DataSetId;
use crate::access::guard::Delay;

event! {
    /// A delay has another length, or will have.
    cbor DelaySet("delay-set") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Which.
        data what: Delay,
        /// Its length, epochs.
        data delay: ChainEpoch,
        /// The first epoch at which it has it.
        data from: ChainEpoch,
        /// The version of the rules, which rises with a delay of grants.
        data policy_version: u64,
    }
}

event! {
    /// A call was announced. It can be looked at, and cancelled, until it is made.
    cbor OperationScheduled("operation-scheduled") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Its id.
        indexed operation: Bytes32,
        /// Who will make it.
        indexed by: ActorID,
        /// The FRC-42 number of the method.
        data method: u64,
        /// Its parameters, in CBOR.
        data params: RawBytes,
        /// The first epoch at which it can be made.
        data ready: ChainEpoch,
        /// The first epoch at which it cannot any more.
        data expires: ChainEpoch,
    }
}

event! {
    /// A scheduled operation was cancelled.
    cbor OperationCancelled("operation-cancelled") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Its id.
        indexed operation: Bytes32,
        /// By whom.
        indexed by: ActorID,
    }
}

event! {
    /// A signed message was carried. What it did is told by an event of its own.
    cbor Carried("carried") {
        /// Who signed it.
        indexed signer: ActorID,
        /// Its nonce.
        data nonce: u64,
        /// Who brought it.
        indexed by: ActorID,
    }
}

event! {
    /// A nonce was taken back.
    cbor NonceCancelled("nonce-cancelled") {
        /// Whose.
        indexed signer: ActorID,
        /// The nonce.
        data nonce: u64,
    }
}
