//! Tickets, and what becomes of them when rules change or refuse.

use holdfast_api::access::{
    AcceptTermsParams, GRANT, GrantTerms, IssueTicketParams, MembersParams, Node, Plan, PlanKind, READ,
    RemoveRuleParams, Rule, Scope, SetAllowListParams, TicketBy, TicketReason, method,
};
use holdfast_runtime::evm::Bytes32;

use crate::desk::*;
use crate::refunds::{once, refundable};
use crate::tickets::{counts, issue, only, shown, ticket, wanted, why};

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

/// A group of Carol's, with Alice in it.
fn alice_alone(desk: &mut Desk) -> MembersParams {
    let group = desk.call::<method::CreateGroup>(CAROL, &()).unwrap();
    let members = MembersParams {
        group,
        members: vec![id(ALICE)],
    };
    desk.call::<method::AddMembers>(CAROL, &members).unwrap();
    members
}

#[test]
fn a_ticket_for_a_member_ends_when_the_member_goes() {
    let mut desk = Desk::new();
    let members = alice_alone(&mut desk);
    let group = members.group;
    desk.rule(None, Some(vec![Node::InGroup { group }]));
    let ticket = ticket(&mut desk, ALICE);
    assert!(counts(&mut desk, ticket));
    desk.call::<method::RemoveMembers>(CAROL, &members).unwrap();
    assert_eq!(why(&mut desk, ticket), TicketReason::Refused {});
}

#[test]
fn a_ticket_that_a_policy_opened_ends_when_what_is_required_beside_it_fails() {
    let mut desk = Desk::new();
    let members = alice_alone(&mut desk);
    let group = members.group;
    desk.rule(Some(vec![Node::InGroup { group }]), only(ALICE));
    let ticket = ticket(&mut desk, ALICE);
    assert_eq!(shown(&mut desk, ticket).ticket.by, TicketBy::Policy {});
    assert!(counts(&mut desk, ticket));
    desk.call::<method::RemoveMembers>(CAROL, &members).unwrap();
    assert!(!desk.reads(ALICE));
    assert_eq!(why(&mut desk, ticket), TicketReason::Refused {});
}

#[test]
fn what_was_used_up_ends_no_ticket_that_was_issued_after_it() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(PlanKind::PerUse { uses: 1 }, 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 1).unwrap();
    desk.grant(ALICE, terms(READ));
    desk.rule(Some(vec![Node::Not {}, Node::Paid { plan }]), None);
    assert!(desk.reads(ALICE));
    let ticket = ticket(&mut desk, ALICE);
    assert!(counts(&mut desk, ticket));
}

#[test]
fn terms_that_have_to_be_accepted_anew_change_what_rules_ask_for() {
    let mut desk = Desk::new();
    let version = desk.set_terms(1, false);
    let accept = AcceptTermsParams {
        data_set: DATA,
        version,
        hash: Bytes32([1; 32]),
    };
    desk.call::<method::AcceptTerms>(ALICE, &accept).unwrap();
    desk.rule(None, Some(vec![Node::AcceptedTerms {}]));
    let ticket = ticket(&mut desk, ALICE);
    desk.set_terms(2, false);
    assert!(counts(&mut desk, ticket), "nobody has to accept these");
    desk.set_terms(3, true);
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
    let all = desk.grant(ALICE, terms(READ | GRANT));
    let within = || GrantTerms {
        scope: path("a"),
        ..terms(READ)
    };
    desk.grant(BOB, within());
    desk.give_on((ALICE, all), CAROL, within());
    let part = IssueTicketParams {
        scope: path("a/b"),
        ..wanted(100, 0)
    };
    let [of_alice, of_bob, of_carol] =
        [ALICE, BOB, CAROL].map(|subject| desk.call::<method::IssueTicket>(subject, &part).unwrap());
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
    for came_from_more in [of_alice, of_carol] {
        assert_eq!(why(&mut desk, came_from_more), TicketReason::RulesChanged {});
    }
    assert!(counts(&mut desk, of_bob), "a grant for the sealed part");
}
