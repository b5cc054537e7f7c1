//! The double for tests with random messages, where nothing has to be said beforehand.

use fvm_shared::ActorID;
use fvm_shared::address::{Address, Payload};
use fvm_shared::event::ActorEvent;

use super::Mock;
use crate::runtime::Runtime;

impl Mock {
    /// A machine like [`Mock::new`] where every send succeeds and brings nothing back, as with accounts, unless what comes
    /// of it was said; one to a key address creates its account; and every event is kept.
    pub fn unwatched() -> Self {
        let mut mock = Self::new();
        mock.watched = false;
        mock
    }

    /// The events of an unwatched machine, oldest first.
    pub fn emitted(&self) -> &[ActorEvent] {
        &self.emitted
    }

    /// Whom a send to this address creates.
    pub(super) fn born(&self, to: &Address) -> Option<(Address, ActorID)> {
        let is_key = !matches!(to.payload(), Payload::ID(_) | Payload::Actor(_));
        let last = self.actors.keys().next_back();
        let next = last.map_or(0, |last| last.saturating_add(1));
        (is_key && self.resolve(to).is_none()).then_some((*to, next))
    }
}
