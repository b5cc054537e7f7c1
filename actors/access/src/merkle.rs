//! Merkle trees that are built outside the chain, in the form of OpenZeppelin's StandardMerkleTree.

use holdfast_runtime::Runtime;
use holdfast_runtime::runtime::Hash;

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
