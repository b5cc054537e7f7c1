//! The hash of a map's keys: SHA2-256, by the machine's syscall on the chain.

use core::hash::Hasher;

use fvm_ipld_hamt::{Hash, HashAlgorithm};

/// SHA2-256 as the official maps use it, so that tools can read ours.
#[derive(Debug)]
pub(super) enum KeyHash {}

/// Collects what a key writes.
#[derive(Default)]
struct Collect(Vec<u8>);

impl Hasher for Collect {
    fn finish(&self) -> u64 {
        0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

impl HashAlgorithm for KeyHash {
    fn hash<X: Hash + ?Sized>(key: &X) -> [u8; 32] {
        let mut bytes = Collect::default();
        key.hash(&mut bytes);
        sha256(&bytes.0)
    }
}

#[cfg(target_arch = "wasm32")]
fn sha256(data: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    fvm_sdk::crypto::hash_into(
        fvm_shared::crypto::hash::SupportedHashes::Sha2_256,
        data,
        &mut digest,
    );
    digest
}

#[cfg(not(target_arch = "wasm32"))]
fn sha256(data: &[u8]) -> [u8; 32] {
    use multihash_codetable::{Code, MultihashDigest};
    let mut digest = [0; 32];
    digest.copy_from_slice(Code::Sha2_256.digest(data).digest());
    digest
}
