//! Selling: how a price is shared, what of it is still the buyer's, and what comes back.

use num_bigint::BigInt;
use num_traits::Zero;

/// Ten thousand basis points are the whole.
pub const BPS: u64 = 10_000;
/// The most that may be kept back of a refund, bps.
pub const MAX_PENALTY: u64 = 2_000;

/// How much of what was bought has not been used: of a time, epochs; of counted uses, uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// What is left.
    pub left: u64,
    /// Of how much.
    pub of: u64,
}

impl Unused {
    /// Of the epochs from `from` until `until` those that are to come.
    pub fn of_time(from: i64, until: i64, now: i64) -> Self {
        let epochs = |since: i64| u64::try_from(until.saturating_sub(since)).unwrap_or(0);
        Self {
            left: epochs(now.max(from)),
            of: epochs(from),
        }
    }
}

/// Until when time that was bought is earned: until now, or until others began to withhold it, if they still do.
pub fn earned_until(now: i64, withheld_since: impl IntoIterator<Item = i64>) -> i64 {
    withheld_since.into_iter().fold(now, i64::min)
}

/// Shares an amount. The referrer gets its part of all, the others theirs of what is left then; each part is rounded down, and
/// what the divisions leave goes to the first of the others, so that the parts come to the amount.
pub fn split_down(amount: &BigInt, referrer_bps: u64, shares: &[u64]) -> (BigInt, Vec<BigInt>) {
    let referrer = part_down(amount, referrer_bps, BPS);
    let rest = amount - &referrer;
    let mut parts: Vec<BigInt> = shares.iter().map(|bps| part_down(&rest, *bps, BPS)).collect();
    let given: BigInt = parts.iter().sum();
    if let Some(first) = parts.first_mut() {
        *first += &rest - given;
    }
    (referrer, parts)
}

/// What of an escrow the seller has earned: rounded down, so that the buyer's part is always there.
pub fn earned_down(escrow: &BigInt, unused: Unused) -> BigInt {
    escrow - part_up(escrow, unused.left, unused.of)
}

/// What a buyer gets back who gives up what is unused: its part of the escrow less the penalty, both rounded against the buyer.
pub fn refund_down(escrow: &BigInt, unused: Unused, penalty_bps: u64) -> BigInt {
    let unspent = part_down(escrow, unused.left, unused.of);
    let penalty = part_up(&unspent, penalty_bps, BPS);
    unspent - penalty
}

/// What a part of the unused is worth, for giving it to somebody else without a refund: rounded up.
pub fn worth_up(escrow: &BigInt, part: Unused) -> BigInt {
    part_up(escrow, part.left, part.of)
}

/// `amount * part / whole`, rounded down; nothing of nothing.
fn part_down(amount: &BigInt, part: u64, whole: u64) -> BigInt {
    if whole == 0 {
        return BigInt::zero();
    }
    amount * part.min(whole) / whole
}

/// `amount * part / whole`, rounded up; nothing of nothing.
fn part_up(amount: &BigInt, part: u64, whole: u64) -> BigInt {
    if whole == 0 {
        return BigInt::zero();
    }
    amount - part_down(amount, whole.saturating_sub(part), whole)
}
