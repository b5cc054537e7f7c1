//! Delays: time for those who watch over a data set, after OpenZeppelin's AccessManager.
//!
//! A grant delay holds a grant up after it was made, an execution delay a call after it was announced. Neither can be cut
//! and used at once: a shorter delay holds when the longer one would have been over.

use super::action::{Action, Actions};
use super::span::Span;

/// A cut takes effect no sooner than so many epochs after it was decided: 5 days.
pub const MIN_SETBACK: i64 = 14_400;
/// The longest delay, epochs: 10 years of 365 days.
pub const MAX_DELAY: i64 = 10_512_000;
/// For so many epochs a scheduled operation can be carried out once it is ready: a week.
pub const LIFETIME: i64 = 20_160;

/// How long a delay is, and will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// Epochs, before `from`.
    pub before: i64,
    /// Epochs, from `from` on.
    pub after: i64,
    /// The first epoch at which `after` holds.
    pub from: i64,
}

impl Length {
    /// Its length at an epoch.
    pub fn at(self, now: i64) -> i64 {
        if now < self.from { self.before } else { self.after }
    }

    /// Whether another length is still to come.
    pub fn is_pending(self, now: i64) -> bool {
        now < self.from
    }

    /// The delay after it was set at an epoch. A longer one holds at once. A shorter one holds when the difference has
    /// passed, and no sooner than [`MIN_SETBACK`]: what is announced then is ready when it would have been without the cut.
    #[must_use]
    pub fn set(self, length: i64, now: i64) -> Self {
        let before = self.at(now);
        let setback = if length < before {
            before.saturating_sub(length).max(MIN_SETBACK)
        } else {
            0
        };
        Self {
            before,
            after: length,
            from: now.saturating_add(setback),
        }
    }
}

/// The greatest delay among actions.
pub fn greatest(actions: Actions, of: impl Fn(Action) -> i64) -> i64 {
    let each = Action::ALL.into_iter().filter(|action| actions.contains(*action));
    each.map(of).max().unwrap_or(0)
}

/// When a grant begins: at the epoch that was asked for, or as soon as a delay allows. Without a delay it may have begun.
pub fn first_epoch(asked: Option<i64>, delay: i64, now: i64) -> i64 {
    let asked = asked.unwrap_or(now).max(0);
    if delay > 0 {
        asked.max(now.saturating_add(delay))
    } else {
        asked
    }
}

/// When an operation can be carried out that is scheduled now.
pub fn window(asked: Option<i64>, delay: i64, now: i64) -> Span {
    let ready = now.saturating_add(delay).max(asked.unwrap_or(now));
    opened(ready)
}

/// When an operation can be carried out that is ready at an epoch.
pub fn opened(ready: i64) -> Span {
    Span {
        start: ready,
        end: Some(ready.saturating_add(LIFETIME)),
    }
}
