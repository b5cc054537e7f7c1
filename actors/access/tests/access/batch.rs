//! Many questions at once, and many grants and members.

use fvm_shared::address::Address;
use holdfast_api::access::{
    AccessAnswer, GrantManyParams, GrantTerms, HasAccessParams, MAX_BATCH, MembersParams, Node, READ, Reason,
    Rule, Scope, WRITE, method,
};

use crate::desk::*;

/// Frozen.
const OTHER: u64 = 2;

fn question(subject: Address, scope: Scope) -> HasAccessParams {
    HasAccessParams {
        data_set: DATA,
        scope,
        subject,
        action: READ,
        proofs: Vec::new(),
    }
}

fn of_all(subject: u64) -> HasAccessParams {
    question(id(subject), Scope::All {})
}

fn answers(desk: &mut Desk, all: &Vec<HasAccessParams>) -> Vec<AccessAnswer> {
    desk.call::<method::HasAccessBatch>(CAROL, all).expect("answers")
}

/// A desk where Alice has a grant, Bob had one, and a sealed part asks a DAO that is silent.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    let short = GrantTerms {
        end: Some(NOW + 1),
        ..terms(READ)
    };
    desk.grant(BOB, short);
    let rule = Rule {
        scope: path("ward"),
        actions: READ,
        requires: None,
        opens: Some(vec![Node::DaoMember { dao: id(105) }]),
        sealed: true,
    };
    desk.set_rule(rule).unwrap();
    desk.call::<method::CreateDataSet>(OWNER, &plain()).unwrap();
    desk.call::<method::Freeze>(OWNER, &OTHER).unwrap();
    desk.at(NOW + 1);
    desk
}

/// Questions, and whether they are answered with yes.
fn questions() -> Vec<(HasAccessParams, bool)> {
    let writing = HasAccessParams {
        action: WRITE,
        ..of_all(ALICE)
    };
    let elsewhere = |data_set| HasAccessParams {
        data_set,
        ..of_all(OWNER)
    };
    let nobody = Address::new_secp256k1(&[7; 65]).unwrap();
    vec![
        (of_all(OWNER), true),
        (of_all(CAROL), false),
        (of_all(ALICE), true),
        (writing, false),
        (of_all(BOB), false),
        (question(id(ALICE), path("ward/7")), false),
        (question(id(ALICE), path("hall")), true),
        (question(id(CAROL), path("ward")), false),
        (elsewhere(OTHER), false),
        (elsewhere(9), false),
        (question(nobody, Scope::All {}), false),
        (of_all(ALICE), true),
    ]
}

#[test]
fn many_answers_are_those_that_each_question_gets_alone_in_the_same_order() {
    let mut desk = desk();
    let (all, allowed): (Vec<_>, Vec<_>) = questions().into_iter().unzip();
    let alone = all.iter().map(|question| {
        desk.call::<method::HasAccess>(CAROL, question)
            .expect("an answer")
    });
    let alone: Vec<_> = alone.collect();
    let together = answers(&mut desk, &all);
    assert_eq!(together, alone);
    let found: Vec<_> = together.iter().map(|answer| answer.allowed).collect();
    assert_eq!(found, allowed);
    assert_eq!(together[9].reason, Reason::NoDataSet {});
    assert_eq!(together[10].reason, Reason::NobodyThere {});
}

#[test]
fn one_to_two_hundred_questions_are_answered_at_once() {
    let mut desk = desk();
    desk.refused::<method::HasAccessBatch>(CAROL, &vec![], 85);
    for len in [1, MAX_BATCH] {
        let answers = answers(&mut desk, &vec![of_all(ALICE); len]);
        assert_eq!(answers.len(), len);
        assert!(answers.iter().all(|answer| answer.allowed));
    }
    let message = desk.refused::<method::HasAccessBatch>(CAROL, &vec![of_all(ALICE); MAX_BATCH + 1], 85);
    assert!(message.contains("201 entries lies outside 1 to 200"), "{message}");
}

#[test]
fn a_question_that_is_none_is_refused_with_all_others() {
    let mut desk = desk();
    let none = HasAccessParams {
        action: 0,
        ..of_all(ALICE)
    };
    let all = vec![of_all(ALICE), none, of_all(OWNER)];
    desk.refused::<method::HasAccessBatch>(CAROL, &all, 72);
}

#[test]
fn one_to_two_hundred_get_grants_or_join_or_leave_a_group_at_once() {
    let mut desk = Desk::new();
    let group = desk.call::<method::CreateGroup>(OWNER, &()).unwrap();
    let others = 1_000..=1_000 + MAX_BATCH as u64;
    others.clone().for_each(|other| desk.0.add_actor(other, 4, None));
    let all: Vec<Address> = others.map(Address::new_id).collect();
    let grants = |subjects: &[Address]| GrantManyParams {
        data_set: DATA,
        subjects: subjects.to_vec(),
        terms: terms(READ),
        from: None,
    };
    let members = |members: &[Address]| MembersParams {
        group,
        members: members.to_vec(),
    };
    for some in [&all[..0], &all] {
        for message in [
            desk.refused::<method::GrantMany>(OWNER, &grants(some), 85),
            desk.refused::<method::AddMembers>(OWNER, &members(some), 85),
            desk.refused::<method::RemoveMembers>(OWNER, &members(some), 85),
        ] {
            let why = format!("{} entries lies outside 1 to 200", some.len());
            assert!(message.contains(&why), "{message}");
        }
    }
    let most = &all[..MAX_BATCH];
    assert_eq!(desk.call::<method::GrantMany>(OWNER, &grants(most)).unwrap(), 1);
    desk.call::<method::AddMembers>(OWNER, &members(most)).unwrap();
    desk.call::<method::RemoveMembers>(OWNER, &members(most)).unwrap();
    assert!(desk.reads(1_000) && desk.reads(1_000 + MAX_BATCH as u64 - 1));
    assert!(!desk.reads(1_000 + MAX_BATCH as u64));
}
