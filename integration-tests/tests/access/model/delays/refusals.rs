//! What is wrong with a call that has to do with delays, or that one holds up.

use super::super::library::DataSet;
use super::super::operation::Call;
use super::super::refusals::{INVALID_ACTIONS, NOT_OWNER, Search, is_guardian};
use super::super::terms::is_one;
use super::rule::power;
use super::{Announcement, Delaying, Operation, What};

const INVALID_DELAY: u32 = 140;
const NEVER_DELAYED: u32 = 141;
const NOT_DELAYED: u32 = 142;
const INVALID_OPERATION: u32 = 143;
const ALREADY_SCHEDULED: u32 = 144;
const TOO_MANY_OPERATIONS: u32 = 145;
const NOT_SCHEDULED: u32 = 146;
const NOT_READY: u32 = 147;
const OPERATION_EXPIRED: u32 = 148;
const NO_OPERATION: u32 = 149;
const NOT_CANCELLER: u32 = 150;

/// Ten years, epochs.
const LENGTH: std::ops::RangeInclusive<i64> = 0..=10_512_000;
/// The most operations of a data set.
const MOST: usize = 64;

impl Search<'_> {
    /// What is wrong with it whatever it is about.
    pub(in super::super) fn delay(&mut self, call: &Delaying) {
        match call {
            Delaying::Set { what, length, .. } => {
                self.add(!LENGTH.contains(length), INVALID_DELAY);
                let several = matches!(what, What::Grant(action) if !is_one(*action));
                self.add(several, INVALID_ACTIONS);
            }
            Delaying::Schedule(announcement) => {
                let elsewhere = announcement.call.data_set() != Some(announcement.data_set);
                self.add(power(&announcement.call).is_none(), NEVER_DELAYED);
                self.add(announcement.cut || elsewhere, INVALID_OPERATION);
            }
            Delaying::Cancel(_) => {}
        }
    }

    /// What is wrong with it in a data set that is there.
    pub(in super::super) fn delay_of(&mut self, call: &Delaying, number: u64, head: &DataSet) {
        match call {
            Delaying::Set { .. } => self.add(head.owner != self.by, NOT_OWNER),
            Delaying::Schedule(announcement) => {
                self.right(&announcement.call, number, head);
                self.announced(announcement, number);
            }
            Delaying::Cancel(operation) => self.cancelled_operation(operation, head),
        }
    }

    /// Who announces a call has to have the right to make it.
    fn right(&mut self, call: &Call, number: u64, head: &DataSet) {
        match call {
            Call::OfferDataSet { .. }
            | Call::SetGuardian { .. }
            | Call::Unfreeze { .. }
            | Call::Delay(Delaying::Set { .. }) => self.add(head.owner != self.by, NOT_OWNER),
            _ => self.admin(number, head),
        }
    }

    fn announced(&mut self, announcement: &Announcement, number: u64) {
        let (library, now) = (self.library, self.library.epoch);
        let Some(power) = power(&announcement.call) else {
            return;
        };
        let delay = library.length(number, What::Power(power));
        self.add(delay == 0, NOT_DELAYED);
        let wait = library.ready(announcement) - now;
        self.add(!LENGTH.contains(&wait), INVALID_DELAY);
        let all = library.delays.announced.get(&number).into_iter().flatten();
        let open: Vec<_> = all.filter(|found| now < found.window().end).collect();
        let same = open.iter().any(|found| found.is(self.by, &announcement.call));
        self.add(same, ALREADY_SCHEDULED);
        self.add(open.len() >= MOST, TOO_MANY_OPERATIONS);
    }

    fn cancelled_operation(&mut self, operation: &Operation, head: &DataSet) {
        let Operation { data_set, by, call } = operation;
        let found = self.library.announced(*data_set, *by, call);
        self.add(found.is_none(), NO_OPERATION);
        let may = *by == self.by || is_guardian(head, self.by);
        self.add(found.is_some() && !may, NOT_CANCELLER);
    }

    /// What holds a call up. What is ready is made even if the delay is gone.
    pub(in super::super) fn held_up(&mut self, call: &Call, number: u64) {
        let (library, now) = (self.library, self.library.epoch);
        let Some(power) = library.used_power(call) else {
            return;
        };
        let found = library.announced(number, self.by, call);
        let found = found.filter(|found| found.since >= library.closed(call));
        let window = found.map(|found| found.window());
        let ready = window.as_ref().is_some_and(|window| window.contains(&now));
        if ready || library.length(number, What::Power(power)) == 0 {
            return;
        }
        self.add(window.is_none(), NOT_SCHEDULED);
        self.add(
            window.as_ref().is_some_and(|window| now < window.start),
            NOT_READY,
        );
        let over = window.is_some_and(|window| now >= window.end);
        self.add(over, OPERATION_EXPIRED);
    }
}
