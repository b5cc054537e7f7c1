//! Token buckets: how often something may be done, with room for bursts.

/// What a bucket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The most it holds, uses.
    pub capacity: u64,
    /// Uses that come back every `per` epochs.
    pub refill: u64,
    /// Epochs, at least 1.
    pub per: u64,
    /// Uses that were in it at `since`.
    pub level: u64,
    /// The epoch from which the next refill is counted.
    pub since: i64,
}

impl Bucket {
    /// A full one; none if it would hold nothing, never refill, or refill in no time.
    pub fn full(capacity: u64, refill: u64, per: u64, now: i64) -> Option<Self> {
        (capacity > 0 && refill > 0 && per > 0).then_some(Self {
            capacity,
            refill,
            per,
            level: capacity,
            since: now,
        })
    }

    /// The bucket at an epoch. Only whole periods refill it: the division rounds down, and what is left of a period counts on.
    #[must_use]
    pub fn at(self, now: i64) -> Self {
        let elapsed = u64::try_from(now.saturating_sub(self.since)).unwrap_or(0);
        let periods = elapsed.checked_div(self.per).unwrap_or(0);
        let level = self.level.saturating_add(periods.saturating_mul(self.refill));
        let passed = i64::try_from(periods.saturating_mul(self.per)).unwrap_or(i64::MAX);
        Self {
            level: level.min(self.capacity),
            since: self.since.saturating_add(passed),
            ..self
        }
    }

    /// The bucket after some uses at an epoch; none if there are not as many in it.
    pub fn take(self, uses: u64, now: i64) -> Option<Self> {
        let bucket = self.at(now);
        let level = bucket.level.checked_sub(uses)?;
        Some(Self { level, ..bucket })
    }

    /// The epoch at which more will be in it, if nobody takes any.
    pub fn next_refill(self, now: i64) -> i64 {
        let per = i64::try_from(self.per).unwrap_or(i64::MAX);
        self.at(now).since.saturating_add(per)
    }
}
