//! How an allowance is spent, raised and lowered.
//!
//! An allowance of 2^256 - 1 is without end, as in OpenZeppelin's ERC-20: spending leaves it as it is. Both faces
//! of a token follow this.

use num_bigint::BigInt;
use num_traits::Zero;

use crate::amount::{max_amount, spend};

/// Whether an allowance is never used up.
pub fn is_endless(allowance: &BigInt) -> bool {
    *allowance == max_amount()
}

/// What is left of an allowance after spending; none if it is not enough.
pub fn spend_allowance(allowance: &BigInt, spent: &BigInt) -> Option<BigInt> {
    if is_endless(allowance) {
        Some(allowance.clone())
    } else {
        spend(allowance, spent)
    }
}

/// A raised allowance. It saturates at 2^256 - 1, which is without end.
pub fn raise(allowance: &BigInt, by: &BigInt) -> BigInt {
    (allowance + by).min(max_amount())
}

/// A lowered allowance, at most to zero. An endless one is lowered as any number is.
pub fn lower(allowance: &BigInt, by: &BigInt) -> BigInt {
    (allowance - by).max(BigInt::zero())
}
