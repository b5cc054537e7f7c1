//! Commitments: grants whose subject nobody knows before it uses them.

use holdfast_api::access::events::{CommitmentRevoked, Committed, Granted};
use holdfast_api::access::{
    ADMIN, CommitmentParams, CommittedGrant, GRANT, GrantCommittedParams, GrantTerms, ListCommittedParams,
    MAX_GRANTS, READ, RELAY, Reason, RevealParams, method,
};
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::{ActorError, Runtime};

use crate::answers::word;
use crate::desk::*;

/// Of the commitments to Alice.
pub const SALT: Bytes32 = Bytes32([9; 32]);

/// The commitment to somebody, word by word.
fn commitment_of(desk: &Desk, subject: u64, salt: Bytes32) -> Bytes32 {
    let actor = EthAddress::from_id(desk.0.message().receiver).to_word();
    let words = [
        word(314_159),
        actor,
        word(DATA),
        EthAddress::from_id(subject).to_word(),
        salt.0,
    ];
    Bytes32(desk.0.hash(Hash::Keccak256, &words.concat()))
}

/// Somebody gives a grant to Alice without naming her.
pub fn commit(desk: &mut Desk, by: u64, terms: GrantTerms, from: Option<u64>) -> Result<Bytes32, ActorError> {
    let commitment = commitment_of(desk, ALICE, SALT);
    let params = GrantCommittedParams {
        data_set: DATA,
        commitment,
        terms,
        from,
    };
    desk.call::<method::GrantCommitted>(by, &params)?;
    Ok(commitment)
}

pub fn reveal(desk: &mut Desk, subject: u64, salt: Bytes32) -> Result<u64, ActorError> {
    let params = RevealParams { data_set: DATA, salt };
    desk.call::<method::Reveal>(subject, &params)
}

pub fn at(commitment: Bytes32) -> CommitmentParams {
    CommitmentParams {
        data_set: DATA,
        commitment,
    }
}

fn committed(desk: &mut Desk, commitment: Bytes32) -> Option<CommittedGrant> {
    desk.call::<method::GetCommitted>(CAROL, &at(commitment)).unwrap()
}

fn revoke(desk: &mut Desk, by: u64, commitment: Bytes32) -> Result<(), ActorError> {
    desk.call::<method::RevokeCommitted>(by, &at(commitment))
}

#[test]
fn nobody_is_named_before_the_subject_reveals_itself() {
    let mut desk = Desk::new();
    let commitment = commit(&mut desk, OWNER, terms(READ), None).unwrap();
    desk.told(Committed {
        data_set: DATA,
        commitment,
        by: OWNER,
        actions: READ | RELAY,
    });
    assert!(!desk.reads(ALICE));
    let grant = reveal(&mut desk, ALICE, SALT).unwrap();
    desk.told(Granted {
        data_set: DATA,
        subject: ALICE,
        grant,
        by: OWNER,
        actions: READ | RELAY,
    });
    assert_eq!(desk.reason(ALICE), Reason::Granted { grant });
    assert_eq!(committed(&mut desk, commitment), None);
    assert_eq!(code(reveal(&mut desk, ALICE, SALT)), 136, "once is enough");
}

#[test]
fn a_commitment_opens_to_its_subject_with_its_salt_and_to_nobody_else() {
    let mut desk = Desk::new();
    commit(&mut desk, OWNER, terms(READ), None).unwrap();
    assert_eq!(code(reveal(&mut desk, BOB, SALT)), 136);
    assert_eq!(code(reveal(&mut desk, ALICE, Bytes32([8; 32]))), 136);
    desk.call::<method::CreateDataSet>(OWNER, &plain()).unwrap();
    let elsewhere = RevealParams {
        data_set: 2,
        salt: SALT,
    };
    desk.refused::<method::Reveal>(ALICE, &elsewhere, 136);
    reveal(&mut desk, ALICE, SALT).unwrap();
}

#[test]
fn those_commit_who_could_give_a_grant() {
    let mut desk = Desk::new();
    assert_eq!(code(commit(&mut desk, BOB, terms(READ), None)), 66);
    let bob = desk.grant(BOB, terms(READ | GRANT));
    let wider = commit(&mut desk, BOB, terms(ADMIN), Some(bob));
    assert_eq!(code(wider), 75);
    commit(&mut desk, BOB, terms(READ), Some(bob)).unwrap();
    desk.grant(CAROL, terms(ADMIN));
    let commitment = commitment_of(&desk, ALICE, Bytes32([8; 32]));
    let params = GrantCommittedParams {
        data_set: DATA,
        commitment,
        terms: terms(READ),
        from: None,
    };
    desk.call::<method::GrantCommitted>(CAROL, &params).unwrap();
}

#[test]
fn nothing_is_committed_to_twice_and_nothing_to_zeros() {
    let mut desk = Desk::new();
    commit(&mut desk, OWNER, terms(READ), None).unwrap();
    assert_eq!(code(commit(&mut desk, OWNER, terms(RELAY), None)), 135);
    let zeros = GrantCommittedParams {
        data_set: DATA,
        commitment: Bytes32::default(),
        terms: terms(READ),
        from: None,
    };
    desk.refused::<method::GrantCommitted>(OWNER, &zeros, 134);
}

