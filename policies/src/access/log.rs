//! Logs of what a gateway gave out, one after the other.

use super::span::Span;

/// Why a log cannot follow the last one of its gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLog {
    /// It has no entries.
    Empty,
    /// Its epochs are none, or not all of them are past.
    Span,
    /// It begins before the last one ended.
    Overlaps,
}

/// Refuses a log that could not be complete, or that could say something else than another one about the same epochs.
/// `last_end` is where the gateway's last log ended, 0 if there is none.
///
/// # Errors
/// [`NoLog`].
pub fn require_next(count: u64, (from, to): (i64, i64), last_end: i64, now: i64) -> Result<(), NoLog> {
    let span = Span {
        start: from,
        end: Some(to),
    };
    if count == 0 {
        Err(NoLog::Empty)
    } else if span.is_empty() || to > now || from < 0 {
        Err(NoLog::Span)
    } else if from < last_end {
        Err(NoLog::Overlaps)
    } else {
        Ok(())
    }
}
