//! Keys: the public keys of readers, and the envelopes in which they get the keys of a data set.
//!
//! What a data set consists of is encrypted outside the chain. Its key is sealed for each reader in an envelope; who rotates the
//! keys begins a new key epoch, whose envelopes go to those who still may read. Revoking stops new keys. It cannot recall a key
//! that somebody has read, nor what they have decrypted with it.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::record;

use super::data_set::DataSetId;

/// The largest envelope, bytes.
pub const MAX_ENVELOPE: usize = 2_048;

record! {
    /// The key of a data set, sealed for one reader.
    pub struct Envelope {
        /// The reader, in any address form, who has set a reader key.
        pub recipient: Address,
        /// The reader's key that it is sealed to, which has to be its present one.
        pub key: Bytes32,
        /// 1 to 2 048 bytes. The actor does not look into them; ours are in the form of the Filecoin Encryption Envelope (FEE): COSE
        /// (RFC 9052), the key wrapped by ECDH-ES with A256KW on X25519.
        pub bytes: RawBytes,
    }
}

record! {
    /// Envelopes for readers.
    pub struct PutEnvelopesParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The epoch of the keys in them, which has to be the present one.
        pub key_epoch: u64,
        /// 1 to 200. One takes the place of another for the same reader.
        pub envelopes: Vec<Envelope>,
    }
}

record! {
    /// An envelope that is meant.
    pub struct GetEnvelopeParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The epoch of the key in it. Ciphertext of an earlier epoch needs the key of that epoch.
        pub key_epoch: u64,
        /// Whose it is, in any address form.
        pub recipient: Address,
    }
}

record! {
    /// Envelopes of a past key epoch that go.
    pub struct DropEnvelopesParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The key epoch, which has to be before the present one.
        pub key_epoch: u64,
        /// The first reader.
        pub start: ActorID,
        /// The most envelopes, 1 to 200.
        pub limit: u64,
    }
}

record! {
    /// A page of readers who need an envelope.
    pub struct ListRewrapsParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The first subject to look at.
        pub start: ActorID,
        /// The most subjects to look at, 1 to 200.
        pub limit: u64,
    }
}

record! {
    /// Somebody who may read and has no envelope of the present key epoch, or one for another reader key than the present one.
    pub struct Reader {
        /// Who.
        pub reader: ActorID,
        /// What to seal to; null while the reader has set no key.
        pub key: Option<Bytes32>,
    }
}

record! {
    /// A page of readers who need an envelope.
    pub struct ListRewrapsReturn {
        /// By rising id; fewer than were looked at, and none at all where everybody has one.
        pub readers: Vec<Reader>,
        /// The next subject; null after the last one.
        pub next: Option<ActorID>,
    }
}