#[test]
fn what_the_terms_leave_open_is_fixed_when_they_are_committed() {
    let mut desk = Desk::new();
    let until = GrantTerms {
        end: Some(NOW + 50),
        ..terms(READ | GRANT)
    };
    let bob = desk.grant(BOB, until);
    let commitment = commit(&mut desk, BOB, terms(READ), Some(bob)).unwrap();
    let expected = CommittedGrant {
        by: BOB,
        from: Some(bob),
        terms: GrantTerms {
            start: Some(NOW),
            end: Some(NOW + 50),
            ..terms(READ)
        },
        generation: 0,
        held_up: false,
    };
    assert_eq!(committed(&mut desk, commitment), Some(expected));
    reveal(desk.at(NOW + 20), ALICE, SALT).unwrap();
    assert!(desk.at(NOW + 49).reads(ALICE));
    assert!(!desk.at(NOW + 50).reads(ALICE));
    assert!(!desk.at(NOW + 51).reads(ALICE));
}

#[test]
fn a_commitment_is_revealed_before_its_end() {
    let short = GrantTerms {
        end: Some(NOW + 5),
        ..terms(READ)
    };
    for (epoch, open) in [(NOW + 4, true), (NOW + 5, false), (NOW + 6, false)] {
        let mut desk = Desk::new();
        commit(&mut desk, OWNER, short.clone(), None).unwrap();
        let revealed = reveal(desk.at(epoch), ALICE, SALT);
        match open {
            true => assert!(revealed.is_ok(), "{revealed:?}"),
            false => assert_eq!(code(revealed), 73, "at {epoch}"),
        }
    }
}

#[test]
fn terms_that_can_never_count_are_refused_when_they_are_committed() {
    let mut desk = Desk::new();
    let over = GrantTerms {
        end: Some(NOW),
        ..terms(READ)
    };
    assert_eq!(code(commit(&mut desk, OWNER, over, None)), 73);
    let none = GrantTerms {
        uses: Some(0),
        ..terms(READ)
    };
    assert_eq!(code(commit(&mut desk, OWNER, none, None)), 92);
}

#[test]
fn what_is_revealed_is_no_wider_than_what_is_above_it_now() {
    let mut desk = Desk::new();
    let counted = |uses| GrantTerms {
        uses: Some(uses),
        ..terms(READ | GRANT)
    };
    let bob = desk.grant(BOB, counted(3));
    commit(&mut desk, BOB, counted(3), Some(bob)).unwrap();
    desk.uses(BOB, 1).unwrap();
    let refused = reveal(&mut desk, ALICE, SALT).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    assert!(refused.message.contains("2 uses of it are left"), "{refused}");
}

#[test]
fn a_commitment_ends_with_the_grant_that_it_is_made_from() {
    let mut desk = Desk::new();
    let bob = desk.grant(BOB, terms(READ | GRANT));
    commit(&mut desk, BOB, terms(READ), Some(bob)).unwrap();
    desk.revoke(OWNER, BOB, bob).unwrap();
    assert_eq!(code(reveal(&mut desk, ALICE, SALT)), 77);
}

#[test]
fn a_commitment_whose_grant_has_ended_is_cleared_away_by_anybody() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ | GRANT));
    let for_good = GrantTerms {
        revocable: false,
        ..terms(READ)
    };
    let commitment = commit(&mut desk, BOB, for_good, Some(bob)).unwrap();
    assert_eq!(code(revoke(&mut desk, CAROL, commitment)), 138);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    revoke(&mut desk, CAROL, commitment).unwrap();
    assert_eq!(code(revoke(&mut desk, CAROL, commitment)), 136);
}

#[test]
fn a_revealed_grant_ends_with_those_above_it() {
    let mut desk = Desk::new();
    let bob = desk.grant(BOB, terms(READ | GRANT));
    commit(&mut desk, BOB, terms(READ), Some(bob)).unwrap();
    let alice = reveal(&mut desk, ALICE, SALT).unwrap();
    desk.revoke(OWNER, BOB, bob).unwrap();
    let dead = Reason::Dead {
        grant: alice,
        at: bob,
        why: "revoked".to_owned(),
    };
    assert_eq!(desk.reason(ALICE), dead);
}

#[test]
fn a_commitment_of_an_earlier_generation_opens_nothing() {
    let mut desk = Desk::new();
    commit(&mut desk, OWNER, terms(READ), None).unwrap();
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    let refused = reveal(&mut desk, ALICE, SALT).unwrap_err();
    assert_eq!(refused.code.value(), 137);
    assert!(
        refused.message.contains("generation 0, and the data set in 1"),
        "{refused}"
    );
}

#[test]
fn a_freeze_stops_committing_and_revealing_and_no_revoking() {
    let mut desk = Desk::new();
    let commitment = commit(&mut desk, OWNER, terms(READ), None).unwrap();
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert_eq!(code(reveal(&mut desk, ALICE, SALT)), 70);
    let other = GrantCommittedParams {
        data_set: DATA,
        commitment: Bytes32([7; 32]),
        terms: terms(READ),
        from: None,
    };
    desk.refused::<method::GrantCommitted>(OWNER, &other, 70);
    revoke(&mut desk, OWNER, commitment).unwrap();
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    assert_eq!(code(reveal(&mut desk, ALICE, SALT)), 136);
}

