//! Issues tickets, and clears them away.

use holdfast_api::access::events::{Consumed, TicketIssued};
use holdfast_api::access::{
    AccessError, IssueTicketParams, MAX_BATCH, PruneTicketsParams, Ticket, TicketBy, TicketId, method,
};
use holdfast_policies::access::decision::Reason;
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::ticket::{MAX_TTL, expiry};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::consume_access::{entitled, spend};
use super::has_access::Question;
use crate::AccessActor;
use crate::people::page_of;
use crate::state::AccessState;

impl Handle<method::IssueTicket> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: IssueTicketParams) -> Result<TicketId, ActorError> {
        let (ttl, max) = (p.ttl, MAX_TTL);
        if !(1..=max).contains(&ttl) {
            return Err(AccessError::InvalidTtl { ttl, max }.into());
        }
        let ticket = deserved(rt, caller, &p)?;
        let issued = rt.transaction(|st: &mut AccessState, scope| {
            if let TicketBy::Grant { grant } = ticket.by {
                let at = (ticket.data_set, ticket.subject, grant);
                st.change_chain(scope, at, |found| count(found, &ticket, scope))?;
            }
            st.change_tickets(scope, |tickets| {
                let issued = Ticket {
                    ticket: tickets.next_ticket,
                    ..ticket
                };
                tickets.next_ticket = issued.ticket.saturating_add(1);
                let record = Recorded::new(&issued)?;
                tickets.tickets.set(scope, issued.ticket, record)?;
                Ok(issued)
            })
        })?;
        tell(rt, &issued)?;
        Ok(issued.ticket)
    }
}

/// The ticket that the caller can have, without a number.
fn deserved<R: Runtime>(rt: &R, caller: Caller, p: &IssueTicketParams) -> Result<Ticket, ActorError> {
    let state: AccessState = rt.state()?;
    let head = state.data_set(rt.store(), p.data_set)?;
    let question = Question {
        data_set: p.data_set,
        scope: &p.scope,
        subject: caller.id(),
        action: p.action,
        proofs: &p.proofs,
        named: None,
        uses: p.uses,
    };
    let decision = entitled(rt, (&state, &head), &question, caller)?;
    let now = rt.network().epoch;
    Ok(Ticket {
        ticket: 0,
        data_set: p.data_set,
        scope: p.scope.clone(),
        subject: caller.id(),
        action: p.action,
        by: match decision.reason {
            Reason::Granted { grant } => TicketBy::Grant { grant },
            Reason::Owner => TicketBy::Owner {},
            _ => TicketBy::Policy {},
        },
        uses: p.uses,
        generation: head.generation,
        policy_version: head.policy_version,
        issued: now,
        expires: expiry(now, p.ttl, decision.valid_until),
    })
}

/// Counts as `ConsumeAccess` does. Where uses are counted a ticket counts some, or it would be a way round counting.
fn count<S: Clock>(grant: &mut Grant, ticket: &Ticket, clock: &S) -> Result<(), ActorError> {
    let counted = grant.uses.is_some() || grant.bucket.is_some();
    if counted && ticket.uses == 0 {
        return Err(AccessError::UsesNotCounted { grant: grant.id }.into());
    }
    spend(grant, ticket.uses, clock)?;
    if grant.uses.is_some() {
        grant.ticketed_until = grant.ticketed_until.max(ticket.expires);
    }
    Ok(())
}

fn tell<R: Runtime>(rt: &mut R, issued: &Ticket) -> Result<(), ActorError> {
    let (data_set, subject, action) = (issued.data_set, issued.subject, issued.action);
    if issued.uses > 0 {
        let grant = match issued.by {
            TicketBy::Grant { grant } => Some(grant),
            _ => None,
        };
        Consumed {
            data_set,
            subject,
            grant,
            action,
            uses: issued.uses,
        }
        .emit(rt)?;
    }
    TicketIssued {
        data_set,
        subject,
        ticket: issued.ticket,
        action,
        expires: issued.expires,
    }
    .emit(rt)
}

impl Handle<method::PruneTickets> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, _: Caller, p: PruneTicketsParams) -> Result<u64, ActorError> {
        let limit = page_of(p.limit, MAX_BATCH as u64)?;
        rt.transaction(|st: &mut AccessState, scope| {
            let now = scope.epoch();
            st.change_tickets(scope, |tickets| {
                let mut over = Vec::new();
                for (number, ticket) in tickets.tickets.page(scope, None, limit)?.entries {
                    if now >= ticket.read()?.expires {
                        over.push((number, None));
                    }
                }
                let pruned = over.len() as u64;
                tickets.tickets.update(scope, over)?;
                Ok(pruned)
            })
        })
    }
}
