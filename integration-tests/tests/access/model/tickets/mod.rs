//! Tickets: answers that are written down for gateways.

mod chain;
mod draw;
mod effects;
mod refusals;
mod rule;

pub(super) use chain::{differences, message, numbers};

use std::collections::BTreeMap;

use super::cast::Who;
use super::decision::Asked;
use super::terms::Part;

/// A call that has to do with them.
#[derive(Clone, Debug)]
pub(super) enum Ticketing {
    Issue(Wanted),
    Prune { limit: u64 },
}

/// A ticket that somebody wants.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) data_set: u64,
    pub(super) part: Part,
    pub(super) action: u8,
    /// Epochs.
    pub(super) ttl: u64,
    pub(super) uses: u64,
}

/// What a ticket was issued by.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    Owner,
    Grant(u64),
    Policy,
}

/// A ticket that was issued.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) subject: Who,
    pub(super) wanted: Wanted,
    pub(super) by: By,
    /// The grants of which uses were counted for it.
    pub(super) counted: Vec<u64>,
    pub(super) generation: u64,
    pub(super) policy_version: u64,
    pub(super) issued: i64,
    pub(super) expires: i64,
}

/// Why a ticket does not count, and by which grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Expired,
    Frozen,
    Generation,
    NotOwner,
    Rules,
    /// The rules are as they were, and refuse by what has changed.
    Refused,
    Revoked(u64),
    Suspended(u64),
    Over(u64),
    Gone(u64),
}

/// What of tickets the model keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Tickets {
    /// How many were issued.
    pub(super) issued: u64,
    /// By number, from 1; those that were cleared away are not there.
    pub(super) kept: BTreeMap<u64, Ticket>,
}

impl Tickets {
    /// Whether uses of a grant were counted for a ticket whose time is not over.
    pub(super) fn need(&self, grant: u64, now: i64) -> bool {
        let mut open = self.kept.values().filter(|ticket| now < ticket.expires);
        open.any(|ticket| ticket.counted.contains(&grant))
    }
}

impl Wanted {
    pub(super) fn asked(&self, subject: Who, now: i64) -> Asked {
        Asked {
            data_set: self.data_set,
            subject,
            action: self.action,
            part: self.part,
            now,
        }
    }
}

impl Ticketing {
    /// The method's name in the table.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Issue(_) => "IssueTicket",
            Self::Prune { .. } => "PruneTickets",
        }
    }

    /// The data set that it is about.
    pub(super) fn data_set(&self) -> Option<u64> {
        match self {
            Self::Issue(wanted) => Some(wanted.data_set),
            Self::Prune { .. } => None,
        }
    }
}
