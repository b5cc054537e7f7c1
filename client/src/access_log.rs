//! The log of a gateway, under a root. Entries keep their order, so a number is a place.

use crate::error::{Error, Result};
use crate::tree::{Hash, climb, leaf, root};

/// The longest entry, in bytes.
pub const MAX_ENTRY: usize = 1024;

/// The entries of a log as leaves of a tree, in their order. It takes 32 bytes of memory an entry, and 32 more
/// while it climbs.
#[derive(Clone, Debug, Default)]
pub struct AccessLog {
    leaves: Vec<Hash>,
}

impl AccessLog {
    /// A log without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends an entry.
    ///
    /// # Errors
    /// When it is longer than [`MAX_ENTRY`].
    pub fn push(&mut self, entry: &[u8]) -> Result<()> {
        if entry.len() > MAX_ENTRY {
            return Err(Error::EntryTooLong {
                entry: self.count(),
                limit: MAX_ENTRY,
            });
        }
        self.leaves.push(leaf(entry));
        Ok(())
    }

    /// How many entries it has.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// The root, which the gateway gives to the actor.
    ///
    /// # Errors
    /// Without entries.
    pub fn root(&self) -> Result<Hash> {
        root(self.leaves.clone()).ok_or(Error::Empty("log"))
    }

    /// The path from the entry with this number to the root.
    ///
    /// # Errors
    /// When there is no such entry.
    pub fn prove(&self, entry: u64) -> Result<Vec<Hash>> {
        let count = self.count();
        let at = usize::try_from(entry).ok().filter(|_| entry < count);
        let climbed = at.and_then(|at| climb(self.leaves.clone(), at));
        climbed
            .map(|climb| climb.path)
            .ok_or(Error::NoEntry { entry, count })
    }
}
