//! Three-valued logic (Kleene's): what cannot be known is neither true nor false, and only true opens.

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// Nobody can say: whoever was asked failed, was out of gas, or answered nonsense.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Whether it opens.
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Of so many conditions, how many hold and how many may hold, at least `needed` have to.
    pub fn at_least(needed: usize, hold: usize, may_hold: usize) -> Self {
        if hold >= needed {
            Self::True
        } else if may_hold >= needed {
            Self::Unknown
        } else {
            Self::False
        }
    }
}

/// Not unknown is unknown.
impl core::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

/// An answer, or none.
impl From<Option<bool>> for Truth {
    fn from(answer: Option<bool>) -> Self {
        answer.map_or(Self::Unknown, Self::from)
    }
}
