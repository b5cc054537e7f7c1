//! Delays: grants begin later, and calls are announced first.

mod chain;
mod draw;
mod effects;
mod refusals;
mod rule;

pub(super) use chain::{differences, message, numbers};

use std::collections::BTreeMap;

use super::cast::{Named, Who};
use super::operation::Call;

/// A call that has to do with them.
#[derive(Clone, Debug)]
pub(super) enum Delaying {
    Set {
        data_set: u64,
        what: What,
        /// Epochs.
        length: i64,
    },
    Schedule(Announcement),
    Cancel(Operation),
}

/// What is held up: grants that allow an action, as a mask; or a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Grant(u8),
    Power(Power),
}

/// What can be done to a data set and held up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Power {
    Rules,
    Terms,
    Content,
    Handover,
    Selling,
    Keys,
    Unfreeze,
    Delays,
}

impl Power {
    pub(super) const ALL: [Self; 8] = [
        Self::Rules,
        Self::Terms,
        Self::Content,
        Self::Handover,
        Self::Selling,
        Self::Keys,
        Self::Unfreeze,
        Self::Delays,
    ];
}

/// A call that is to be announced.
#[derive(Clone, Debug)]
pub(super) struct Announcement {
    /// The one that is said to be meant.
    pub(super) data_set: u64,
    pub(super) call: Box<Call>,
    pub(super) at: Option<i64>,
    /// Whether the last byte of the parameters is missing.
    pub(super) cut: bool,
}

/// An operation, as its id stands for it.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// Where it is looked for.
    pub(super) data_set: u64,
    pub(super) by: Who,
    pub(super) call: Box<Call>,
}

/// A call that was announced.
#[derive(Clone, Debug)]
pub(super) struct Announced {
    pub(super) by: Who,
    pub(super) call: Call,
    /// When it was announced.
    pub(super) since: i64,
    pub(super) ready: i64,
}

/// What of delays the model keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Delays {
    /// By data set: from which epoch on a delay has which length. The last that has begun counts.
    pub(super) lengths: BTreeMap<(u64, What), Vec<(i64, i64)>>,
    /// By data set, in the order in which they were announced.
    pub(super) announced: BTreeMap<u64, Vec<Announced>>,
}

impl Delaying {
    /// The method's name in the table.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Set { .. } => "SetDelay",
            Self::Schedule(_) => "Schedule",
            Self::Cancel(_) => "Cancel",
        }
    }

    /// Everybody whom it names.
    pub(super) fn named(&self) -> Vec<Named> {
        match self {
            Self::Set { .. } => Vec::new(),
            Self::Schedule(announcement) => announcement.call.named(),
            Self::Cancel(operation) => operation.call.named(),
        }
    }

    /// The data set that it is about.
    pub(super) fn data_set(&self) -> Option<u64> {
        match self {
            Self::Set { data_set, .. } => Some(*data_set),
            Self::Schedule(announcement) => Some(announcement.data_set),
            Self::Cancel(operation) => Some(operation.data_set),
        }
    }
}
