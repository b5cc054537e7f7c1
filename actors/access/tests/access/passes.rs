//! Grants as ERC-4907 and ERC-5539 see them.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{GRANT, GrantAt, IsRevokedParams, Node, READ, method};
use holdfast_runtime::evm::{Bytes32, EthAddress};

use crate::desk::*;
use crate::ethereum::{CONTRACT, sol};
use crate::shop::atto;

/// The number of the pass that a grant is.
fn number(desk: &mut Desk, subject: u64, grant: u64) -> TokenAmount {
    let at = GrantAt {
        data_set: DATA,
        subject: id(subject),
        grant,
    };
    sol::<method::passOf>(desk, CONTRACT, at).unwrap()
}

/// Who may use the pass that a grant is.
pub fn user(desk: &mut Desk, subject: u64, grant: u64) -> EthAddress {
    let number = number(desk, subject, grant);
    sol::<method::userOf>(desk, CONTRACT, number).unwrap()
}

/// Who may use a pass, until when, and whether it is revoked.
fn pass(desk: &mut Desk, number: &TokenAmount) -> (EthAddress, TokenAmount, bool) {
    let (_, bytes) = number.atto().to_bytes_be();
    let mut key = [0; 32];
    key[32 - bytes.len()..].copy_from_slice(&bytes);
    let mut list = [0; 32];
    list[31] = DATA as u8;
    let revoked = IsRevokedParams {
        namespace: id(OWNER),
        revocation_list: Bytes32(list),
        revocation_key: Bytes32(key),
    };
    (
        sol::<method::userOf>(desk, CONTRACT, number.clone()).unwrap(),
        sol::<method::userExpires>(desk, CONTRACT, number.clone()).unwrap(),
        sol::<method::isRevoked>(desk, CONTRACT, revoked).unwrap(),
    )
}

#[test]
fn a_grant_is_a_pass_with_a_user_as_long_as_it_counts() {
    let mut desk = Desk::new();
    let ends = holdfast_api::access::GrantTerms {
        start: Some(NOW + 1),
        end: Some(NOW + 3),
        ..terms(READ)
    };
    let grant = desk.grant(ALICE, ends);
    let number = number(&mut desk, ALICE, grant);
    let alice = EthAddress::from_id(ALICE);
    let end = TokenAmount::from_atto(1_700_000_000 + 3 * 30);
    let nobody = (EthAddress::ZERO, atto(0), false);
    assert_eq!(pass(&mut desk, &number), nobody, "before it begins");
    assert_eq!(pass(desk.at(NOW + 1), &number), (alice, end.clone(), false));
    assert_eq!(pass(desk.at(NOW + 2), &number), (alice, end, false));
    for over in [NOW + 3, NOW + 4] {
        let seen = pass(desk.at(over), &number);
        assert_eq!(seen, nobody, "over at {over}, and not revoked");
    }
}

#[test]
fn a_pass_without_end_never_expires() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(GRANT));
    let number = number(&mut desk, ALICE, grant);
    assert_eq!(pass(&mut desk, &number).1, TokenAmount::from_atto(u64::MAX));
}

#[test]
fn a_pass_whose_chain_was_revoked_is_revoked_and_has_no_user() {
    let mut desk = Desk::new();
    let above = desk.grant(ALICE, terms(READ | GRANT));
    let grant = desk.give_on((ALICE, above), BOB, terms(READ));
    let number = number(&mut desk, BOB, grant);
    assert!(!pass(&mut desk, &number).2);
    desk.suspend(OWNER, ALICE, above, NOW + 5).unwrap();
    assert_eq!(
        pass(&mut desk, &number),
        (EthAddress::ZERO, atto(0), false),
        "suspended is not revoked"
    );
    desk.revoke(OWNER, ALICE, above).unwrap();
    assert_eq!(pass(&mut desk, &number), (EthAddress::ZERO, atto(0), true));
}

#[test]
fn a_pass_is_a_grant_and_rules_ask_for_more() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    desk.rule(Some(vec![Node::AcceptedTerms {}]), None);
    assert!(!desk.reads(ALICE));
    assert_eq!(user(&mut desk, ALICE, grant), EthAddress::from_id(ALICE));
}

#[test]
fn a_frozen_data_set_has_no_users() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    let number = number(&mut desk, ALICE, grant);
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert_eq!(pass(&mut desk, &number), (EthAddress::ZERO, atto(0), false));
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    assert!(pass(&mut desk, &number).2, "another generation");
}

#[test]
fn what_is_named_wrongly_is_revoked_and_has_no_user() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    let word = |parts: [u64; 4]| {
        let bytes: Vec<u8> = parts.iter().flat_map(|part| part.to_be_bytes()).collect();
        Bytes32(bytes.try_into().unwrap())
    };
    let (list, key) = (word([0, 0, 0, DATA]), word([0, DATA, ALICE, grant]));
    let mut revoked = |namespace, revocation_list, revocation_key| {
        let p = IsRevokedParams {
            namespace,
            revocation_list,
            revocation_key,
        };
        sol::<method::isRevoked>(&mut desk, CONTRACT, p).unwrap()
    };
    assert!(!revoked(id(OWNER), list, key));
    assert!(revoked(id(ALICE), list, key), "another namespace");
    assert!(revoked(id(OWNER), word([0, 0, 0, 2]), key), "another list");
    assert!(revoked(id(OWNER), word([0, 0, 1, DATA]), key), "no list");
    assert!(revoked(id(OWNER), list, word([1, DATA, ALICE, grant])), "no pass");
    assert!(
        revoked(id(OWNER), list, word([0, DATA, BOB, grant])),
        "somebody else"
    );
    assert!(
        revoked(id(OWNER), list, word([0, DATA, ALICE, grant + 1])),
        "no such grant"
    );
    assert!(
        revoked(id(OWNER), word([0, 0, 0, 9]), word([0, 9, ALICE, grant])),
        "no such data set"
    );
    let huge = TokenAmount::from_atto(-1) + TokenAmount::from_atto(holdfast_policies::amount::max_amount());
    for number in [atto(0), huge] {
        assert_eq!(
            sol::<method::userOf>(&mut desk, CONTRACT, number.clone()).unwrap(),
            EthAddress::ZERO
        );
        assert_eq!(
            sol::<method::userExpires>(&mut desk, CONTRACT, number).unwrap(),
            atto(0)
        );
    }
}
