//! Half-open intervals of epochs.

/// From `start` on, and no longer at `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first epoch of it.
    pub start: i64,
    /// The first epoch after it; none if it never ends.
    pub end: Option<i64>,
}

impl Span {
    /// All epochs.
    pub const ALWAYS: Self = Self { start: 0, end: None };

    /// Whether an epoch lies in it.
    pub fn contains(&self, epoch: i64) -> bool {
        self.start <= epoch && !self.is_over(epoch)
    }

    /// Whether it lies before an epoch.
    pub fn is_over(&self, epoch: i64) -> bool {
        self.end.is_some_and(|end| end <= epoch)
    }

    /// Whether no epoch lies in it.
    pub fn is_empty(&self) -> bool {
        self.is_over(self.start)
    }

    /// How many epochs lie in it; none in one that never ends is more than anybody counts.
    pub fn epochs(&self) -> u64 {
        let end = self.end.unwrap_or(i64::MAX);
        u64::try_from(end.saturating_sub(self.start)).unwrap_or(0)
    }

    /// The epochs of both.
    pub fn within(self, outer: Self) -> Self {
        let start = self.start.max(outer.start);
        let end = match (self.end, outer.end) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { start, end }
    }

    /// Whether all of its epochs lie in another one.
    pub fn is_within(&self, outer: Self) -> bool {
        self.within(outer) == *self
    }
}
