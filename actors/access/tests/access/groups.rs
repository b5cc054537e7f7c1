//! Groups.

use holdfast_api::access::{
    InGroupParams, ListMembersParams, MembersParams, Node, RELAY, Reason, Scope, method,
};

use crate::desk::*;

fn members(group: u64, members: &[u64]) -> MembersParams {
    let members = members.iter().map(|member| id(*member)).collect();
    MembersParams { group, members }
}

#[test]
fn members_come_and_go_by_the_word_of_the_owner() {
    let mut desk = Desk::new();
    let group = desk.call::<method::CreateGroup>(ALICE, &()).unwrap();
    assert_eq!(desk.call::<method::GroupOwner>(BOB, &group).unwrap(), ALICE);
    desk.refused::<method::AddMembers>(BOB, &members(group, &[BOB]), 90);
    desk.refused::<method::AddMembers>(ALICE, &members(group + 1, &[BOB]), 89);
    desk.call::<method::AddMembers>(ALICE, &members(group, &[CAROL, BOB]))
        .unwrap();
    let is_in = |desk: &mut Desk, member| {
        let params = InGroupParams {
            group,
            member: id(member),
        };
        desk.call::<method::InGroup>(ALICE, &params).unwrap()
    };
    assert!(is_in(&mut desk, BOB) && is_in(&mut desk, CAROL) && !is_in(&mut desk, ALICE));
    desk.call::<method::RemoveMembers>(ALICE, &members(group, &[BOB]))
        .unwrap();
    assert!(!is_in(&mut desk, BOB));
}

#[test]
fn members_are_listed_page_by_page() {
    let mut desk = Desk::new();
    let first = desk.call::<method::CreateGroup>(ALICE, &()).unwrap();
    let second = desk.call::<method::CreateGroup>(ALICE, &()).unwrap();
    desk.call::<method::AddMembers>(ALICE, &members(first, &[102, 105, 103]))
        .unwrap();
    desk.call::<method::AddMembers>(ALICE, &members(second, &[101]))
        .unwrap();
    let page = |desk: &mut Desk, start, limit| {
        let params = ListMembersParams {
            group: first,
            start,
            limit,
        };
        let page = desk.call::<method::ListMembers>(BOB, &params).unwrap();
        (page.members, page.next)
    };
    assert_eq!(page(&mut desk, 0, 2), (vec![102, 103], Some(105)));
    assert_eq!(page(&mut desk, 105, 2), (vec![105], None));
    let none = ListMembersParams {
        group: first,
        start: 0,
        limit: 0,
    };
    desk.refused::<method::ListMembers>(BOB, &none, 86);
}

#[test]
fn a_policy_opens_to_a_group() {
    let mut desk = Desk::new();
    let group = desk.call::<method::CreateGroup>(OWNER, &()).unwrap();
    desk.rule(None, Some(vec![Node::InGroup { group }]));
    let closed = Reason::Closed {
        node: 0,
        unknown: false,
    };
    assert_eq!(desk.reason(ALICE), closed);
    desk.call::<method::AddMembers>(OWNER, &members(group, &[ALICE]))
        .unwrap();
    assert_eq!(desk.reason(ALICE), Reason::Opened {});
    let relay = desk.ask(ALICE, RELAY, Scope::All {});
    assert_eq!(
        relay.reason,
        Reason::Opened {},
        "a rule for reading is one for relaying"
    );
}
