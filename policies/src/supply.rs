//! How many tokens may exist, and who may make them.

use num_bigint::BigInt;

use crate::amount::spend;

/// The supply after a mint; none if it would exceed the cap.
pub fn mint(supply: &BigInt, amount: &BigInt, cap: &BigInt) -> Option<BigInt> {
    let after = supply + amount;
    (after <= *cap).then_some(after)
}

/// What a minter may still mint after `amount`; none if its cap is not enough. Unlike an allowance, a cap is
/// always used up: even the largest number is one.
pub fn use_minter_cap(cap: &BigInt, amount: &BigInt) -> Option<BigInt> {
    spend(cap, amount)
}

/// Whether a supply cap may become `new`: it only ever falls, and never below what exists.
pub fn may_become_cap(new: &BigInt, old: &BigInt, supply: &BigInt) -> bool {
    supply <= new && new <= old
}
