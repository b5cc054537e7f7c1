//! Tickets: issued, shown, ended.

use holdfast_api::access::events::TicketIssued;
use holdfast_api::access::{
    GRANT, GrantTerms, IssueTicketParams, Node, PruneTicketsParams, READ, Scope, Ticket, TicketBy,
    TicketInfo, TicketReason, method,
};
use holdfast_runtime::ActorError;

use crate::desk::*;

/// A ticket for reading the whole data set.
pub fn wanted(ttl: u64, uses: u64) -> IssueTicketParams {
    IssueTicketParams {
        data_set: DATA,
        scope: Scope::All {},
        action: READ,
        ttl,
        uses,
        proofs: Vec::new(),
    }
}

pub fn issue(desk: &mut Desk, subject: u64, ttl: u64, uses: u64) -> Result<u64, ActorError> {
    desk.call::<method::IssueTicket>(subject, &wanted(ttl, uses))
}

/// A ticket of a hundred epochs that counts nothing.
pub fn ticket(desk: &mut Desk, subject: u64) -> u64 {
    issue(desk, subject, 100, 0).expect("a ticket")
}

pub fn shown(desk: &mut Desk, ticket: u64) -> TicketInfo {
    let found = desk.call::<method::CheckTicket>(CAROL, &ticket).unwrap();
    let found = found.expect("a ticket that was issued");
    assert_eq!(found.valid, found.reason == TicketReason::Counts {});
    found
}

pub fn counts(desk: &mut Desk, ticket: u64) -> bool {
    shown(desk, ticket).valid
}

pub fn why(desk: &mut Desk, ticket: u64) -> TicketReason {
    shown(desk, ticket).reason
}

fn prune_tickets(desk: &mut Desk, limit: u64) -> u64 {
    let params = PruneTicketsParams { limit };
    desk.call::<method::PruneTickets>(CAROL, &params).unwrap()
}

/// Who is opened to: this actor alone.
pub fn only(actor: u64) -> Option<Vec<Node>> {
    Some(vec![Node::Caller { actor: id(actor) }])
}

#[test]
fn a_ticket_says_what_it_is_for() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    let first = ticket(&mut desk, ALICE);
    assert_eq!(first, 1);
    desk.told(TicketIssued {
        data_set: DATA,
        subject: ALICE,
        ticket: 1,
        action: READ,
        expires: NOW + 100,
    });
    let expected = Ticket {
        ticket: 1,
        data_set: DATA,
        scope: Scope::All {},
        subject: ALICE,
        action: READ,
        by: TicketBy::Grant { grant },
        uses: 0,
        generation: 0,
        policy_version: 0,
        issued: NOW,
        expires: NOW + 100,
    };
    assert_eq!(shown(&mut desk, 1).ticket, expected);
    assert_eq!(ticket(&mut desk, ALICE), 2);
    assert_eq!(desk.call::<method::CheckTicket>(CAROL, &3).unwrap(), None);
}

#[test]
fn a_ticket_counts_until_its_end() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    let ticket = ticket(&mut desk, ALICE);
    assert!(counts(&mut desk, ticket));
    assert!(counts(desk.at(NOW + 99), ticket));
    assert_eq!(why(desk.at(NOW + 100), ticket), TicketReason::Expired {});
    assert_eq!(why(desk.at(NOW + 101), ticket), TicketReason::Expired {});
}

#[test]
fn a_ticket_lasts_a_day_at_most() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    for ttl in [0, 2_881, u64::MAX] {
        assert_eq!(
            issue(&mut desk, ALICE, ttl, 0).unwrap_err().code.value(),
            132,
            "{ttl}"
        );
    }
    for ttl in [1, 2_880] {
        let ticket = issue(&mut desk, ALICE, ttl, 0).unwrap();
        assert_eq!(shown(&mut desk, ticket).ticket.expires, NOW + ttl as i64);
    }
}

#[test]
fn a_ticket_ends_when_the_answer_may_change_by_itself() {
    let mut desk = Desk::new();
    let short = GrantTerms {
        end: Some(NOW + 5),
        ..terms(READ)
    };
    desk.grant(ALICE, short);
    let ticket = ticket(&mut desk, ALICE);
    assert!(counts(desk.at(NOW + 4), ticket));
    assert_eq!(why(desk.at(NOW + 5), ticket), TicketReason::Expired {});
    assert_eq!(why(desk.at(NOW + 6), ticket), TicketReason::Expired {});
}

