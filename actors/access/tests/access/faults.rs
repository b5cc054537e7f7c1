//! Faults that other systems had, each by a sentence that has to hold here.
//!
//! Those of signed messages (replayed on another chain, actor, method or data set, twice, too late, by nobody) are in `carried`
//! and `typed`; delays that were bypassed in `held_up`; grants that the guardian could not cancel in `delays`.

use holdfast_api::access::{
    AccessError, GRANT, GrantTerms, Node, READ, Reason, RenounceParams, Scope, SuspendParams, method,
};

use crate::desk::*;

#[test]
fn an_expired_grant_is_valid_on_no_path() {
    let mut desk = Desk::new();
    let short = GrantTerms {
        end: Some(NOW + 1),
        ..terms(READ | GRANT)
    };
    let grant = desk.grant(ALICE, short);
    desk.at(NOW + 1);
    assert!(!desk.reads(ALICE));
    let given_on = desk.give(ALICE, BOB, terms(READ), Some(grant));
    assert!(given_on.is_err());
    let used = holdfast_api::access::ConsumeAccessParams {
        data_set: DATA,
        scope: Scope::All {},
        action: READ,
        uses: 1,
        proofs: Vec::new(),
    };
    desk.refused::<method::ConsumeAccess>(ALICE, &used, 91);
}

#[test]
fn whoever_started_a_message_has_no_say_in_what_its_callees_may() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    // The double's origin is the owner in every message: only the immediate caller counts.
    let error = desk.give(BOB, CAROL, terms(READ), None).unwrap_err();
    let expected = AccessError::NotAdmin {
        data_set: DATA,
        caller: id(BOB),
    };
    assert_eq!(error, expected.into());
}

#[test]
fn a_deny_list_that_cannot_be_read_opens_nothing() {
    let mut desk = Desk::new();
    // A list that nobody has set: whether Alice is on it is not known, and turned around it is no better known.
    desk.rule(None, Some(vec![Node::Not {}, Node::AllowList { list: 1 }]));
    let unknown = Reason::Closed {
        node: 1,
        unknown: true,
    };
    assert_eq!(desk.reason(ALICE), unknown);
}

#[test]
fn an_empty_alternative_is_no_policy() {
    let mut desk = Desk::new();
    let rule = holdfast_api::access::Rule {
        scope: Scope::All {},
        actions: READ,
        requires: None,
        opens: Some(vec![Node::Or { of: 0 }]),
        sealed: false,
    };
    assert_eq!(desk.set_rule(rule).unwrap_err().code.value(), 81);
}

#[test]
fn a_freeze_stops_no_way_out() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ));
    let bob = desk.grant(BOB, terms(READ));
    let carol = desk.grant(CAROL, terms(READ));
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert_eq!(
        desk.give(OWNER, BOB, terms(READ), None).unwrap_err().code.value(),
        70
    );
    desk.revoke(OWNER, ALICE, alice).unwrap();
    let renounce = RenounceParams {
        data_set: DATA,
        grant: bob,
    };
    desk.call::<method::Renounce>(BOB, &renounce).unwrap();
    let suspend = SuspendParams {
        data_set: DATA,
        subject: id(CAROL),
        grant: carol,
        until: NOW + 9,
    };
    desk.call::<method::Suspend>(GUARDIAN, &suspend).unwrap();
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    assert!(!desk.reads(ALICE) && !desk.reads(BOB) && !desk.reads(CAROL));
}

#[test]
fn a_revocation_cannot_be_taken_back_by_any_method() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    desk.revoke(OWNER, ALICE, grant).unwrap();
    let lift = SuspendParams {
        data_set: DATA,
        subject: id(ALICE),
        grant,
        until: 0,
    };
    desk.call::<method::Suspend>(OWNER, &lift).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    assert!(!desk.reads(ALICE));
}

#[test]
fn a_grant_is_made_from_an_earlier_one_so_no_circle_closes() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ | GRANT));
    let back = desk.give_on((BOB, bob), ALICE, terms(READ | GRANT));
    assert!(alice < bob && bob < back);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    assert!(
        !desk.reads(ALICE),
        "what comes back from below ends with what is above"
    );
}

#[test]
fn a_child_that_was_wider_would_be_narrowed_when_it_is_used() {
    let mut desk = Desk::new();
    let folder = GrantTerms {
        scope: path("a"),
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, folder);
    let refused = desk.give(ALICE, BOB, terms(READ), Some(alice)).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    // That it is narrowed at the check too is a matter of the policy: `what_is_narrower_above_is_narrower_below`.
}

#[test]
fn every_walk_over_grants_is_bounded_and_says_where_to_go_on() {
    let mut desk = Desk::new();
    for limit in [0, 201] {
        let prune = holdfast_api::access::PruneParams {
            data_set: DATA,
            start: 0,
            limit,
        };
        desk.refused::<method::Prune>(ALICE, &prune, 86);
    }
}
