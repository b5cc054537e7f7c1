//! Terms: set, accepted, required.

use holdfast_api::access::events::TermsAccepted;
use holdfast_api::access::{
    AcceptTermsParams, Acceptance, AcceptedTermsParams, AccessError, GRANT, GrantTerms, Node, READ, Reason,
    method,
};
use holdfast_runtime::ActorError;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;

use crate::desk::*;
use crate::shop::*;

fn accept(desk: &mut Desk, version: u64, hash: u8) -> Result<(), ActorError> {
    let params = AcceptTermsParams {
        data_set: DATA,
        version,
        hash: Bytes32([hash; 32]),
    };
    desk.call::<method::AcceptTerms>(ALICE, &params)
}

#[test]
fn terms_are_accepted_in_their_present_version_and_text() {
    let mut desk = Desk::new();
    assert_eq!(
        accept(&mut desk, 0, 0).unwrap_err().code.value(),
        88,
        "there are none"
    );
    assert_eq!(desk.set_terms(1, false), 1);
    assert_eq!(desk.set_terms(2, false), 2);
    for (version, hash) in [(1, 1), (2, 1), (3, 2), (0, 2)] {
        let refused = accept(&mut desk, version, hash).unwrap_err();
        assert_eq!(refused.code.value(), 88, "{version}, {hash}");
    }
    accept(&mut desk, 2, 2).unwrap();
    let accepted = AcceptedTermsParams {
        data_set: DATA,
        subject: id(ALICE),
    };
    let found = desk.call::<method::AcceptedTerms>(BOB, &accepted).unwrap();
    let (version, epoch) = (2, NOW);
    assert_eq!(found, Some(Acceptance { version, epoch }));
    accept(desk.at(NOW + 5), 2, 2).unwrap();
    assert_eq!(
        desk.call::<method::AcceptedTerms>(BOB, &accepted).unwrap(),
        found,
        "what is accepted again was accepted before"
    );
}

#[test]
fn no_grant_asks_for_terms_to_come() {
    let mut desk = Desk::new();
    let asking = |version| GrantTerms {
        terms: version,
        ..terms(READ | GRANT)
    };
    let refused = desk.give(OWNER, ALICE, asking(1), None).unwrap_err();
    assert_eq!(refused, AccessError::NoTerms { version: 1, last: 0 }.into());
    desk.set_terms(1, false);
    let alice = desk.grant(ALICE, asking(1));
    accept(&mut desk, 1, 1).unwrap();
    for (giver, from) in [(OWNER, None), (ALICE, Some(alice))] {
        let refused = desk.give(giver, BOB, asking(2), from).unwrap_err();
        assert_eq!(refused, AccessError::NoTerms { version: 2, last: 1 }.into());
    }
    desk.give_on((ALICE, alice), BOB, asking(1));
}

#[test]
fn who_buys_accepts_the_terms_that_it_names() {
    let mut desk = Desk::new();
    let version = desk.set_terms(1, false);
    let number = desk.sells(plan(subscription(10, 0), 5));
    let accepted = TermsAccepted {
        data_set: DATA,
        subject: ALICE,
        version,
    };
    let told = |desk: &Desk| {
        let event = accepted.to_actor_event().unwrap();
        desk.0.emitted().iter().filter(|other| **other == event).count()
    };
    desk.at(NOW + 3).buys(ALICE, number, 1).unwrap();
    assert_eq!(told(&desk), 1);
    let asked = AcceptedTermsParams {
        data_set: DATA,
        subject: id(ALICE),
    };
    let found = desk.call::<method::AcceptedTerms>(BOB, &asked).unwrap();
    assert_eq!(
        found.map(|found| (found.version, found.epoch)),
        Some((1, NOW + 3))
    );
    let mut again = desk.wanted(ALICE, number, 1);
    again.subject = Some(id(BOB));
    desk.0.value(atto(5));
    desk.at(NOW + 4).call::<method::Buy>(ALICE, &again).unwrap();
    let of_bob = AcceptedTermsParams {
        subject: id(BOB),
        ..asked
    };
    assert_eq!(
        desk.call::<method::AcceptedTerms>(BOB, &of_bob).unwrap(),
        None,
        "nobody accepts for others"
    );
}

#[test]
fn a_grant_with_terms_opens_once_they_are_accepted() {
    let mut desk = Desk::new();
    desk.set_terms(1, false);
    let grant = desk.grant(
        ALICE,
        GrantTerms {
            terms: 1,
            ..terms(READ)
        },
    );
    assert_eq!(desk.reason(ALICE), Reason::TermsNotAccepted { grant, version: 1 });
    accept(&mut desk, 1, 1).unwrap();
    assert!(desk.reads(ALICE));
    desk.set_terms(2, true);
    assert!(desk.reads(ALICE), "the grant asks for the first version");
}

#[test]
fn new_terms_can_ask_for_fresh_acceptance() {
    let mut desk = Desk::new();
    desk.set_terms(1, false);
    desk.rule(Some(vec![Node::AcceptedTerms {}]), None);
    desk.grant(ALICE, terms(READ));
    let required = Reason::NotRequired {
        node: 0,
        unknown: false,
    };
    assert_eq!(desk.reason(ALICE), required);
    accept(&mut desk, 1, 1).unwrap();
    assert!(desk.reads(ALICE));
    desk.set_terms(2, false);
    assert!(desk.reads(ALICE), "an earlier acceptance still counts");
    desk.set_terms(3, true);
    assert_eq!(desk.reason(ALICE), required);
    accept(&mut desk, 3, 3).unwrap();
    assert!(desk.reads(ALICE));
}

#[test]
fn only_the_owner_and_admins_set_terms() {
    let mut desk = Desk::new();
    desk.refused::<method::SetTerms>(ALICE, &wording(1, true), 66);
}

#[test]
fn terms_go_along_with_what_is_given_on() {
    let mut desk = Desk::new();
    desk.set_terms(1, false);
    let bound = GrantTerms {
        terms: 1,
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, bound);
    accept(&mut desk, 1, 1).unwrap();
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ));
    let waits = Reason::TermsNotAccepted {
        grant: bob,
        version: 1,
    };
    assert_eq!(desk.reason(BOB), waits);
}
