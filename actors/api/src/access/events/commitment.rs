//! Of commitments. What comes of one that is revealed is [`Granted`](super::Granted).

use fvm_shared::ActorID;
use holdfast_runtime::event;
use holdfast_runtime::evm::Bytes32;

use crate::access::data_set::DataSetId;

event! {
    /// Somebody who is not named was given something.
    cbor Committed("committed") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The commitment to the subject.
        indexed commitment: Bytes32,
        /// By whom.
        data by: ActorID,
        /// What it allows, as a mask.
        data actions: u8,
    }
}

event! {
    /// A commitment went before it was revealed.
    cbor CommitmentRevoked("commitment-revoked") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The commitment.
        indexed commitment: Bytes32,
        /// By whom.
        data by: ActorID,
    }
}
