//! The key of a key epoch.

use std::fmt;

use aes_gcm::aead::OsRng;
use aes_gcm::aead::rand_core::RngCore;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::text::hex;

/// What the id of a key is derived under.
const ID: &[u8] = b"holdfast epoch key id";

/// The key of one key epoch of a data set: it opens every file that was encrypted in the epoch. It is wiped from memory
/// when it is dropped.
#[derive(Clone)]
pub struct EpochKey(pub(crate) Zeroizing<[u8; 32]>);

impl EpochKey {
    /// A new key from the randomness of the machine.
    #[must_use]
    pub fn generate() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        OsRng.fill_bytes(key.as_mut());
        Self(key)
    }

    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_bytes(key: [u8; 32]) -> Self {
        Self(Zeroizing::new(key))
    }

    /// Names the key without telling it: 16 bytes that HKDF-SHA-256 derives from it. The head of a file has them as `kid`.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        let mut id = [0; 16];
        let derived = Hkdf::<Sha256>::new(None, self.0.as_ref()).expand(ID, &mut id);
        debug_assert!(derived.is_ok(), "HKDF gives up to 8160 bytes");
        id
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EpochKey {}", hex(&self.id()))
    }
}
