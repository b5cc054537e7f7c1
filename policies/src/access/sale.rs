//! Selling: how a price is shared, what of it is still the buyer's, and what comes back.

use num_bigint::BigInt;
use num_traits::Zero;

/// Ten thousand basis points are the whole.
pub const BPS: u64 = 10_000;
/// The most that may be kept back of a refund, bps.
pub const MAX_PENALTY: u64 = 2_000;

/// How much has been used of what a deposit was paid for, and how much others have withheld: of a time, epochs; of counted uses,
/// uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// What was used.
    pub used: u64,
    /// What was withheld.
    pub withheld: u64,
    /// Of how much, with what is left.
    pub of: u64,
}

impl Spent {
    /// Of the epochs from `from` until `until` those that are over, of which `withheld` were withheld.
    pub fn of_time(from: i64, until: i64, now: i64, withheld: u64) -> Self {
        let epochs = |to: i64| u64::try_from(to.saturating_sub(from)).unwrap_or(0);
        let (of, over) = (epochs(until), epochs(now.min(until)));
        let withheld = withheld.min(over);
        Self {
            used: over.saturating_sub(withheld),
            withheld,
            of,
        }
    }

    /// Of uses those that are not left.
    pub fn of_uses(left: u64, of: u64) -> Self {
        Self {
            used: of.saturating_sub(left),
            withheld: 0,
            of,
        }
    }

    /// What is left.
    pub fn left(self) -> u64 {
        self.of.saturating_sub(self.used).saturating_sub(self.withheld)
    }
}

/// What has become of a deposit: atto.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Earned by those who share the price.
    pub earned: BigInt,
    /// Gone back to the buyer.
    pub returned: BigInt,
}

/// Shares an amount. The referrer gets its part of all, the others theirs of what is left then; each part is rounded down, and
/// what the divisions leave goes to the first of the others, so that the parts come to the amount.
pub fn split_down(amount: &BigInt, referrer_bps: u64, shares: &[u64]) -> (BigInt, Vec<BigInt>) {
    split_last_down(&BigInt::zero(), amount, referrer_bps, shares)
}

/// Shares what was earned since less was, so that it does not matter how often something is shared: each has its part of all that
/// was earned, rounded down, and what the divisions leave waits.
pub fn split_more_down(
    before: &BigInt,
    earned: &BigInt,
    referrer_bps: u64,
    shares: &[u64],
) -> (BigInt, Vec<BigInt>) {
    let (then, now) = (
        parts_of(before, referrer_bps, shares),
        parts_of(earned, referrer_bps, shares),
    );
    let parts = now.1.into_iter().zip(then.1).map(|(now, then)| now - then);
    (now.0 - then.0, parts.collect())
}

/// The same when nothing more will be earned: what the divisions have left goes to the first of the others.
pub fn split_last_down(
    before: &BigInt,
    earned: &BigInt,
    referrer_bps: u64,
    shares: &[u64],
) -> (BigInt, Vec<BigInt>) {
    let mut split = split_more_down(before, earned, referrer_bps, shares);
    if let Some(first) = split.1.first_mut() {
        *first += unshared(earned, referrer_bps, shares);
    }
    split
}

/// What the divisions leave of what was earned, until all is.
pub fn unshared(earned: &BigInt, referrer_bps: u64, shares: &[u64]) -> BigInt {
    earned - sum(&parts_of(earned, referrer_bps, shares))
}

/// The parts of an amount, each rounded down.
fn parts_of(amount: &BigInt, referrer_bps: u64, shares: &[u64]) -> (BigInt, Vec<BigInt>) {
    let referrer = part_down(amount, referrer_bps, BPS);
    let rest = amount - &referrer;
    let parts = shares.iter().map(|bps| part_down(&rest, *bps, BPS));
    (referrer, parts.collect())
}

fn sum((referrer, parts): &(BigInt, Vec<BigInt>)) -> BigInt {
    parts.iter().sum::<BigInt>() + referrer
}

/// What has become of a deposit by what was spent of it: what was used is earned, what was withheld goes back, both rounded down. It
/// depends on nothing but what was spent, so asking more often changes nothing; and nothing that was earned or returned before is
/// taken back. A deposit for nothing is earned.
pub fn parts_down(deposit: &BigInt, before: &Parts, spent: Spent) -> Parts {
    if spent.of == 0 {
        let returned = before.returned.clone();
        let earned = deposit - &returned;
        return Parts { earned, returned };
    }
    let earned = part_down(deposit, spent.used, spent.of).max(before.earned.clone());
    let earned = earned.min(deposit - &before.returned);
    let returned = part_down(deposit, spent.withheld, spent.of).max(before.returned.clone());
    let returned = returned.min(deposit - &earned);
    Parts { earned, returned }
}

/// What has become of a deposit when its buyer gives up what is left: that goes back less the penalty, both rounded against the
/// buyer, as does what was withheld. All the rest is earned.
pub fn refund_down(deposit: &BigInt, before: &Parts, spent: Spent, penalty_bps: u64) -> Parts {
    let Parts { earned, returned } = parts_down(deposit, before, spent);
    let most = deposit - earned - &returned;
    let unspent = part_down(deposit, spent.left(), spent.of).min(most);
    let penalty = part_up(&unspent, penalty_bps, BPS);
    let returned = returned + unspent - penalty;
    let earned = deposit - &returned;
    Parts { earned, returned }
}

/// What becomes of a deposit when all of it that was not earned before goes back.
pub fn all_back(deposit: &BigInt, before: Parts) -> Parts {
    let earned = before.earned;
    let returned = deposit - &earned;
    Parts { earned, returned }
}

/// What a part of what is left is worth, for giving it to somebody else without a refund: rounded up.
pub fn worth_up(escrow: &BigInt, part: u64, left: u64) -> BigInt {
    part_up(escrow, part, left)
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
