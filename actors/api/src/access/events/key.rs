//! Of keys.

use fvm_shared::ActorID;
use holdfast_runtime::event;
use holdfast_runtime::evm::Bytes32;

use crate::access::data_set::DataSetId;

event! {
    /// A reader has another public key.
    cbor ReaderKeySet("reader-key-set") {
        /// Who.
        indexed reader: ActorID,
        /// The key, of X25519.
        data key: Bytes32,
    }
}

event! {
    /// A data set has new keys.
    cbor KeysRotated("keys-rotated") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The epoch of the new keys.
        data key_epoch: u64,
    }
}

event! {
    /// Readers were given envelopes.
    cbor EnvelopesPut("envelopes-put") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The epoch of the keys in them.
        data key_epoch: u64,
        /// To whom.
        data recipients: Vec<ActorID>,
    }
}
