//! Tickets: an answer of the chain that a reader shows to gateways for a while, as Seal makes a check on the chain into a short
//! `KeyRequest`.

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::{choice, record};

use super::data_set::DataSetId;
use super::grant::GrantId;
use super::question::ListProof;
use super::scope::Scope;

/// The number of a ticket in the whole actor.
pub type TicketId = u64;

record! {
    /// A ticket for the caller, who has to have access.
    pub struct IssueTicketParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The part.
        pub scope: Scope,
        /// One action, as a mask.
        pub action: u8,
        /// How long it counts, epochs, 1 to 2 880.
        pub ttl: u64,
        /// How many uses it counts; 0 only where uses are not counted.
        pub uses: u64,
        /// For lists of the policy: proofs. Mostly empty.
        pub proofs: Vec<ListProof>,
    }
}

choice! {
    /// What a ticket was issued by.
    pub enum TicketBy {
        /// The subject owned the data set.
        0 Owner {},
        /// A grant of the subject.
        1 Grant {
            /// The grant.
            grant: GrantId,
        },
        /// A policy opened.
        2 Policy {},
    }
}

record! {
    /// A ticket.
    pub struct Ticket {
        /// Its number.
        pub ticket: TicketId,
        /// The data set.
        pub data_set: DataSetId,
        /// The part.
        pub scope: Scope,
        /// For whom.
        pub subject: ActorID,
        /// What for, as a mask with one action.
        pub action: u8,
        /// What it was issued by.
        pub by: TicketBy,
        /// How many uses were counted for it.
        pub uses: u64,
        /// The generation of the data set when it was issued.
        pub generation: u64,
        /// The version of the rules when it was issued.
        pub policy_version: u64,
        /// When it was issued.
        pub issued: ChainEpoch,
        /// The first epoch at which it does not count.
        pub expires: ChainEpoch,
    }
}

choice! {
    /// Whether a ticket counts now, and why not.
    pub enum TicketReason {
        /// It counts.
        0 Counts {},
        /// Its time is over.
        1 Expired {},
        /// The data set is frozen.
        2 Frozen {},
        /// All grants of its generation were taken back, and it with them.
        3 Generation {},
        /// The subject owned the data set and does so no longer.
        4 NotOwner {},
        /// The rules changed since: they may open to others, or ask for something that was not looked at. A ticket by a grant
        /// counts on where no rule of now asks for more.
        5 RulesChanged {},
        /// A grant that it came by does not count.
        6 Dead {
            /// Which.
            at: GrantId,
            /// Why: `revoked`, `suspended`, or `over` since its subject gave its time away.
            why: String,
        },
        /// A grant that it came by was dead and cleared away.
        7 Gone {
            /// Which.
            at: GrantId,
        },
        /// The rules are the same, and what this actor itself knows has changed: a purchase, a group, accepted terms.
        8 Refused {},
    }
}

record! {
    /// A ticket, and whether it counts now.
    pub struct TicketInfo {
        /// The ticket.
        pub ticket: Ticket,
        /// Whether it counts now.
        pub valid: bool,
        /// Why.
        pub reason: TicketReason,
    }
}

record! {
    /// Tickets to clear away.
    pub struct PruneTicketsParams {
        /// The most tickets to look at, from the oldest, 1 to 200.
        pub limit: u64,
    }
}
