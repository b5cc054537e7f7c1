//! What can happen to data sets.

use super::cast::{Named, Who};
use super::delays::Delaying;
use super::sales::Sale;
use super::shelves::Shelf;
use super::signed::Carried;
use super::terms::{Part, Rule, Terms};
use super::tickets::Ticketing;

/// One message, or time.
#[derive(Clone, Debug)]
pub(super) enum Operation {
    /// Null rounds.
    Wait { epochs: u64 },
    /// A call, its bytes cut short or whole.
    Send {
        caller: Who,
        call: Call,
        cut: bool,
        /// The selector that it goes by, by its name in the table; none for the method's number.
        selector: Option<&'static str>,
    },
}

/// Owner and guardian of a new data set.
pub(super) type New = (Option<Named>, Option<Named>);

/// Calls of the actor.
#[derive(Clone, Debug)]
pub(super) enum Call {
    Constructor,
    CreateDataSet(New),
    CreateDataSets(Vec<New>),
    SetContent {
        data_set: u64,
        size: u64,
    },
    SetGuardian {
        data_set: u64,
        guardian: Option<Named>,
    },
    OfferDataSet {
        data_set: u64,
        to: Option<Named>,
        keep: bool,
    },
    AcceptDataSet {
        data_set: u64,
        seen: Seen,
    },
    Freeze {
        data_set: u64,
    },
    Unfreeze {
        data_set: u64,
    },
    SetTerms {
        data_set: u64,
        hash: u8,
        fresh: bool,
    },
    AcceptTerms {
        data_set: u64,
        version: u64,
        hash: u8,
    },
    SetRule {
        data_set: u64,
        rule: Rule,
    },
    RemoveRule {
        data_set: u64,
        part: Part,
        actions: u8,
    },
    SetAllowList {
        data_set: u64,
        list: u64,
        root: u8,
    },
    Grant(Given),
    GrantMany(Given),
    Revoke(At),
    RevokeAll {
        data_set: u64,
    },
    Renounce {
        data_set: u64,
        grant: u64,
    },
    Suspend {
        at: At,
        until: i64,
    },
    Prune {
        data_set: u64,
        limit: u64,
    },
    ConsumeAccess {
        data_set: u64,
        part: Part,
        action: u8,
        uses: u64,
    },
    CreateGroup,
    AddMembers(Members),
    RemoveMembers(Members),
    Sale(Sale),
    Shelf(Shelf),
    Ticket(Ticketing),
    Delay(Delaying),
    Carry(Box<Carried>),
    CancelNonce(u64),
}

/// What its next owner has seen of a data set.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) keep: bool,
    pub(super) generation: u64,
    pub(super) policy_version: u64,
    pub(super) terms: u64,
    pub(super) frozen: bool,
    pub(super) max_delay: u64,
}

/// The same for some.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) data_set: u64,
    pub(super) subjects: Vec<Named>,
    pub(super) terms: Terms,
    pub(super) from: Option<u64>,
}

/// A grant that is meant.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) data_set: u64,
    pub(super) subject: Named,
    pub(super) grant: u64,
}

/// Members of a group.
#[derive(Clone, Debug)]
pub(super) struct Members {
    pub(super) group: u64,
    pub(super) members: Vec<Named>,
}

impl Operation {
    /// How many epochs it takes.
    pub(super) fn epochs(&self) -> u64 {
        match self {
            Self::Wait { epochs } => *epochs,
            Self::Send { .. } => 1,
        }
    }
}

