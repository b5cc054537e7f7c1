//! What is wrong with a call that has to do with tickets.

use super::super::refusals::{BATCH, INVALID_ACTIONS, INVALID_PAGE, INVALID_SCOPE, Search};
use super::super::terms::is_one;
use super::{Ticketing, Wanted};

const INVALID_TTL: u32 = 132;
const USES_NOT_COUNTED: u32 = 133;

/// How long a ticket counts, epochs.
const TTL: std::ops::RangeInclusive<u64> = 1..=2_880;

impl Search<'_> {
    /// What is wrong with it whatever it is about.
    pub(in super::super) fn ticket(&mut self, call: &Ticketing) {
        match call {
            Ticketing::Issue(wanted) => {
                self.add(!wanted.part.is_good(), INVALID_SCOPE);
                self.add(!is_one(wanted.action), INVALID_ACTIONS);
                self.add(!TTL.contains(&wanted.ttl), INVALID_TTL);
            }
            Ticketing::Prune { limit } => self.add(!BATCH.contains(limit), INVALID_PAGE),
        }
    }

    /// What is wrong with it in a data set that is there.
    pub(in super::super) fn ticket_of(&mut self, call: &Ticketing) {
        match call {
            Ticketing::Issue(wanted) if wanted.part.is_good() && is_one(wanted.action) => {
                let asked = wanted.asked(self.by, self.library.epoch);
                self.used(asked, wanted.uses);
                self.uncounted(wanted);
            }
            _ => {}
        }
    }

    /// Where uses are counted, a ticket counts some.
    fn uncounted(&mut self, wanted: &Wanted) {
        let (library, asked) = (self.library, wanted.asked(self.by, self.library.epoch));
        let own = library.entitled(asked, wanted.uses).flatten();
        let own = own.and_then(|id| library.grant(wanted.data_set, self.by, id));
        let chain = own.map(|own| library.chain(own)).unwrap_or_default();
        let counts = chain
            .iter()
            .any(|grant| grant.uses.is_some() || grant.bucket.is_some());
        self.add(counts && wanted.uses == 0, USES_NOT_COUNTED);
    }
}
