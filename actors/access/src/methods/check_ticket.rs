//! Says whether a ticket counts.

use holdfast_api::access::{Ticket, TicketBy, TicketId, TicketInfo, TicketReason, method};
use holdfast_policies::access::ticket::{By, Ended, Ticket as Shown, ended};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::convert;
use crate::facts::{AsThen, Known};
use crate::state::AccessState;

impl Answer<method::CheckTicket> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, ticket: TicketId) -> Result<Option<TicketInfo>, ActorError> {
        let (state, store) = (rt.state::<AccessState>()?, rt.store());
        let tickets = state.annex(store)?.tickets.load(store)?.tickets;
        let Some(ticket) = tickets.get(store, &ticket)?.as_ref().map(Recorded::read) else {
            return Ok(None);
        };
        let ticket = ticket?;
        let ended = why_ended(rt, &state, &ticket)?;
        Ok(Some(TicketInfo {
            ticket,
            valid: ended.is_none(),
            reason: reason(ended),
        }))
    }
}

fn why_ended<R: Runtime>(rt: &R, state: &AccessState, ticket: &Ticket) -> Result<Option<Ended>, ActorError> {
    let (store, now) = (rt.store(), rt.network().epoch);
    let head = state.data_set(store, ticket.data_set)?;
    let shown = Shown {
        subject: ticket.subject,
        scope: &convert::scope(&ticket.scope)?,
        action: convert::action(ticket.action)?,
        by: match ticket.by {
            TicketBy::Owner {} => By::Owner,
            TicketBy::Grant { grant } => By::Grant(grant),
            TicketBy::Policy {} => By::Policy,
        },
        generation: ticket.generation,
        policy_version: ticket.policy_version,
        expires: ticket.expires,
    };
    let mut known = Known::new((state, store), (ticket.data_set, &head), (&[], now), AsThen);
    ended(&mut known, &shown, head.policy_version, now)
}

fn reason(ended: Option<Ended>) -> TicketReason {
    match ended {
        None => TicketReason::Counts {},
        Some(Ended::Expired) => TicketReason::Expired {},
        Some(Ended::Frozen) => TicketReason::Frozen {},
        Some(Ended::Generation) => TicketReason::Generation {},
        Some(Ended::NotOwner) => TicketReason::NotOwner {},
        Some(Ended::Rules) => TicketReason::RulesChanged {},
        Some(Ended::Refused) => TicketReason::Refused {},
        Some(Ended::Dead { at, why }) => {
            let why = convert::dead(why).to_owned();
            TicketReason::Dead { at, why }
        }
        Some(Ended::Gone { at }) => TicketReason::Gone { at },
    }
}