impl Call {
    /// The method's name in the table.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Constructor => "Constructor",
            Self::CreateDataSet(_) => "CreateDataSet",
            Self::CreateDataSets(_) => "CreateDataSets",
            Self::SetContent { .. } => "SetContent",
            Self::SetGuardian { .. } => "SetGuardian",
            Self::OfferDataSet { .. } => "OfferDataSet",
            Self::AcceptDataSet { .. } => "AcceptDataSet",
            Self::Freeze { .. } => "Freeze",
            Self::Unfreeze { .. } => "Unfreeze",
            Self::SetTerms { .. } => "SetTerms",
            Self::AcceptTerms { .. } => "AcceptTerms",
            Self::SetRule { .. } => "SetRule",
            Self::RemoveRule { .. } => "RemoveRule",
            Self::SetAllowList { .. } => "SetAllowList",
            Self::Grant(_) => "Grant",
            Self::GrantMany(_) => "GrantMany",
            Self::Revoke(_) => "Revoke",
            Self::RevokeAll { .. } => "RevokeAll",
            Self::Renounce { .. } => "Renounce",
            Self::Suspend { .. } => "Suspend",
            Self::Prune { .. } => "Prune",
            Self::ConsumeAccess { .. } => "ConsumeAccess",
            Self::CreateGroup => "CreateGroup",
            Self::AddMembers(_) => "AddMembers",
            Self::RemoveMembers(_) => "RemoveMembers",
            Self::Sale(sale) => sale.name(),
            Self::Shelf(shelf) => shelf.name(),
            Self::Ticket(ticket) => ticket.name(),
            Self::Delay(delay) => delay.name(),
            Self::Carry(_) => "Carry",
            Self::CancelNonce(_) => "CancelNonce",
        }
    }

    /// Everybody whom it names.
    pub(super) fn named(&self) -> Vec<Named> {
        let both = |(owner, guardian): &New| owner.iter().chain(guardian).copied().collect::<Vec<_>>();
        match self {
            Self::CreateDataSet(new) => both(new),
            Self::CreateDataSets(all) => all.iter().flat_map(both).collect(),
            Self::SetGuardian { guardian: to, .. } | Self::OfferDataSet { to, .. } => {
                to.iter().copied().collect()
            }
            Self::SetRule { rule, .. } => {
                let plans = rule.requires.iter().chain(&rule.opens);
                plans.flat_map(|plan| plan.named()).collect()
            }
            Self::Grant(given) | Self::GrantMany(given) => given.subjects.clone(),
            Self::Revoke(at) | Self::Suspend { at, .. } => vec![at.subject],
            Self::AddMembers(members) | Self::RemoveMembers(members) => members.members.clone(),
            Self::Sale(sale) => sale.named(),
            Self::Shelf(shelf) => shelf.named(),
            Self::Delay(delay) => delay.named(),
            Self::Carry(carried) => carried.what.named(),
            _ => Vec::new(),
        }
    }

    /// The data set that it is about.
    pub(super) fn data_set(&self) -> Option<u64> {
        match self {
            Self::SetContent { data_set, .. }
            | Self::SetGuardian { data_set, .. }
            | Self::OfferDataSet { data_set, .. }
            | Self::AcceptDataSet { data_set, .. }
            | Self::Freeze { data_set }
            | Self::Unfreeze { data_set }
            | Self::SetTerms { data_set, .. }
            | Self::AcceptTerms { data_set, .. }
            | Self::SetRule { data_set, .. }
            | Self::RemoveRule { data_set, .. }
            | Self::SetAllowList { data_set, .. }
            | Self::RevokeAll { data_set }
            | Self::Renounce { data_set, .. }
            | Self::Prune { data_set, .. }
            | Self::ConsumeAccess { data_set, .. } => Some(*data_set),
            Self::Grant(given) | Self::GrantMany(given) => Some(given.data_set),
            Self::Revoke(at) | Self::Suspend { at, .. } => Some(at.data_set),
            Self::Sale(sale) => sale.data_set(),
            Self::Shelf(shelf) => shelf.data_set(),
            Self::Ticket(ticket) => ticket.data_set(),
            Self::Delay(delay) => delay.data_set(),
            // What is wrong with it there is asked for its signer.
            Self::Carry(_)
            | Self::CancelNonce(_)
            | Self::Constructor
            | Self::CreateDataSet(_)
            | Self::CreateDataSets(_)
            | Self::CreateGroup
            | Self::AddMembers(_)
            | Self::RemoveMembers(_) => None,
        }
    }
}
