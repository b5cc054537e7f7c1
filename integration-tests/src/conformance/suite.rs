//! Running the cases of a suite and telling which failed.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Cast, Stage, Subject};
use crate::World;

/// One sentence of a suite, and how it is tried.
pub struct Case<S: ?Sized + 'static> {
    /// The sentence.
    pub name: &'static str,
    /// Panics when it does not hold.
    pub run: fn(&mut Stage<S>),
}

/// Functions as cases under their own names.
macro_rules! cases {
    ($($($part:ident)::+),+ $(,)?) => {
        &[$($crate::conformance::Case {
            name: $crate::conformance::suite::last(stringify!($($part)::+)),
            run: $($part)::+,
        }),+]
    };
}
pub(crate) use cases;

/// What follows the last colon of a path.
pub(crate) const fn last(path: &'static str) -> &'static str {
    let bytes = path.as_bytes();
    let mut start = bytes.len();
    while start > 0 && bytes[start - 1] != b':' && bytes[start - 1] != b' ' {
        start -= 1;
    }
    path.split_at(start).1
}

/// A case that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The case.
    pub case: &'static str,
    /// What it said.
    pub why: String,
}

/// Tries cases, each from a fork of one world with one instance; gives those that do not hold.
pub fn failures<'a, S: Subject + ?Sized + 'static>(
    cases: impl IntoIterator<Item = &'a Case<S>>,
    subject: &'static S,
    cast: fn(&World) -> Cast,
) -> Vec<Failed> {
    let stage = Stage::new(subject, cast);
    let tried = cases.into_iter().map(|case| {
        let mut fork = stage.fork();
        let ended = catch_unwind(AssertUnwindSafe(|| (case.run)(&mut fork)));
        ended.err().map(|panic| Failed {
            case: case.name,
            why: text(panic.as_ref()),
        })
    });
    tried.flatten().collect()
}

/// Tries every case, each from a fork of one world with one instance.
///
/// # Panics
/// When cases do not hold, naming each.
pub fn check<S: Subject + ?Sized + 'static>(
    cases: &[Case<S>],
    subject: &'static S,
    cast: fn(&World) -> Cast,
) {
    let failed = failures(cases, subject, cast);
    let list: Vec<String> = failed
        .iter()
        .map(|Failed { case, why }| format!("{case}: {why}"))
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} cases do not hold:\n  {}",
        failed.len(),
        cases.len(),
        list.join("\n  ")
    );
}

fn text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}
