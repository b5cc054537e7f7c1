//! Uses that tickets count.

use holdfast_api::access::events::Consumed;
use holdfast_api::access::{PlanKind, READ, TicketBy, TicketReason, method};
use holdfast_runtime::event::Event;

use crate::desk::*;
use crate::refunds::{at, refundable, shared};
use crate::tickets::{counts, issue, only, shown, why};
use crate::uses::{counted, throttled};

#[test]
fn a_ticket_counts_uses_as_consuming_does() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, counted(5));
    let bob = desk.give_on((ALICE, alice), BOB, counted(4));
    issue(&mut desk, BOB, 9, 3).unwrap();
    let told = Consumed {
        data_set: DATA,
        subject: BOB,
        grant: Some(bob),
        action: READ,
        uses: 3,
    };
    let events = desk.0.emitted();
    assert_eq!(events[events.len() - 2], told.to_actor_event().unwrap());
    let more = issue(&mut desk, BOB, 9, 2).unwrap_err();
    assert_eq!(more.code.value(), 77);
    assert!(
        more.message.contains("1 uses are left where 2 are needed"),
        "{more}"
    );
    let above = issue(&mut desk, ALICE, 9, 3).unwrap_err();
    assert!(above.message.contains("2 uses are left"), "{above}");
    issue(&mut desk, ALICE, 9, 2).unwrap();
}

#[test]
fn a_ticket_is_no_way_round_counting() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, counted(5));
    desk.give_on((ALICE, alice), BOB, counted(4));
    for subject in [ALICE, BOB] {
        assert_eq!(issue(&mut desk, subject, 9, 0).unwrap_err().code.value(), 133);
    }
    desk.grant(CAROL, throttled(1));
    assert_eq!(issue(&mut desk, CAROL, 9, 0).unwrap_err().code.value(), 133);
    let ticket = issue(&mut desk, CAROL, 9, 1).unwrap();
    assert!(
        !desk.reads(CAROL) && counts(&mut desk, ticket),
        "throttled, and yet it was counted"
    );
}

#[test]
fn a_policy_that_opens_counts_nothing() {
    let mut desk = Desk::new();
    desk.rule(None, only(ALICE));
    issue(&mut desk, ALICE, 9, 3).unwrap();
    let told = Consumed {
        data_set: DATA,
        subject: ALICE,
        grant: None,
        action: READ,
        uses: 3,
    };
    assert!(desk.0.emitted().contains(&told.to_actor_event().unwrap()));
}

#[test]
fn using_up_what_a_ticket_counted_does_not_end_it() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, counted(2));
    desk.give_on((ALICE, alice), BOB, counted(2));
    let ticket = issue(&mut desk, BOB, 100, 1).unwrap();
    desk.uses(BOB, 1).unwrap();
    assert!(!desk.reads(BOB) && counts(&mut desk, ticket));
}

#[test]
fn nobody_ends_a_ticket_by_clearing_away_what_it_used_up() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, counted(1));
    desk.give_on((ALICE, alice), BOB, counted(1));
    let ticket = issue(&mut desk, BOB, 100, 1).unwrap();
    assert_eq!(desk.prune(CAROL, 0, 200).pruned, 0);
    assert_eq!(desk.at(NOW + 99).prune(CAROL, 0, 200).pruned, 0);
    assert!(counts(&mut desk, ticket));
    assert_eq!(desk.at(NOW + 100).prune(CAROL, 0, 200).pruned, 2);
}

#[test]
fn a_used_up_grant_of_a_ticket_can_be_revoked_and_cleared_away() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, counted(1));
    let ticket = issue(&mut desk, ALICE, 100, 1).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    assert!(!counts(&mut desk, ticket));
    assert_eq!(desk.prune(CAROL, 0, 200).pruned, 1);
    assert_eq!(why(&mut desk, ticket), TicketReason::Gone { at: grant });
}

#[test]
fn a_ticket_is_by_a_grant_that_can_bear_it() {
    let mut desk = Desk::new();
    let few = desk.grant(ALICE, counted(1));
    assert_eq!(code(issue(&mut desk, ALICE, 100, 0)), 133);
    let more = desk.grant(ALICE, counted(3));
    let free = desk.grant(ALICE, terms(READ));
    for (uses, grant) in [(2, more), (1, few), (1, more), (0, free), (1, free)] {
        let ticket = issue(&mut desk, ALICE, 100, uses).unwrap();
        assert_eq!(
            shown(&mut desk, ticket).ticket.by,
            TicketBy::Grant { grant },
            "{uses} uses"
        );
    }
}

#[test]
fn uses_that_went_to_tickets_are_earned_and_the_tickets_end_with_the_grant() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(PlanKind::PerUse { uses: 5 }, 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    let ticket = issue(&mut desk, ALICE, 2_000, 5).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    assert!(!counts(&mut desk, ticket));
    assert!(!desk.quote(ALICE, plan, 1).unwrap().renewal);
    desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
    assert_eq!(shared(&mut desk), (0, 1_000));
}
