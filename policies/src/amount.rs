//! What an amount of tokens is: a whole number of atto-tokens from 0 to 2^256 - 1, as Ethereum counts.

use num_bigint::{BigInt, Sign};

/// The largest amount, 2^256 - 1.
pub fn max_amount() -> BigInt {
    BigInt::from_bytes_be(Sign::Plus, &[0xff; 32])
}

/// Whether a number is an amount.
pub fn is_amount(number: &BigInt) -> bool {
    number.sign() != Sign::Minus && number.bits() <= 256
}

/// What is left of `held` after `spent`; none if it is not enough.
pub fn spend(held: &BigInt, spent: &BigInt) -> Option<BigInt> {
    let left = held - spent;
    (left.sign() != Sign::Minus).then_some(left)
}
