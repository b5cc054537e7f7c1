//! Letting others spend, by both faces.

use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::hostile::Asks;
use holdfast_integration_tests::reverts::insufficient_allowance;
use holdfast_integration_tests::{Nobody, World, endless, tokens};
use holdfast_localnet::Kind;

use crate::hostile;

#[test]
fn an_allowance_of_either_face_is_spent_by_the_other() {
    let mut w = World::new();
    let (alice, bob, carol) = (
        w.account(Kind::Secp256k1, 0),
        w.account(Kind::Bls, 0),
        w.account(Kind::Eth, 0),
    );
    let token = w.story_token(&alice);

    let approved = [w.approved(token, &alice, &bob, &tokens(10))];
    assert!(
        w.erc20(token)
            .approve(&alice, &bob, tokens(10))
            .emits(&approved)
            .ok()
    );
    let moved = [w.moved(token, &alice, &carol, &tokens(4))];
    let answer = w
        .frc46(token)
        .transfer_from(&bob, &alice, &carol, tokens(4))
        .emits(&moved)
        .ok();
    assert_eq!((answer.from_balance, answer.to_balance), (tokens(996), tokens(4)));
    assert_eq!(answer.allowance, tokens(6));
    assert_eq!(w.allowance(token, &alice, &bob), tokens(6));
    hostile::receivers(Asks::Told, &w, token, &tokens(6), |w, to| {
        w.frc46(token).transfer_from(&bob, &alice, to, tokens(6))
    });

    let approved = [w.approved(token, &alice, &carol, &tokens(10))];
    let raised = w
        .frc46(token)
        .increase_allowance(&alice, &carol, tokens(10))
        .emits(&approved)
        .ok();
    assert_eq!(raised, tokens(10));
    let moved = [w.moved(token, &alice, &bob, &tokens(10))];
    assert!(
        w.erc20(token)
            .transfer_from(&carol, &alice, &bob, tokens(10))
            .emits(&moved)
            .ok()
    );
    assert_eq!(w.allowance(token, &alice, &carol), tokens(0));
}

#[test]
fn more_than_the_allowance_is_not_spent() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    w.erc20(token).approve(&alice, &carol, tokens(5)).ok();
    let error = |w: &World, needs| insufficient_allowance(w.eth(&carol), &tokens(5), &tokens(needs));
    let expected = error(&w, 6);
    w.erc20(token)
        .transfer_from(&carol, &alice, &carol, tokens(6))
        .reverts(expected);
    let expected = error(&w, 7);
    w.erc20(token)
        .burn_from(&carol, &alice, tokens(7))
        .reverts(expected);
    let bob = w.account(Kind::Bls, 0);
    w.frc46(token)
        .transfer_from(&bob, &alice, &bob, tokens(1))
        .refused(65);
    w.frc46(token).burn_from(&bob, &alice, tokens(1)).refused(65);
}

#[test]
fn an_allowance_beyond_the_balance_does_not_make_tokens() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    w.frc46(token)
        .increase_allowance(&alice, &bob, tokens(5_000))
        .ok();
    w.frc46(token)
        .transfer_from(&bob, &alice, &bob, tokens(1_001))
        .refused(64);
    assert_eq!(
        w.allowance(token, &alice, &bob),
        tokens(5_000),
        "a refused transfer spends no allowance"
    );
}

#[test]
fn an_endless_allowance_is_endless_on_both_faces() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    w.erc20(token).approve(&alice, &bob, endless()).ok();
    let answer = w.frc46(token).transfer_from(&bob, &alice, &bob, tokens(10)).ok();
    assert_eq!(answer.allowance, endless());
    w.erc20(token).transfer_from(&bob, &alice, &bob, tokens(10)).ok();
    w.frc46(token).burn_from(&bob, &alice, tokens(10)).ok();
    assert_eq!(w.allowance(token, &alice, &bob), endless());
    assert_eq!(
        w.frc46(token).increase_allowance(&alice, &bob, tokens(1)).ok(),
        endless(),
        "it saturates"
    );
    let lowered = w.frc46(token).decrease_allowance(&alice, &bob, tokens(1)).ok();
    assert_eq!(lowered, endless() - tokens(1));
}

#[test]
fn allowances_are_lowered_at_most_to_zero_and_revoked() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    w.frc46(token).increase_allowance(&alice, &bob, tokens(5)).ok();
    assert_eq!(
        w.frc46(token).decrease_allowance(&alice, &bob, tokens(2)).ok(),
        tokens(3)
    );
    assert_eq!(
        w.frc46(token).decrease_allowance(&alice, &bob, tokens(9)).ok(),
        tokens(0)
    );
    w.frc46(token).increase_allowance(&alice, &bob, tokens(5)).ok();
    let approved = [w.approved(token, &alice, &bob, &tokens(0))];
    w.frc46(token)
        .revoke_allowance(&alice, &bob)
        .emits(&approved)
        .ok();
    assert_eq!(w.allowance(token, &alice, &bob), tokens(0));
    w.frc46(token)
        .transfer_from(&bob, &alice, &bob, tokens(1))
        .refused(65);
}

#[test]
fn operators_burn_on_an_allowance() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    w.erc20(token).approve(&alice, &carol, tokens(10)).ok();
    let gone = [w.moved(token, &alice, Nobody, &tokens(4))];
    w.erc20(token)
        .burn_from(&carol, &alice, tokens(4))
        .emits(&gone)
        .ok();
    assert_eq!(w.supply(token), tokens(996));
    assert_eq!(w.allowance(token, &alice, &carol), tokens(6));
}

#[test]
fn many_allowances_live_beside_each_other() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let operators: Vec<_> = (0..10).map(|n| w.account(Kind::Eth, n)).collect();
    for (number, operator) in (1..).zip(&operators) {
        w.erc20(token).approve(&alice, operator, tokens(number)).ok();
    }
    for operator in operators.iter().step_by(2) {
        w.erc20(token).approve(&alice, operator, tokens(0)).ok();
    }
    for (number, operator) in (1..).zip(&operators) {
        let left = if number % 2 == 1 {
            tokens(0)
        } else {
            tokens(number)
        };
        assert_eq!(w.allowance(token, &alice, operator), left);
    }
}

#[test]
fn a_frc46_operator_is_somebody_else() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    w.frc46(token)
        .increase_allowance(&alice, &alice, tokens(1))
        .refused(67);
    w.frc46(token)
        .transfer_from(&alice, &alice, &alice, tokens(1))
        .refused(67);
    w.erc20(token)
        .transfer_from(&alice, &alice, &alice, tokens(1))
        .refused(33);
    w.erc20(token).approve(&alice, &alice, tokens(1)).ok();
    w.erc20(token)
        .transfer_from(&alice, &alice, &alice, tokens(1))
        .ok();
}

#[test]
fn a_holder_without_actor_is_not_created_by_naming_it() {
    let mut w = World::new();
    let (alice, absent) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 77));
    let token = w.story_token(&alice);
    w.frc46(token)
        .transfer_from(&alice, &absent, &alice, tokens(1))
        .refused(68);
    let error = IToken::ERC20InvalidSender(w.eth(&absent));
    w.erc20(token)
        .transfer_from(&alice, &absent, &alice, tokens(1))
        .reverts(error);
    assert_eq!(w.balance(token, &absent), tokens(0));
    assert_eq!(w.network().resolve(&absent.address()).unwrap(), None);
}
