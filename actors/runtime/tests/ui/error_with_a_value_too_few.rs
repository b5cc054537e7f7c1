//! A Solidity error with another number of values than its signature has.

use holdfast_runtime::errors;

errors! {
    /// What it refuses.
    pub enum Refusal {
        /// Raised when it is full.
        64 Full { height: u64, limit: u64 } = "{height} of {limit}", solidity "Full(uint256,uint256)" (height);
    }
}

fn main() {}
