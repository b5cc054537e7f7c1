//! What data sets, grants and rules are made of, in plain words.

use super::cast::Named;

pub(super) const READ: u8 = 2;
pub(super) const GRANT: u8 = 8;
pub(super) const ADMIN: u8 = 16;

/// A mask with what its actions imply; none if it is no mask.
pub(super) fn closed(mask: u8) -> Option<u8> {
    let implied = [0b0_0001, 0b0_0011, 0b0_0111, 0b0_1000, 0b1_1111];
    let bits = (0..5).filter(|bit| mask & (1 << bit) != 0);
    (1..32)
        .contains(&mask)
        .then(|| bits.fold(0, |all, bit| all | implied[bit as usize]))
}

/// The bit of a mask with one action.
pub(super) fn is_one(mask: u8) -> bool {
    mask < 32 && mask.count_ones() == 1
}

/// A part of a data set: a path, the empty one for all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part(pub(super) &'static str);

impl Part {
    pub(super) const ALL: Self = Self("");
    /// Parts that are some, the largest first.
    pub(super) const GOOD: [Self; 5] = [Self(""), Self("a"), Self("a/b"), Self("a/bc"), Self("d")];
    /// A part that is none.
    pub(super) const BAD: Self = Self("a//b");

    pub(super) fn is_good(self) -> bool {
        self != Self::BAD
    }

    pub(super) fn covers(self, part: Self) -> bool {
        let (outer, inner): (Vec<_>, Vec<_>) = (self.0.split('/').collect(), part.0.split('/').collect());
        self == Self::ALL || inner.starts_with(&outer)
    }
}

/// What is given.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) actions: u8,
    pub(super) part: Part,
    pub(super) start: Option<i64>,
    pub(super) end: Option<i64>,
    pub(super) uses: Option<u64>,
    /// Capacity, refill and period.
    pub(super) rate: Option<(u64, u64, u64)>,
    pub(super) revocable: bool,
    pub(super) terms: u64,
}

/// A rule of a data set.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) part: Part,
    pub(super) actions: u8,
    pub(super) requires: Option<Plan>,
    pub(super) opens: Option<Plan>,
    pub(super) sealed: bool,
}

/// A policy as a tree.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    Group(u64),
    Window(i64, Option<i64>),
    Is(Named),
    Accepted,
    /// On a list, of which nobody brings a proof.
    Listed(u64),
    /// What was bought by a plan counts.
    Paid(u64),
    Not(Box<Plan>),
    /// So many of these.
    Of(u8, Vec<Plan>),
}

impl Plan {
    /// Levels, and whether every node has as many children as it needs.
    fn measure(&self) -> (usize, bool) {
        match self {
            Self::Not(inner) => {
                let (levels, good) = inner.measure();
                (levels + 1, good)
            }
            Self::Of(needed, inner) => {
                let below: Vec<_> = inner.iter().map(Self::measure).collect();
                let levels = below.iter().map(|(levels, _)| levels).max();
                let good = below.iter().all(|(_, good)| *good) && *needed >= 1;
                (
                    levels.map_or(1, |levels| levels + 1),
                    good && usize::from(*needed) <= inner.len(),
                )
            }
            Self::Window(start, end) => (1, end.is_none_or(|end| *start < end)),
            _ => (1, true),
        }
    }

    pub(super) fn is_good(&self) -> bool {
        let (levels, good) = self.measure();
        good && levels <= 4
    }

    /// Everybody whom it names.
    pub(super) fn named(&self) -> Vec<Named> {
        match self {
            Self::Is(named) => vec![*named],
            Self::Not(inner) => inner.named(),
            Self::Of(_, inner) => inner.iter().flat_map(Self::named).collect(),
            _ => Vec::new(),
        }
    }
}

impl Plan {
    /// All that it asks.
    pub(super) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::Not(inner) => inner.leaves(),
            Self::Of(_, inner) => inner.iter().flat_map(Self::leaves).collect(),
            leaf => vec![leaf],
        }
    }
}

/// How fast a grant may be used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    pub(super) capacity: u64,
    pub(super) refill: u64,
    pub(super) period: u64,
    level: u64,
    since: i64,
}

impl Bucket {
    pub(super) fn full((capacity, refill, period): (u64, u64, u64), now: i64) -> Self {
        Self {
            capacity,
            refill,
            period,
            level: capacity,
            since: now,
        }
    }

    /// Fills it period by period.
    fn filled(mut self, now: i64) -> Self {
        while self.since + self.period as i64 <= now {
            self.since += self.period as i64;
            self.level = (self.level + self.refill).min(self.capacity);
        }
        self
    }

    pub(super) fn level(self, now: i64) -> u64 {
        self.filled(now).level
    }

    pub(super) fn take(&mut self, uses: u64, now: i64) {
        *self = self.filled(now);
        self.level -= uses;
    }
}
