//! How long what is held up, as plainly as it can be said.

use std::ops::Range;

use super::super::cast::Who;
use super::super::library::{Grant, Library};
use super::super::operation::{Call, Seen};
use super::super::sales::Sale;
use super::super::shelves::Shelf;
use super::super::terms::closed;
use super::{Announced, Announcement, Delaying, Power, What};

/// What is ready can be done for a week.
const WEEK: i64 = 20_160;
/// A delay is cut no sooner than in five days.
const FIVE_DAYS: i64 = 14_400;

impl Library {
    /// How long a delay is now.
    pub(super) fn length(&self, data_set: u64, what: What) -> i64 {
        let set = self.delays.lengths.get(&(data_set, what));
        let mut begun = set.into_iter().flatten().filter(|(from, _)| *from <= self.epoch);
        begun.next_back().map_or(0, |(_, length)| *length)
    }

    /// From when on a delay has a length that is set now: at once if it is longer, else after the difference, and no sooner
    /// than after five days.
    pub(super) fn holds_from(&self, data_set: u64, what: What, length: i64) -> i64 {
        let present = self.length(data_set, what);
        if length >= present {
            return self.epoch;
        }
        self.epoch + (present - length).max(FIVE_DAYS)
    }

    /// A data set as its next owner would see it.
    pub(in super::super) fn seen(&self, data_set: u64) -> Seen {
        let head = self.data_set(data_set).expect("a data set");
        let of = self.delays.lengths.iter().filter(|((of, _), _)| *of == data_set);
        let longest = of.flat_map(|((_, what), set)| {
            let coming = set.iter().filter(|(from, _)| *from > self.epoch);
            let coming = coming.map(|(_, length)| *length);
            coming.chain([self.length(data_set, *what)]).collect::<Vec<i64>>()
        });
        Seen {
            keep: head.offer.is_some_and(|(_, keep)| keep),
            generation: head.generation,
            policy_version: head.policy_version,
            terms: head.terms,
            frozen: head.is_frozen(),
            max_delay: longest.max().unwrap_or(0) as u64,
        }
    }

    /// How much later than it is made a grant of some actions begins: the longest delay among them and what they imply.
    pub(in super::super) fn grant_delay(&self, data_set: u64, actions: u8) -> i64 {
        let all = closed(actions).unwrap_or(0);
        let each = (0..5).map(|bit| 1 << bit).filter(|action| all & action != 0);
        let lengths = each.map(|action| self.length(data_set, What::Grant(action)));
        lengths.max().unwrap_or(0)
    }

    /// When a grant begins that is made now. Only where there is no delay it may have begun before.
    pub(in super::super) fn first_epoch(&self, data_set: u64, actions: u8, asked: Option<i64>) -> i64 {
        let asked = asked.unwrap_or(self.epoch).max(0);
        match self.grant_delay(data_set, actions) {
            0 => asked,
            delay => asked.max(self.epoch + delay),
        }
    }

    /// Whether a grant has not begun that a delay held up: until then it can be stopped.
    pub(in super::super) fn waits(&self, grant: &Grant) -> bool {
        self.epoch < grant.start && grant.held_up
    }

    /// When a call can be made that is announced now.
    pub(super) fn ready(&self, announcement: &Announcement) -> i64 {
        let power = power(&announcement.call);
        let delay = power.map_or(0, |power| self.length(announcement.data_set, What::Power(power)));
        let soonest = self.epoch + delay;
        announcement.at.map_or(soonest, |at| at.max(soonest))
    }

    /// The power that a call uses. What closes uses none.
    pub(super) fn used_power(&self, call: &Call) -> Option<Power> {
        let closes = match call {
            Call::OfferDataSet { to, .. } => to.is_none(),
            Call::Suspend { at, until } => {
                let grant = self.grant(at.data_set, at.subject.who, at.grant);
                let rests_until = grant.map_or(0, |grant| grant.suspended_until);
                let opens = self.epoch < rests_until && (*until).max(0) < rests_until;
                !opens
            }
            _ => false,
        };
        power(call).filter(|_| !closes)
    }

    /// When that was closed which a call opens again: an announcement from before is for something else.
    pub(super) fn closed(&self, call: &Call) -> i64 {
        match call {
            Call::Unfreeze { data_set } => {
                let frozen = self.data_set(*data_set).filter(|head| head.is_frozen());
                frozen
                    .and_then(|head| head.freezes.last())
                    .map_or(0, |(since, _)| *since)
            }
            Call::Suspend { at, .. } => {
                let grant = self.grant(at.data_set, at.subject.who, at.grant);
                grant
                    .and_then(|grant| grant.rests.last())
                    .map_or(0, |(since, _)| *since)
            }
            _ => 0,
        }
    }

    /// What was announced of a call, by the one who makes it.
    pub(super) fn announced(&self, data_set: u64, by: Who, call: &Call) -> Option<&Announced> {
        let all = self.delays.announced.get(&data_set);
        all.into_iter().flatten().find(|found| found.is(by, call))
    }
}

impl Announced {
    /// Whether this is the very same call of the very same caller.
    pub(super) fn is(&self, by: Who, call: &Call) -> bool {
        self.by == by && format!("{call:?}") == format!("{:?}", self.call)
    }

    /// When it can be made.
    pub(super) fn window(&self) -> Range<i64> {
        self.ready..self.ready + WEEK
    }
}

/// The power by which a method is held up; none if it never is.
pub(super) fn power(call: &Call) -> Option<Power> {
    Some(match call {
        Call::SetRule { .. } | Call::RemoveRule { .. } | Call::SetAllowList { .. } => Power::Rules,
        Call::SetTerms { .. } => Power::Terms,
        Call::SetContent { .. } => Power::Content,
        Call::OfferDataSet { .. } | Call::SetGuardian { .. } => Power::Handover,
        Call::Sale(Sale::Create(_) | Sale::Change { .. }) => Power::Selling,
        Call::Shelf(Shelf::PutEnvelopes { .. } | Shelf::DropEnvelopes { .. } | Shelf::SetGateway { .. }) => {
            Power::Keys
        }
        Call::Unfreeze { .. } | Call::Suspend { .. } => Power::Unfreeze,
        Call::Delay(Delaying::Set { .. }) => Power::Delays,
        _ => return None,
    })
}
