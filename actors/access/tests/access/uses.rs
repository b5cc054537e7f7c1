//! Uses that are counted.

use holdfast_api::access::{GRANT, GrantTerms, Node, PlanKind, READ, RELAY, Rate, Reason, Scope};

use crate::desk::*;
use crate::shop::plan;
use crate::tickets::issue;

/// A grant that can be given on, with so many uses.
pub fn counted(uses: u64) -> GrantTerms {
    GrantTerms {
        uses: Some(uses),
        ..terms(READ | GRANT)
    }
}

/// A grant for reading so often at once, and once more after every ten epochs.
pub fn throttled(capacity: u64) -> GrantTerms {
    let rate = Some(Rate {
        capacity,
        refill: 1,
        period: 10,
    });
    GrantTerms { rate, ..terms(READ) }
}

#[test]
fn uses_are_counted_until_none_is_left() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, counted(3));
    assert_eq!(desk.uses(ALICE, 2).unwrap(), Some(grant));
    assert!(desk.reads(ALICE), "asking counts nothing");
    let more = desk.uses(ALICE, 2).unwrap_err();
    assert_eq!(more.code.value(), 77);
    assert!(
        more.message.contains("1 uses are left where 2 are needed"),
        "{more}"
    );
    desk.uses(ALICE, 1).unwrap();
    let dead = Reason::Dead {
        grant,
        at: grant,
        why: "used up".to_owned(),
    };
    assert_eq!(desk.reason(ALICE), dead);
    assert_eq!(desk.uses(ALICE, 1).unwrap_err().code.value(), 91);
    assert_eq!(desk.uses(ALICE, 0).unwrap_err().code.value(), 92);
}

#[test]
fn a_grant_with_fewer_uses_hides_none_with_more() {
    let mut desk = Desk::new();
    let few = desk.grant(ALICE, counted(1));
    let more = desk.grant(ALICE, counted(5));
    assert_eq!(desk.uses(ALICE, 2).unwrap(), Some(more));
    assert_eq!(desk.uses(ALICE, 1).unwrap(), Some(few));
    let slow = desk.grant(BOB, throttled(1));
    let free = desk.grant(BOB, terms(READ));
    assert_eq!(desk.uses(BOB, 2).unwrap(), Some(free));
    assert_eq!(desk.uses(BOB, 1).unwrap(), Some(slow));
    // What is above has to bear them too.
    let above = desk.grant(ALICE, counted(3));
    desk.give_on((ALICE, above), CAROL, counted(3));
    desk.give_on((ALICE, above), GUARDIAN, counted(2));
    desk.uses(GUARDIAN, 2).unwrap();
    let own = desk.grant(CAROL, counted(2));
    assert_eq!(desk.uses(CAROL, 2).unwrap(), Some(own));
    let refused = desk.uses(CAROL, 2).unwrap_err();
    assert!(
        refused.message.contains("1 uses are left where 2 are needed"),
        "{refused}"
    );
}

#[test]
fn a_policy_that_opens_by_a_purchase_is_no_way_round_counting_it() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::PerUse { uses: 5 }, 100));
    desk.rule(None, Some(vec![Node::Paid { plan }]));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!(code(desk.uses(ALICE, 6)), 77);
    assert_eq!(code(issue(&mut desk, ALICE, 10, 0)), 133);
    assert_eq!(desk.uses(ALICE, 5).unwrap(), Some(grant));
    assert!(!desk.reads(ALICE));
}

#[test]
fn what_is_given_on_is_used_up_above_too() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, counted(4));
    for reader in [BOB, CAROL] {
        desk.give_on((ALICE, alice), reader, counted(3));
    }
    desk.uses(BOB, 3).unwrap();
    let refused = desk.uses(CAROL, 2).unwrap_err();
    assert!(refused.message.contains("1 uses are left"), "{refused}");
    desk.uses(CAROL, 1).unwrap();
    assert!(!desk.reads(ALICE), "the readers below have used up what she had");
}

#[test]
fn a_rate_lets_a_burst_through_and_refills() {
    for (epoch, refilled) in [(9, 0), (10, 1), (11, 1), (19, 1), (20, 2), (21, 2), (30, 2)] {
        let mut desk = Desk::new();
        desk.grant(ALICE, throttled(2));
        desk.uses(ALICE, 2).unwrap();
        assert_eq!(desk.ask(ALICE, READ, Scope::All {}).valid_until, Some(NOW + 10));
        desk.at(NOW + epoch);
        let uses = (0..3).take_while(|_| desk.uses(ALICE, 1).is_ok());
        assert_eq!(uses.count(), refilled, "after {epoch} epochs");
    }
}

#[test]
fn a_rate_or_count_of_nothing_is_refused() {
    let mut desk = Desk::new();
    for (capacity, refill, period) in [(0, 1, 1), (1, 0, 1), (1, 1, 0)] {
        let rate = Some(Rate {
            capacity,
            refill,
            period,
        });
        let refused = desk.give(OWNER, ALICE, GrantTerms { rate, ..terms(READ) }, None);
        assert_eq!(refused.unwrap_err().code.value(), 74);
    }
    let refused = desk.give(OWNER, ALICE, counted(0), None);
    assert_eq!(refused.unwrap_err().code.value(), 92);
}

#[test]
fn more_uses_than_are_left_cannot_be_given_on() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, counted(4));
    desk.uses(ALICE, 1).unwrap();
    for uses in [None, Some(4)] {
        let refused = desk.give(ALICE, BOB, GrantTerms { uses, ..terms(READ) }, Some(alice));
        assert_eq!(refused.unwrap_err().code.value(), 75, "{uses:?}");
    }
    desk.give_on((ALICE, alice), BOB, counted(3));
}

#[test]
fn the_owner_uses_without_a_grant_and_nothing_is_counted() {
    let mut desk = Desk::new();
    assert_eq!(desk.uses(OWNER, 1).unwrap(), None);
    desk.grant(ALICE, terms(RELAY));
    assert_eq!(desk.uses(ALICE, 1).unwrap_err().code.value(), 91);
}
