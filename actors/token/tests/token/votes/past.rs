//! What the past says.

use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{BurnParams, Erc20MintParams, GetPastVotesParams, PastVotesParams, method};
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::Uint48;
use holdfast_token::state::TokenState;

use super::{START, delegated, not_voting};
use crate::desk::*;

#[test]
fn votes_are_remembered_as_each_epoch_ended() {
    let mut desk = Desk::new();
    desk.delegate(ALICE, BOB, 1_000);
    for (after, whole) in [(3, 10), (3, 20), (7, 30)] {
        let before = desk.votes(BOB);
        desk.at(START + after);
        desk.expect_transfer(ALICE, CAROL, tokens(whole));
        desk.expect_votes(BOB, before.clone(), before - tokens(whole));
        desk.send(ALICE, CAROL, whole);
    }
    desk.at(START + 20);
    let ends = [
        (START - 1, 0),
        (START, 1_000),
        (START + 2, 1_000),
        (START + 3, 970),
        (START + 6, 970),
        (START + 7, 940),
        (START + 19, 940),
    ];
    for (epoch, whole) in ends {
        assert_eq!(desk.past_votes(BOB, epoch), tokens(whole), "epoch {epoch}");
    }
    assert_eq!(
        desk.past_votes(ALICE, START + 19),
        tokens(0),
        "a neighbour's history is not hers"
    );
    assert_eq!(desk.past_votes(CAROL, START + 19), tokens(0));
}

#[test]
fn changes_of_one_epoch_make_one_checkpoint() {
    let mut desk = delegated();
    for _ in 0..3 {
        let before = desk.votes(BOB);
        desk.expect_burn(ALICE, 1);
        desk.expect_votes(BOB, before.clone(), before - tokens(1));
        desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(1) })
            .unwrap();
    }
    let (mut checkpoints, state) = (Vec::new(), desk.state());
    let walk = |place, votes| {
        checkpoints.push((place, votes));
        Ok(())
    };
    state.votes.unwrap().for_each(desk.0.store(), walk).unwrap();
    assert_eq!(
        checkpoints,
        [((OWNER, 1_000), tokens(10)), ((BOB, 1_000), tokens(987))]
    );
}

#[test]
fn the_past_supply_counts_tokens_that_are_nobodys_votes() {
    let mut desk = Desk::new();
    desk.at(START + 5);
    desk.expect_burn(ALICE, 100);
    desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(100) })
        .unwrap();
    desk.set_minter(BOB, 50);
    desk.at(START + 9);
    desk.expect_mint(BOB, 50);
    let (to, value) = (id(BOB), tokens(50));
    desk.sol::<method::mint>(BOB, Erc20MintParams { to, value })
        .unwrap();
    desk.at(START + 10);
    let ends = [
        (-7, 0),
        (0, 0),
        (START - 1, 0),
        (START, 1_000),
        (START + 4, 1_000),
        (START + 5, 900),
        (START + 9, 950),
    ];
    for (epoch, whole) in ends {
        let supply = desk.call::<method::PastTotalSupply>(CAROL, &epoch).unwrap();
        assert_eq!(supply, tokens(whole), "epoch {epoch}");
    }
    assert_eq!(desk.past_supply(START + 9), tokens(950));
}

#[test]
fn an_epoch_that_is_not_over_has_no_votes_yet() {
    let mut desk = Desk::new();
    desk.delegate(ALICE, BOB, 1_000);
    assert_eq!(desk.sol::<method::clock>(CAROL, ()).unwrap(), Uint48(1_000));
    let account = id(BOB);
    for epoch in [START, START + 1, ChainEpoch::MAX] {
        let asked = desk
            .call::<method::PastVotes>(CAROL, &PastVotesParams { account, epoch })
            .unwrap_err();
        assert_eq!(asked.code.value(), 88);
        assert_eq!(
            asked.message,
            format!("the votes of epoch {epoch} are not settled in epoch 1000")
        );
        assert_eq!(code(desk.call::<method::PastTotalSupply>(CAROL, &epoch)), 88);
    }
    for timepoint in [TokenAmount::from_atto(START), endless()] {
        let future = error("ERC5805FutureLookup(uint256,uint48)");
        let params = GetPastVotesParams {
            account,
            timepoint: timepoint.clone(),
        };
        assert_eq!(revert(desk.sol::<method::getPastVotes>(CAROL, params)), future);
        assert_eq!(
            revert(desk.sol::<method::getPastTotalSupply>(CAROL, timepoint)),
            future
        );
    }
    assert_eq!(desk.past_votes(BOB, START - 1), tokens(0));
}

#[test]
fn the_clock_counts_epochs() {
    let mut desk = Desk::new();
    desk.at(START + 234);
    assert_eq!(desk.sol::<method::clock>(BOB, ()).unwrap(), Uint48(1_234));
    assert_eq!(
        desk.sol::<method::CLOCK_MODE>(BOB, ()).unwrap(),
        "mode=blocknumber&from=default"
    );
}

#[test]
fn a_token_that_is_not_voting_remembers_no_supply() {
    let mut desk = not_voting();
    desk.expect_burn(ALICE, 1);
    desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(1) })
        .unwrap();
    let settings = desk.state().settings.load(desk.0.store()).unwrap();
    assert!(settings.supply_history.is_empty());
}

#[test]
fn a_supply_that_stays_the_same_is_remembered_once() {
    let mut desk = Desk::new();
    let before = desk.state();
    desk.at(START + 5);
    desk.expect_burn(ALICE, 0);
    desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(0) })
        .unwrap();
    desk.set_minter(ALICE, 1);
    desk.expect_mint(BOB, 0);
    let nothing = Erc20MintParams {
        to: id(BOB),
        value: tokens(0),
    };
    desk.sol::<method::mint>(ALICE, nothing).unwrap();
    let history = |state: &TokenState| {
        let settings = state.settings.load(desk.0.store()).unwrap();
        settings
            .supply_history
            .page(desk.0.store(), None, 10)
            .unwrap()
            .entries
    };
    assert_eq!(history(&desk.state()), history(&before));
}
