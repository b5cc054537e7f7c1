//! Broken invariants, all of them, each by name.

use std::collections::BTreeSet;

use crate::error::ActorError;

/// What is wrong with a state, and what was looked at. A check adds to it instead of stopping at the first finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    found: Vec<String>,
    checked: BTreeSet<String>,
}

impl Violations {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records that the invariant `name` is broken unless `holds`.
    pub fn require(&mut self, name: &str, holds: bool, detail: impl FnOnce() -> String) {
        self.checked.insert(name.to_owned());
        if !holds {
            self.found.push(format!("{name}: {}", detail()));
        }
    }

    /// Records that a check itself failed, e.g. for a missing block.
    pub fn note<T>(&mut self, name: &str, result: Result<T, ActorError>) -> Option<T> {
        self.checked.insert(name.to_owned());
        result.map_err(|e| self.found.push(format!("{name}: {e}"))).ok()
    }

    /// Takes over those of a part, with its name in front.
    pub fn absorb(&mut self, part: &str, others: Self) {
        let labelled = |text: String| format!("{part}: {text}");
        self.found.extend(others.found.into_iter().map(labelled));
        self.checked.extend(others.checked.into_iter().map(labelled));
    }

    /// The names of all invariants that were checked.
    pub fn checked(&self) -> impl Iterator<Item = &str> {
        self.checked.iter().map(String::as_str)
    }

    /// All of them.
    pub fn list(&self) -> &[String] {
        &self.found
    }

    /// Stops a test that left something broken.
    ///
    /// # Panics
    /// When there are any.
    #[track_caller]
    pub fn assert_none(&self) {
        let found = &self.found;
        assert!(found.is_empty(), "broken invariants:\n  {}", found.join("\n  "));
    }
}
