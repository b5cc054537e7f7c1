//! Keys, logs and commitments.

mod chain;
mod draw;
mod effects;
mod refusals;

pub(super) use chain::{differences, message, numbers};

use std::collections::BTreeMap;

use super::cast::{Named, Who};
use super::terms::Terms;

/// A call that has to do with them.
#[derive(Clone, Debug)]
pub(super) enum Shelf {
    SetReaderKey {
        key: u8,
    },
    RotateKeys {
        data_set: u64,
    },
    PutEnvelopes {
        data_set: u64,
        key_epoch: u64,
        /// With the number of the key that is sealed to.
        readers: Vec<(Named, u8)>,
        /// The length of each envelope, bytes.
        len: u16,
    },
    DropEnvelopes {
        data_set: u64,
        key_epoch: u64,
        limit: u64,
    },
    SetGateway {
        data_set: u64,
        gateway: Named,
        allowed: bool,
    },
    AnchorLog {
        data_set: u64,
        count: u64,
        from: i64,
        to: i64,
    },
    Commit(Commit),
    RevokeCommitted(Committed),
    Reveal {
        data_set: u64,
        salt: u8,
    },
}

/// A commitment: to somebody who is not named, with a salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Committed {
    pub(super) data_set: u64,
    pub(super) subject: Who,
    pub(super) salt: u8,
}

/// A grant that is committed to.
#[derive(Clone, Debug)]
pub(super) struct Commit {
    pub(super) at: Committed,
    pub(super) terms: Terms,
    pub(super) from: Option<u64>,
}

/// A grant that waits for its subject.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) by: Who,
    pub(super) from: Option<u64>,
    /// With start and end.
    pub(super) terms: Terms,
    pub(super) generation: u64,
    pub(super) held_up: bool,
}

/// A log: who anchored it, and its epochs.
pub(super) type Log = (Who, i64, i64);

/// What of the shelves the model keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelves {
    pub(super) readers: BTreeMap<Who, u8>,
    /// By data set, key epoch and reader: the key that it was sealed for, and the length.
    pub(super) envelopes: BTreeMap<(u64, u64, Who), (u8, u16)>,
    /// By data set and gateway: whether it may, and where its logs ended.
    pub(super) gateways: BTreeMap<(u64, Who), (bool, i64)>,
    /// By data set, from the first on.
    pub(super) logs: BTreeMap<u64, Vec<Log>>,
    pub(super) committed: BTreeMap<Committed, Waiting>,
}

impl Shelf {
    /// The method's name in the table.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::SetReaderKey { .. } => "SetReaderKey",
            Self::RotateKeys { .. } => "RotateKeys",
            Self::PutEnvelopes { .. } => "PutEnvelopes",
            Self::DropEnvelopes { .. } => "DropEnvelopes",
            Self::SetGateway { .. } => "SetGateway",
            Self::AnchorLog { .. } => "AnchorLog",
            Self::Commit(_) => "GrantCommitted",
            Self::RevokeCommitted(_) => "RevokeCommitted",
            Self::Reveal { .. } => "Reveal",
        }
    }

    /// Everybody whom it names.
    pub(super) fn named(&self) -> Vec<Named> {
        match self {
            Self::PutEnvelopes { readers, .. } => readers.iter().map(|(named, _)| *named).collect(),
            Self::SetGateway { gateway, .. } => vec![*gateway],
            _ => Vec::new(),
        }
    }

    /// The data set that it is about.
    pub(super) fn data_set(&self) -> Option<u64> {
        match self {
            Self::SetReaderKey { .. } => None,
            Self::RotateKeys { data_set }
            | Self::PutEnvelopes { data_set, .. }
            | Self::DropEnvelopes { data_set, .. }
            | Self::SetGateway { data_set, .. }
            | Self::AnchorLog { data_set, .. }
            | Self::Reveal { data_set, .. } => Some(*data_set),
            Self::Commit(commit) => Some(commit.at.data_set),
            Self::RevokeCommitted(at) => Some(at.data_set),
        }
    }
}
