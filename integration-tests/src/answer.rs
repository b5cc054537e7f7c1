//! What came back, and what a story expects of it.

use alloy_sol_types::{Revert, SolError};
use fvm_shared::event::StampedEvent;
use holdfast_localnet::Receipt;

/// The exit code of an Ethereum face that reverts.
pub(crate) const REVERTED: u32 = 33;

/// What a message brought back.
#[must_use = "say what the message should do: `ok`, `refused` or `reverts`"]
#[derive(Debug)]
pub struct Answer<T> {
    /// The receipt.
    pub receipt: Receipt,
    pub(crate) value: Result<T, Failure>,
}

/// How a message failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: u32,
    /// The revert data of an Ethereum face; empty on a Filecoin call.
    pub revert: Vec<u8>,
    /// What the machine tells.
    pub why: String,
}

impl<T> From<Answer<T>> for Receipt {
    fn from(answer: Answer<T>) -> Self {
        answer.receipt
    }
}

impl<T> Answer<T> {
    /// The value of a message that succeeded.
    ///
    /// # Panics
    /// When it failed, with its reason.
    #[track_caller]
    pub fn ok(self) -> T {
        self.value
            .unwrap_or_else(|f| panic!("exit {}: {} (revert {:02x?})", f.code, f.why, f.revert))
    }

    /// The events of a message that succeeded.
    ///
    /// # Panics
    /// When it failed.
    #[track_caller]
    pub fn events(self) -> Vec<StampedEvent> {
        let events = self.receipt.events.clone();
        self.ok();
        events
    }

    /// The failure of a message that ended with this exit code.
    ///
    /// # Panics
    /// When it succeeded or ended with another code.
    #[track_caller]
    pub fn refused(self, code: u32) -> Failure {
        let failure = self.failure();
        assert_eq!(failure.code, code, "{}", failure.why);
        failure
    }

    /// Checks that the message reverted on the Ethereum face with exactly this error.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn reverts<E: SolError + PartialEq + std::fmt::Debug>(self, error: E) {
        let failure = self.failure();
        assert_eq!(failure.code, REVERTED, "{}", failure.why);
        match E::abi_decode_validate(&failure.revert) {
            Ok(found) => assert_eq!(found, error),
            Err(_) => panic!(
                "expected {error:?}, the revert data is {:02x?}: {}",
                failure.revert, failure.why
            ),
        }
    }

    /// Checks that the message reverted on the Ethereum face with a text, `Error(string)`, that has this in it.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn reverts_saying(self, part: &str) {
        let failure = self.refused(REVERTED);
        let text = Revert::abi_decode_validate(&failure.revert);
        let text = text.unwrap_or_else(|_| panic!("no text: {:02x?}: {}", failure.revert, failure.why));
        assert!(text.reason.contains(part), "{}", text.reason);
    }

    /// Checks that the message emitted these events and no others.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn emits(self, expected: &[StampedEvent]) -> Self {
        assert_eq!(self.receipt.events, expected, "{}", self.receipt.error);
        self
    }

    #[track_caller]
    fn failure(self) -> Failure {
        match self.value {
            Ok(_) => panic!("the message succeeded"),
            Err(failure) => failure,
        }
    }
}
