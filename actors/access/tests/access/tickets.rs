//! Tickets: issued, shown, ended.

use holdfast_api::access::events::TicketIssued;
use holdfast_api::access::{
    AcceptTermsParams, GRANT, GrantTerms, IssueTicketParams, MembersParams, Node, OfferDataSetParams, Plan,
    PlanKind, PruneParams, PruneTicketsParams, READ, RemoveRuleParams, Rule, Scope, SetAllowListParams,
    SetTermsParams, SuspendParams, Ticket, TicketBy, TicketInfo, TicketReason, method,
};
use holdfast_runtime::ActorError;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;

use crate::desk::*;
use crate::refunds::{once, refundable};

/// A ticket for reading the whole data set.
fn wanted(ttl: u64, uses: u64) -> IssueTicketParams {
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
fn ticket(desk: &mut Desk, subject: u64) -> u64 {
    issue(desk, subject, 100, 0).expect("a ticket")
}

fn shown(desk: &mut Desk, ticket: u64) -> TicketInfo {
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

/// Clears dead grants away; gives how many.
pub fn prune(desk: &mut Desk) -> u64 {
    let params = PruneParams {
        data_set: DATA,
        start: 0,
        limit: 200,
    };
    desk.call::<method::Prune>(CAROL, &params).unwrap().pruned
}

fn suspend(desk: &mut Desk, subject: u64, grant: u64, until: i64) {
    let params = SuspendParams {
        data_set: DATA,
        subject: id(subject),
        grant,
        until,
    };
    desk.call::<method::Suspend>(GUARDIAN, &params).unwrap();
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
    let told = TicketIssued {
        data_set: DATA,
        subject: ALICE,
        ticket: 1,
        action: READ,
        expires: NOW + 100,
    };
    assert_eq!(desk.0.emitted().last(), Some(&told.to_actor_event().unwrap()));
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
    prune(&mut desk);
    assert_eq!(why(&mut desk, of_alice), TicketReason::Gone { at: alice });
    assert_eq!(
        why(&mut desk, of_bob),
        TicketReason::Gone { at: alice },
        "grant {again} is left"
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
    suspend(&mut desk, ALICE, grant, NOW + 5);
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
    let offer = OfferDataSetParams {
        data_set: DATA,
        to: Some(id(ALICE)),
        keep_grants: true,
    };
    desk.call::<method::OfferDataSet>(OWNER, &offer).unwrap();
    assert!(counts(&mut desk, ticket));
    desk.takes_over(ALICE);
    assert_eq!(why(&mut desk, ticket), TicketReason::NotOwner {});
}

#[test]
fn a_ticket_that_a_policy_opened_ends_with_the_next_change_of_rules() {
    let mut desk = Desk::new();
    desk.rule(None, only(ALICE));
    let ticket = ticket(&mut desk, ALICE);
    assert_eq!(shown(&mut desk, ticket).ticket.by, TicketBy::Policy {});
    assert!(counts(&mut desk, ticket));
    let list = SetAllowListParams {
        data_set: DATA,
        list: 1,
        root: Bytes32([7; 32]),
    };
    desk.call::<method::SetAllowList>(OWNER, &list).unwrap();
    assert_eq!(why(&mut desk, ticket), TicketReason::RulesChanged {});
}

#[test]
fn a_ticket_for_a_purchase_ends_with_the_purchase() {
    let mut desk = Desk::new();
    let part = path("part");
    let plan = desk.sells(Plan {
        scope: part,
        penalty_bps: Some(0),
        ..refundable(once(5_000), 1_000)
    });
    for requires in [false, true] {
        let paid = Some(vec![Node::Paid { plan }]);
        if requires {
            desk.grant(ALICE, terms(READ));
            desk.rule(paid, None);
        } else {
            desk.rule(None, paid);
        }
        desk.buys(ALICE, plan, 1).unwrap();
        let ticket = ticket(&mut desk, ALICE);
        assert!(counts(&mut desk, ticket));
        desk.call::<method::Refund>(ALICE, &plan).unwrap();
        assert_eq!(why(&mut desk, ticket), TicketReason::Refused {});
    }
}

#[test]
fn a_ticket_for_the_last_uses_that_were_paid_for_counts() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(PlanKind::PerUse { uses: 5 }, 1_000));
    desk.rule(Some(vec![Node::Paid { plan }]), None);
    desk.buys(ALICE, plan, 1).unwrap();
    let ticket = issue(&mut desk, ALICE, 100, 5).unwrap();
    assert!(counts(&mut desk, ticket));
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    assert!(!counts(&mut desk, ticket));
}

#[test]
fn a_ticket_for_a_member_ends_when_the_member_goes() {
    let mut desk = Desk::new();
    let group = desk.call::<method::CreateGroup>(CAROL, &()).unwrap();
    let members = MembersParams {
        group,
        members: vec![id(ALICE)],
    };
    desk.call::<method::AddMembers>(CAROL, &members).unwrap();
    desk.rule(None, Some(vec![Node::InGroup { group }]));
    let ticket = ticket(&mut desk, ALICE);
    assert!(counts(&mut desk, ticket));
    desk.call::<method::RemoveMembers>(CAROL, &members).unwrap();
    assert_eq!(why(&mut desk, ticket), TicketReason::Refused {});
}

#[test]
fn terms_that_have_to_be_accepted_anew_change_what_rules_ask_for() {
    let mut desk = Desk::new();
    let set = |desk: &mut Desk, hash, fresh| {
        let (data_set, hash) = (DATA, Bytes32([hash; 32]));
        let terms = SetTermsParams {
            data_set,
            hash,
            fresh,
        };
        desk.call::<method::SetTerms>(OWNER, &terms).unwrap()
    };
    let version = set(&mut desk, 1, false);
    let accept = AcceptTermsParams {
        data_set: DATA,
        version,
        hash: Bytes32([1; 32]),
    };
    desk.call::<method::AcceptTerms>(ALICE, &accept).unwrap();
    desk.rule(None, Some(vec![Node::AcceptedTerms {}]));
    let ticket = ticket(&mut desk, ALICE);
    set(&mut desk, 2, false);
    assert!(counts(&mut desk, ticket), "nobody has to accept these");
    set(&mut desk, 3, true);
    assert_eq!(why(&mut desk, ticket), TicketReason::RulesChanged {});
}

#[test]
fn a_ticket_by_a_grant_ends_when_rules_ask_for_something_new() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    let ticket = ticket(&mut desk, ALICE);
    desk.rule(None, only(BOB));
    assert!(
        counts(&mut desk, ticket),
        "it opens to others and asks for nothing"
    );
    desk.rule(only(BOB), None);
    assert_eq!(why(&mut desk, ticket), TicketReason::RulesChanged {});
    let gone = RemoveRuleParams {
        data_set: DATA,
        scope: Scope::All {},
        actions: READ,
    };
    desk.call::<method::RemoveRule>(OWNER, &gone).unwrap();
    assert!(counts(&mut desk, ticket));
}

#[test]
fn a_ticket_for_a_part_ends_when_the_part_is_sealed() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.grant(
        BOB,
        GrantTerms {
            scope: path("a"),
            ..terms(READ)
        },
    );
    let part = IssueTicketParams {
        scope: path("a/b"),
        ..wanted(100, 0)
    };
    let [of_alice, of_bob] =
        [ALICE, BOB].map(|subject| desk.call::<method::IssueTicket>(subject, &part).unwrap());
    let sealed = Rule {
        scope: path("a"),
        actions: READ,
        requires: None,
        opens: None,
        sealed: true,
    };
    desk.set_rule(Rule {
        scope: path("c"),
        ..sealed.clone()
    })
    .unwrap();
    assert!(counts(&mut desk, of_alice), "another part");
    desk.set_rule(sealed).unwrap();
    assert_eq!(why(&mut desk, of_alice), TicketReason::RulesChanged {});
    assert!(counts(&mut desk, of_bob), "a grant for the sealed part");
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
