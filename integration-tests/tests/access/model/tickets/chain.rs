//! Tickets on the chain: messages, answers, and what differs.

use fvm_ipld_encoding::from_slice;
use holdfast_api::access::{
    self as api, IssueTicketParams, PruneTicketsParams, TicketBy, TicketReason, method,
};

use super::super::compare::Found;
use super::super::library::Library;
use super::super::stage::Stage;
use super::super::wire::{scope, to};
use super::{By, Ended, Ticket, Ticketing};

/// The method's number and its parameters.
pub(in super::super) fn message(call: &Ticketing) -> (u64, Vec<u8>) {
    match call {
        Ticketing::Issue(wanted) => to::<method::IssueTicket>(&IssueTicketParams {
            data_set: wanted.data_set,
            scope: scope(wanted.part),
            action: wanted.action,
            ttl: wanted.ttl,
            uses: wanted.uses,
            proofs: Vec::new(),
        }),
        Ticketing::Prune { limit } => {
            let limit = *limit;
            to::<method::PruneTickets>(&PruneTicketsParams { limit })
        }
    }
}

/// The number of a ticket, or how many were cleared away.
pub(in super::super) fn numbers(returned: &[u8]) -> Vec<u64> {
    vec![from_slice(returned).expect("a number")]
}

/// What of tickets is not as the model says: of all that were issued, and of the next one.
pub(in super::super) fn differences(stage: &Stage, model: &Library, found: &mut Found) {
    for number in 1..=model.tickets.issued + 1 {
        let told = stage.w.view::<method::CheckTicket>(stage.access, &number);
        let ours = model.tickets.kept.get(&number);
        let known = told.as_ref().map(|told| told.ticket.clone());
        found.same("a ticket", ours.map(|ticket| seen(stage, number, ticket)), known);
        let Some((ticket, told)) = ours.zip(told) else {
            continue;
        };
        let ended = model.ended(ticket);
        let what = format!("{ticket:?}, which {ended:?} end, {:?}", told.reason);
        found.same(&what, ended.is_empty(), told.valid);
        let named = ended.into_iter().any(|ended| reason(ended) == told.reason);
        found.same(&what, named, !told.valid);
        found.same(&what, told.reason == TicketReason::Counts {}, told.valid);
    }
}

fn seen(stage: &Stage, number: u64, ticket: &Ticket) -> api::Ticket {
    api::Ticket {
        ticket: number,
        data_set: ticket.wanted.data_set,
        scope: scope(ticket.wanted.part),
        subject: stage.id(ticket.subject),
        action: ticket.wanted.action,
        by: match ticket.by {
            By::Owner => TicketBy::Owner {},
            By::Grant(grant) => TicketBy::Grant { grant },
            By::Policy => TicketBy::Policy {},
        },
        uses: ticket.wanted.uses,
        generation: ticket.generation,
        policy_version: ticket.policy_version,
        issued: stage.chain_epoch(ticket.issued),
        expires: stage.chain_epoch(ticket.expires),
    }
}

fn reason(ended: Ended) -> TicketReason {
    let dead = |at: u64, why: &str| TicketReason::Dead {
        at,
        why: why.to_owned(),
    };
    match ended {
        Ended::Expired => TicketReason::Expired {},
        Ended::Frozen => TicketReason::Frozen {},
        Ended::Generation => TicketReason::Generation {},
        Ended::NotOwner => TicketReason::NotOwner {},
        Ended::Rules => TicketReason::RulesChanged {},
        Ended::Refused => TicketReason::Refused {},
        Ended::Revoked(at) => dead(at, "revoked"),
        Ended::Suspended(at) => dead(at, "suspended"),
        Ended::Over(at) => dead(at, "over"),
        Ended::Gone(at) => TicketReason::Gone { at },
    }
}
