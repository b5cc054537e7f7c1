//! What is given on.

use holdfast_api::access::{GRANT, GrantTerms, READ, RELAY, Reason, Scope, WRITE, method};
use holdfast_runtime::testing::Written;

use crate::desk::*;
use crate::writes::{FIRST, readers, written};

/// Alice may read and give it on; Bob has it from her, Carol from Bob.
fn chain(desk: &mut Desk) -> [u64; 3] {
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ | GRANT));
    let carol = desk.give_on((BOB, bob), CAROL, terms(READ));
    [alice, bob, carol]
}

#[test]
fn a_reader_gives_reading_on_and_nothing_more() {
    let mut desk = Desk::new();
    chain(&mut desk);
    assert!(desk.reads(CAROL));
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let wider = desk.give(ALICE, BOB, terms(WRITE), Some(alice)).unwrap_err();
    assert_eq!(wider.code.value(), 75);
    assert!(wider.message.contains("0b01011"), "{wider}");
}

#[test]
fn who_was_not_given_it_to_give_on_gives_nothing() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ));
    let refused = desk.give(ALICE, BOB, terms(READ), Some(alice)).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    assert!(refused.message.contains("giving on"), "{refused}");
    let stolen = desk.give(BOB, CAROL, terms(READ), Some(alice)).unwrap_err();
    assert_eq!(stolen.code.value(), 76);
}

#[test]
fn what_is_given_on_ends_with_what_it_came_from() {
    let mut desk = Desk::new();
    let until = GrantTerms {
        end: Some(NOW + 10),
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, until);
    desk.give_on((ALICE, alice), BOB, terms(READ));
    assert_eq!(desk.ask(BOB, READ, Scope::All {}).valid_until, Some(NOW + 10));
    let longer = GrantTerms {
        end: Some(NOW + 11),
        ..terms(READ)
    };
    let refused = desk.give(ALICE, CAROL, longer, Some(alice)).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    assert!(refused.message.contains("from epoch 1000 to 1010"), "{refused}");
    assert!(!desk.at(NOW + 10).reads(BOB));
}

#[test]
fn what_would_begin_when_what_is_above_ends_is_not_given() {
    let mut desk = Desk::new();
    let until = GrantTerms {
        end: Some(NOW + 10),
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, until);
    let from = |start| GrantTerms {
        start: Some(NOW + start),
        ..terms(READ)
    };
    desk.give_on((ALICE, alice), BOB, from(9));
    for start in [10, 11] {
        let refused = desk.give(ALICE, BOB, from(start), Some(alice)).unwrap_err();
        assert_eq!(refused.code.value(), 73, "{refused}");
    }
}

#[test]
fn a_folder_is_given_on_as_a_folder_in_it() {
    let mut desk = Desk::new();
    let folder = GrantTerms {
        scope: path("a"),
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, folder);
    let inner = GrantTerms {
        scope: path("a/b"),
        ..terms(READ)
    };
    desk.give_on((ALICE, alice), BOB, inner);
    assert!(desk.ask(BOB, READ, path("a/b/c")).allowed && !desk.ask(BOB, READ, path("a/c")).allowed);
    let all = desk.give(ALICE, BOB, terms(READ), Some(alice)).unwrap_err();
    assert_eq!(all.code.value(), 75);
}

#[test]
fn what_is_below_a_revoked_grant_says_which_one_it_was() {
    let mut desk = Desk::new();
    let [alice, bob, carol] = chain(&mut desk);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    for (reader, grant) in [(BOB, bob), (CAROL, carol)] {
        let dead = Reason::Dead {
            grant,
            at: alice,
            why: "revoked".to_owned(),
        };
        assert_eq!(desk.reason(reader), dead);
    }
}

/// What it takes to revoke Alice's grant where a hundred and fifty read by it, or by the owner's word.
fn revoked(below: bool) -> Written {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    readers(&mut desk, 150, below.then_some((ALICE, alice)));
    let written = written(&mut desk, |desk| desk.revoke(OWNER, ALICE, alice).unwrap());
    assert!(!desk.reads(ALICE));
    let reading = (0..150).filter(|reader| desk.reads(FIRST + reader)).count();
    assert_eq!(reading, if below { 0 } else { 150 });
    written
}

#[test]
fn revoking_one_grant_ends_all_below_it_by_one_write() {
    let (alone, above) = (revoked(false), revoked(true));
    let blocks = (alone.blocks, above.blocks);
    assert_eq!(blocks, (2, 2), "the block with the grant, and the root");
    // Those who are in the same block name the grant that they came from.
    assert!(above.bytes < alone.bytes + 128, "{above:?} and {alone:?}");
}

#[test]
fn whoever_is_above_a_grant_can_take_it_back() {
    let mut desk = Desk::new();
    let [_, _, carol] = chain(&mut desk);
    desk.revoke(ALICE, CAROL, carol).unwrap();
    assert!(!desk.reads(CAROL) && desk.reads(BOB));
    let [_, bob, _] = chain(&mut desk);
    assert_eq!(
        desk.revoke(CAROL, BOB, bob).unwrap_err().code.value(),
        79,
        "not from below"
    );
}

#[test]
fn a_grant_from_a_dead_one_is_refused() {
    let mut desk = Desk::new();
    let [alice, bob, _] = chain(&mut desk);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    let refused = desk.give(BOB, CAROL, terms(RELAY), Some(bob)).unwrap_err();
    assert_eq!(refused.code.value(), 77, "{refused}");
}

#[test]
fn a_chain_has_at_most_eight_grants() {
    let mut desk = Desk::new();
    let mut last = (102, desk.grant(102, terms(READ | GRANT)));
    for subject in 103..110 {
        last = (subject, desk.give_on(last, subject, terms(READ | GRANT)));
    }
    assert!(desk.reads(109));
    desk.0.add_actor(110, 4, None);
    let refused = desk.give(last.0, 110, terms(READ), Some(last.1)).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    assert!(refused.message.contains("8 grants are above"), "{refused}");
}

#[test]
fn a_new_owner_does_not_revive_what_was_void() {
    const HEIR: u64 = 105;
    for keep_grants in [true, false] {
        let mut desk = Desk::new();
        chain(&mut desk);
        desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
        desk.hand_over(HEIR, keep_grants);
        let alice = desk.give(HEIR, ALICE, terms(READ | GRANT), None).unwrap();
        assert!(!desk.reads(BOB) && !desk.reads(CAROL));
        desk.give_on((ALICE, alice), CAROL, terms(READ));
        assert!(desk.reads(CAROL));
    }
}

#[test]
fn grants_from_a_revoked_one_take_no_room() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    for _ in 0..16 {
        desk.give_on((ALICE, alice), BOB, terms(READ));
    }
    let full = desk.give(OWNER, BOB, terms(READ), None).unwrap_err();
    assert_eq!(full.code.value(), 78);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    desk.grant(BOB, terms(READ));
    assert!(desk.reads(BOB));
}