#[test]
fn a_commitment_is_taken_back_by_those_who_could_revoke_the_grant() {
    let mut desk = Desk::new();
    let bob = desk.grant(BOB, terms(READ | GRANT));
    let carol = desk.give_on((BOB, bob), CAROL, terms(READ | GRANT));
    for by in [CAROL, BOB, OWNER] {
        let commitment = commit(&mut desk, CAROL, terms(READ), Some(carol)).unwrap();
        assert_eq!(code(revoke(&mut desk, ALICE, commitment)), 138);
        revoke(&mut desk, by, commitment).unwrap();
        desk.told(CommitmentRevoked {
            data_set: DATA,
            commitment,
            by,
        });
        assert_eq!(code(revoke(&mut desk, by, commitment)), 136);
    }
    let commitment = commit(&mut desk, OWNER, terms(READ), None).unwrap();
    assert_eq!(code(revoke(&mut desk, BOB, commitment)), 138, "the owner made it");
    desk.grant(ALICE, terms(ADMIN));
    revoke(&mut desk, ALICE, commitment).unwrap();
}

#[test]
fn what_was_committed_for_good_stays_until_it_can_no_longer_be_revealed() {
    let for_good = GrantTerms {
        revocable: false,
        end: Some(NOW + 5),
        ..terms(READ)
    };
    for over in [NOW + 5, NOW + 6] {
        let mut desk = Desk::new();
        let commitment = commit(&mut desk, OWNER, for_good.clone(), None).unwrap();
        assert_eq!(code(revoke(desk.at(NOW + 4), OWNER, commitment)), 139);
        revoke(desk.at(over), BOB, commitment).expect("anyone clears away what is over");
    }
    let mut desk = Desk::new();
    let commitment = commit(&mut desk, OWNER, for_good, None).unwrap();
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    revoke(&mut desk, BOB, commitment).expect("nor does what is void stay");
}

#[test]
fn who_has_no_room_for_another_grant_reveals_later() {
    let mut desk = Desk::new();
    commit(&mut desk, OWNER, terms(READ), None).unwrap();
    let own: Vec<u64> = (0..MAX_GRANTS).map(|_| desk.grant(ALICE, terms(RELAY))).collect();
    assert_eq!(code(reveal(&mut desk, ALICE, SALT)), 78);
    desk.revoke(OWNER, ALICE, own[0]).unwrap();
    reveal(&mut desk, ALICE, SALT).unwrap();
    assert!(desk.reads(ALICE));
}

#[test]
fn the_owner_reveals_nothing_to_itself() {
    let mut desk = Desk::new();
    let commitment = commitment_of(&desk, OWNER, SALT);
    let params = GrantCommittedParams {
        data_set: DATA,
        commitment,
        terms: terms(READ),
        from: None,
    };
    desk.call::<method::GrantCommitted>(OWNER, &params).unwrap();
    assert_eq!(code(reveal(&mut desk, OWNER, SALT)), 93);
}

#[test]
fn what_was_committed_by_an_admin_stays_when_the_admin_goes() {
    let mut desk = Desk::new();
    let admin = desk.grant(BOB, terms(ADMIN));
    commit(&mut desk, BOB, terms(READ), None).unwrap();
    desk.revoke(OWNER, BOB, admin).unwrap();
    reveal(&mut desk, ALICE, SALT).unwrap();
    assert!(desk.reads(ALICE));
}

#[test]
fn commitments_that_wait_are_listed_page_by_page() {
    let mut desk = Desk::new();
    desk.call::<method::CreateDataSet>(OWNER, &plain()).unwrap();
    let mut waiting = Vec::new();
    for (data_set, byte) in [(DATA, 3), (2, 1), (DATA, 2), (DATA, 9)] {
        let commitment = Bytes32([byte; 32]);
        let params = GrantCommittedParams {
            data_set,
            commitment,
            terms: terms(READ),
            from: None,
        };
        desk.call::<method::GrantCommitted>(OWNER, &params).unwrap();
        waiting.extend((data_set == DATA).then_some(commitment));
    }
    waiting.sort_unstable();
    let list = |start, limit| ListCommittedParams {
        data_set: DATA,
        start,
        limit,
    };
    let first = desk
        .call::<method::ListCommitted>(CAROL, &list(Bytes32::default(), 2))
        .unwrap();
    assert_eq!(
        (&first.commitments[..], first.next),
        (&waiting[..2], Some(waiting[2]))
    );
    for limit in [1, 2] {
        let rest = desk
            .call::<method::ListCommitted>(CAROL, &list(waiting[2], limit))
            .unwrap();
        assert_eq!((&rest.commitments[..], rest.next), (&waiting[2..], None));
    }
    for limit in [0, 1_001] {
        desk.refused::<method::ListCommitted>(CAROL, &list(Bytes32::default(), limit), 86);
    }
}
