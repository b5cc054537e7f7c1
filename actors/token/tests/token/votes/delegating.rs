//! Who votes for whose tokens.

use fvm_shared::address::Address;
use holdfast_api::token::events::Paused;
use holdfast_api::token::method;
use holdfast_runtime::evm::EthAddress;

use super::{NOBODY, START, not_voting, zero};
use crate::desk::*;

#[test]
fn tokens_are_nobodys_votes_until_they_are_delegated() {
    let mut desk = Desk::new();
    assert_eq!(desk.votes(ALICE), tokens(0));
    assert_eq!(desk.call::<method::DelegateOf>(BOB, &id(ALICE)).unwrap(), None);
    assert_eq!(desk.sol::<method::delegates>(BOB, id(ALICE)).unwrap(), NOBODY);
    desk.delegate(ALICE, BOB, 1_000);
    assert_eq!((desk.votes(ALICE), desk.votes(BOB)), (tokens(0), tokens(1_000)));
    assert_eq!(
        desk.call::<method::DelegateOf>(BOB, &id(ALICE)).unwrap(),
        Some(BOB)
    );
    assert_eq!(desk.sol::<method::delegates>(BOB, id(ALICE)).unwrap(), eth(BOB));
}

#[test]
fn a_holder_can_vote_alone() {
    let mut desk = Desk::new();
    desk.delegate(ALICE, ALICE, 1_000);
    assert_eq!(desk.votes(ALICE), tokens(1_000));
}

#[test]
fn votes_move_from_one_delegate_to_the_next_and_to_nobody() {
    let mut desk = Desk::new();
    desk.delegate(ALICE, BOB, 1_000);
    desk.expect_delegation(ALICE, eth(BOB), eth(CAROL));
    desk.expect_votes(BOB, tokens(1_000), tokens(0))
        .expect_votes(CAROL, tokens(0), tokens(1_000));
    desk.sol::<method::Delegate>(ALICE, id(CAROL)).unwrap();
    desk.expect_delegation(ALICE, eth(CAROL), eth(CAROL));
    desk.sol::<method::Delegate>(ALICE, id(CAROL)).unwrap();
    desk.expect_delegation(ALICE, eth(CAROL), NOBODY)
        .expect_votes(CAROL, tokens(1_000), tokens(0));
    desk.sol::<method::Delegate>(ALICE, zero()).unwrap();
    assert_eq!((desk.votes(BOB), desk.votes(CAROL)), (tokens(0), tokens(0)));
    desk.expect_delegation(ALICE, NOBODY, NOBODY);
    desk.call::<method::Delegate>(ALICE, &zero()).unwrap();
}

#[test]
fn who_holds_nothing_yet_delegates_what_will_come() {
    let mut desk = Desk::new();
    desk.delegate(BOB, CAROL, 0);
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.expect_votes(CAROL, tokens(0), tokens(5));
    desk.send(ALICE, BOB, 5);
    desk.expect_transfer(BOB, ALICE, tokens(5));
    desk.expect_votes(CAROL, tokens(5), tokens(0));
    desk.send(BOB, ALICE, 5);
    assert_eq!(
        desk.call::<method::DelegateOf>(ALICE, &id(BOB)).unwrap(),
        Some(CAROL),
        "it is kept"
    );
    desk.expect_delegation(BOB, eth(CAROL), NOBODY);
    desk.call::<method::Delegate>(BOB, &zero()).unwrap();
}

#[test]
fn a_delegate_without_an_actor_gets_one_and_nobody_else_is_one() {
    let mut desk = Desk::new();
    let key = Address::new_secp256k1(&[7; 65]).unwrap();
    desk.0.expect_creation(key, 6_000);
    desk.expect_delegation(ALICE, NOBODY, eth(6_000))
        .expect_votes(6_000, tokens(0), tokens(1_000));
    desk.call::<method::Delegate>(ALICE, &key).unwrap();
    let mut precompile = [0; 20];
    precompile[19] = 1;
    let nobody = [
        id(999_999),
        EthAddress(precompile).to_filecoin().unwrap(),
        Address::new_delegated(11, &[1; 20]).unwrap(),
        Address::new_actor(b"nobody"),
    ];
    for to in nobody {
        assert_eq!(code(desk.call::<method::Delegate>(ALICE, &to)), 93, "{to}");
    }
    assert_eq!(desk.votes(6_000), tokens(1_000));
}

#[test]
fn a_pause_does_not_stop_delegations() {
    let mut desk = Desk::new();
    desk.0.expect_event(Paused { account: eth(OWNER) });
    desk.call::<method::Pause>(OWNER, &()).unwrap();
    desk.delegate(ALICE, BOB, 1_000);
}

#[test]
fn a_token_that_is_not_voting_has_no_votes_to_delegate() {
    let mut desk = not_voting();
    for to in [id(BOB), id(ALICE), zero()] {
        let refused = desk.call::<method::Delegate>(ALICE, &to).unwrap_err();
        assert_eq!(refused.code.value(), 92, "{refused}");
    }
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.send(ALICE, BOB, 5);
    desk.at(START + 1);
    assert_eq!(
        (
            desk.votes(ALICE),
            desk.past_votes(ALICE, START),
            desk.past_supply(START)
        ),
        Default::default()
    );
    assert_eq!(desk.call::<method::DelegateOf>(BOB, &id(ALICE)).unwrap(), None);
}
