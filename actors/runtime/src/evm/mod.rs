//! The Ethereum side of an actor: addresses, calldata, errors, and the method that carries them.

mod abi;
mod address;
mod callback;
pub mod eip712;
pub mod erc1363;
pub mod face;

pub(crate) use abi::amount_word;
pub use abi::{Abi, Args, Bytes1, Bytes4, Bytes32, Uint48, decoded, error_string, revert_data};
pub use address::{EthAddress, canonical};
#[doc(hidden)]
pub use alloy_sol_types::SolType;
pub use callback::{Callback, is_magic};

use keccak_const::Keccak256;

/// The first four bytes of the Keccak-256 hash of a signature such as `transfer(address,uint256)`.
pub const fn selector(signature: &str) -> [u8; 4] {
    first_four(keccak(&[signature.as_bytes()]))
}

/// The selector of the method `name` with the argument types `types`, e.g. `(address,uint256)`, as a number.
pub const fn method_selector(name: &str, types: &str) -> u32 {
    u32::from_be_bytes(first_four(keccak(&[name.as_bytes(), types.as_bytes()])))
}

/// Topic 0 of the event `name` with the field types `types`.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn event_topic(name: &str, types: &[&str]) -> [u8; 32] {
    let mut hash = Keccak256::new().update(name.as_bytes()).update(b"(");
    let mut i = 0;
    while i < types.len() {
        if i > 0 {
            hash = hash.update(b",");
        }
        hash = hash.update(types[i].as_bytes());
        i += 1;
    }
    hash.update(b")").finalize()
}

/// Keccak-256 of the parts one after the other, at compile time.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn keccak(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Keccak256::new();
    let mut i = 0;
    while i < parts.len() {
        hash = hash.update(parts[i]);
        i += 1;
    }
    hash.finalize()
}

const fn first_four(hash: [u8; 32]) -> [u8; 4] {
    [hash[0], hash[1], hash[2], hash[3]]
}
