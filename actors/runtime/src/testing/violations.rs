//! Broken invariants, all of them, each by name.

use crate::error::ActorError;

/// What is wrong with a state. A check adds to it instead of stopping at the first finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Vec<String>);

impl Violations {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records that the invariant `name` is broken unless `holds`.
    pub fn require(&mut self, name: &str, holds: bool, detail: impl FnOnce() -> String) {
        if !holds {
            self.0.push(format!("{name}: {}", detail()));
        }
    }

    /// Records that a check itself failed, e.g. for a missing block.
    pub fn note<T>(&mut self, name: &str, result: Result<T, ActorError>) -> Option<T> {
        result.map_err(|e| self.0.push(format!("{name}: {e}"))).ok()
    }

    /// Takes over those of a part, with its name in front.
    pub fn absorb(&mut self, part: &str, others: Self) {
        self.0
            .extend(others.0.into_iter().map(|text| format!("{part}: {text}")));
    }

    /// All of them.
    pub fn list(&self) -> &[String] {
        &self.0
    }

    /// Stops a test that left something broken.
    ///
    /// # Panics
    /// When there are any.
    #[track_caller]
    pub fn assert_none(&self) {
        assert!(self.0.is_empty(), "broken invariants:\n  {}", self.0.join("\n  "));
    }
}
