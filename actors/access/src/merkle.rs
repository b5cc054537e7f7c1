//! Merkle trees that are built outside the chain, in the form of OpenZeppelin's StandardMerkleTree.

use holdfast_api::access::{AccessError, MAX_PROOF};
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::{ActorError, Runtime};

/// Refuses a path that is longer than any, or not made of hashes.
///
/// # Errors
/// [`AccessError::InvalidProof`].
pub(crate) fn require_path(path: &[u8]) -> Result<(), ActorError> {
    let (hashes, rest) = path.as_chunks::<32>();
    if hashes.len() <= MAX_PROOF && rest.is_empty() {
        return Ok(());
    }
    let (len, max) = (path.len(), MAX_PROOF);
    Err(AccessError::InvalidProof { len, max }.into())
}

/// Whether some bytes are under a root. `path` has the hashes beside the way up, 32 bytes each.
pub(crate) fn is_under<R: Runtime>(rt: &R, root: &[u8; 32], bytes: &[u8], path: &[u8]) -> bool {
    let keccak = |data: &[u8]| rt.hash(Hash::Keccak256, data);
    // A leaf is hashed twice, so that no inner node can be taken for one.
    let leaf = keccak(&keccak(bytes));
    let (hashes, rest) = path.as_chunks::<32>();
    let climbed = hashes.iter().fold(leaf, |below, beside| {
        let (first, second) = if below <= *beside {
            (below, *beside)
        } else {
            (*beside, below)
        };
        keccak(&[first, second].concat())
    });
    rest.is_empty() && climbed == *root
}