#[test]
fn who_has_no_access_gets_no_ticket() {
    let mut desk = Desk::new();
    assert_eq!(issue(&mut desk, ALICE, 9, 0).unwrap_err().code.value(), 91);
    desk.grant(ALICE, terms(READ));
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    let refused = issue(&mut desk, ALICE, 9, 0).unwrap_err();
    assert_eq!(refused.code.value(), 91);
    assert!(refused.message.contains("Frozen"), "{refused}");
    let nowhere = IssueTicketParams {
        data_set: 2,
        ..wanted(9, 0)
    };
    desk.refused::<method::IssueTicket>(ALICE, &nowhere, 64);
}

#[test]
fn a_ticket_never_outlives_a_revocation() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ));
    let (of_alice, of_bob) = (ticket(&mut desk, ALICE), ticket(&mut desk, BOB));
    desk.revoke(ALICE, BOB, bob).unwrap();
    let dead = |at| TicketReason::Dead {
        at,
        why: "revoked".to_owned(),
    };
    assert_eq!(why(&mut desk, of_bob), dead(bob));
    assert!(counts(&mut desk, of_alice));
    let again = desk.give_on((ALICE, alice), BOB, terms(READ));
    let of_bob = ticket(&mut desk, BOB);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    assert_eq!(why(&mut desk, of_alice), dead(alice));
    assert_eq!(why(&mut desk, of_bob), dead(alice), "what is above ended");
    desk.prune(CAROL, 0, 200);
    assert_eq!(why(&mut desk, of_alice), TicketReason::Gone { at: alice });
    assert_eq!(
        why(&mut desk, of_bob),
        TicketReason::Gone { at: again },
        "what came from it went with it"
    );
}

#[test]
fn a_ticket_never_outlives_a_freeze() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    let tickets = [ticket(&mut desk, ALICE), ticket(&mut desk, OWNER)];
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    for ticket in tickets {
        assert_eq!(why(&mut desk, ticket), TicketReason::Frozen {});
    }
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    assert!(counts(&mut desk, tickets[0]) && counts(&mut desk, tickets[1]));
}

#[test]
fn a_ticket_never_outlives_its_generation() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.rule(None, only(BOB));
    let tickets = [ALICE, BOB, OWNER].map(|subject| ticket(&mut desk, subject));
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    for ticket in tickets {
        assert_eq!(why(&mut desk, ticket), TicketReason::Generation {});
    }
}

#[test]
fn a_ticket_rests_with_the_grant_that_it_came_by() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    let ticket = ticket(&mut desk, ALICE);
    desk.suspend(GUARDIAN, ALICE, grant, NOW + 5).unwrap();
    let rests = TicketReason::Dead {
        at: grant,
        why: "suspended".to_owned(),
    };
    assert_eq!(why(desk.at(NOW + 4), ticket), rests);
    assert!(counts(desk.at(NOW + 5), ticket));
    assert!(counts(desk.at(NOW + 6), ticket));
}

#[test]
fn the_ticket_of_an_owner_ends_with_the_owning() {
    let mut desk = Desk::new();
    let ticket = ticket(&mut desk, OWNER);
    assert_eq!(shown(&mut desk, ticket).ticket.by, TicketBy::Owner {});
    desk.offers(Some(ALICE), true);
    assert!(counts(&mut desk, ticket));
    desk.takes_over(ALICE);
    assert_eq!(why(&mut desk, ticket), TicketReason::NotOwner {});
}

#[test]
fn tickets_that_are_over_are_cleared_away_from_the_oldest() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    for ttl in [9, 5, 5, 5] {
        issue(&mut desk, ALICE, ttl, 0).unwrap();
    }
    assert_eq!(prune_tickets(desk.at(NOW + 4), 200), 0);
    assert_eq!(prune_tickets(desk.at(NOW + 5), 3), 2, "three are looked at");
    assert!(counts(&mut desk, 1), "the oldest counts on");
    assert_eq!(desk.call::<method::CheckTicket>(CAROL, &2).unwrap(), None);
    assert_eq!(why(&mut desk, 4), TicketReason::Expired {});
    assert_eq!(prune_tickets(desk.at(NOW + 9), 200), 2);
    assert_eq!(ticket(&mut desk, ALICE), 5, "numbers are never used again");
    for limit in [0, 201] {
        let params = PruneTicketsParams { limit };
        desk.refused::<method::PruneTickets>(CAROL, &params, 86);
    }
}
