//! Votes follow balances.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::token::events::{Approval, BurnerSet};
use holdfast_api::token::{
    ApproveParams, BatchEntry, BatchParams, BurnByRoleParams, BurnParams, Erc20BurnFromParams,
    Erc20MintParams, Erc20TransferFromParams, SolidityBatchParams, method,
};
use holdfast_runtime::testing::RECEIVER;

use super::{START, delegated};
use crate::desk::*;

#[test]
fn a_transfer_moves_votes_between_the_delegates_of_both_sides() {
    let mut desk = delegated();
    desk.expect_transfer(ALICE, CAROL, tokens(5));
    desk.expect_votes(BOB, tokens(990), tokens(985))
        .expect_votes(OWNER, tokens(10), tokens(15));
    desk.send(ALICE, CAROL, 5);
    // To somebody who has delegated to nobody.
    desk.expect_transfer(ALICE, OWNER, tokens(5));
    desk.expect_votes(BOB, tokens(985), tokens(980));
    desk.send(ALICE, OWNER, 5);
    // From somebody who has.
    desk.expect_transfer(OWNER, CAROL, tokens(5));
    desk.expect_votes(OWNER, tokens(15), tokens(20));
    desk.send(OWNER, CAROL, 5);
}

#[test]
fn a_transfer_between_two_who_share_a_delegate_changes_no_votes() {
    let mut desk = delegated();
    desk.expect_delegation(CAROL, eth(OWNER), eth(BOB));
    desk.expect_votes(OWNER, tokens(10), tokens(0))
        .expect_votes(BOB, tokens(990), tokens(1_000));
    desk.call::<method::Delegate>(CAROL, &id(BOB)).unwrap();
    desk.expect_transfer(ALICE, CAROL, tokens(5));
    desk.send(ALICE, CAROL, 5);
    desk.expect_transfer(ALICE, ALICE, tokens(5));
    desk.send(ALICE, ALICE, 5);
    desk.expect_transfer(ALICE, CAROL, tokens(0));
    desk.send(ALICE, CAROL, 0);
    assert_eq!(desk.votes(BOB), tokens(1_000));
}

#[test]
fn an_operators_transfer_moves_votes() {
    let mut desk = delegated();
    desk.0.expect_event(Approval {
        owner: eth(ALICE),
        spender: eth(BOB),
        value: tokens(100),
    });
    let (spender, value) = (id(BOB), tokens(100));
    desk.sol::<method::approve>(ALICE, ApproveParams { spender, value })
        .unwrap();
    desk.expect_transfer(ALICE, CAROL, tokens(5));
    desk.expect_votes(BOB, tokens(990), tokens(985))
        .expect_votes(OWNER, tokens(10), tokens(15));
    let (from, to, value) = (id(ALICE), id(CAROL), tokens(5));
    desk.sol::<method::transferFrom>(BOB, Erc20TransferFromParams { from, to, value })
        .unwrap();
    desk.expect_burn(ALICE, 7);
    desk.expect_votes(BOB, tokens(985), tokens(978));
    let (owner, value) = (id(ALICE), tokens(7));
    desk.sol::<method::burnFrom>(BOB, Erc20BurnFromParams { owner, value })
        .unwrap();
}

#[test]
fn minted_and_burnt_tokens_are_votes_gained_and_lost() {
    let mut desk = delegated();
    desk.set_minter(BOB, 100);
    desk.expect_mint(ALICE, 10);
    desk.expect_votes(BOB, tokens(990), tokens(1_000));
    let (to, value) = (id(ALICE), tokens(10));
    desk.sol::<method::mint>(BOB, Erc20MintParams { to, value })
        .unwrap();
    desk.expect_burn(ALICE, 100);
    desk.expect_votes(BOB, tokens(1_000), tokens(900));
    desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(100) })
        .unwrap();
    let burner = Some(CAROL);
    desk.0.expect_event(BurnerSet { burner });
    desk.call::<method::SetBurner>(OWNER, &Some(id(CAROL))).unwrap();
    desk.expect_burn(ALICE, 900);
    desk.expect_votes(BOB, tokens(900), tokens(0));
    let (holder, amount) = (id(ALICE), tokens(900));
    desk.call::<method::BurnByRole>(CAROL, &BurnByRoleParams { holder, amount })
        .unwrap();
}

#[test]
fn a_batch_changes_the_votes_of_each_delegate_once() {
    let mut desk = delegated();
    let entries = [(CAROL, 5), (OWNER, 3), (CAROL, 2), (ALICE, 1)];
    for (to, whole) in entries {
        desk.expect_transfer(ALICE, to, tokens(whole));
    }
    desk.expect_votes(BOB, tokens(990), tokens(980))
        .expect_votes(OWNER, tokens(10), tokens(17));
    let (recipients, values) = entries
        .iter()
        .map(|(to, whole)| (id(*to), tokens(*whole)))
        .unzip();
    desk.sol::<method::batchTransfer>(ALICE, SolidityBatchParams { recipients, values })
        .unwrap();

    desk.set_minter(BOB, 100);
    desk.expect_mint(ALICE, 4);
    desk.expect_mint(CAROL, 6);
    desk.expect_votes(OWNER, tokens(17), tokens(23))
        .expect_votes(BOB, tokens(980), tokens(984));
    desk.expect_hook(RECEIVER, ALICE, BOB, tokens(4), 0);
    desk.expect_hook(RECEIVER, CAROL, BOB, tokens(6), 0);
    let entries = [(ALICE, 4), (CAROL, 6)].map(|(to, whole)| BatchEntry {
        to: id(to),
        amount: tokens(whole),
    });
    let operator_data = RawBytes::default();
    let params = BatchParams {
        entries: entries.to_vec(),
        operator_data,
    };
    desk.call::<method::BatchMint>(BOB, &params).unwrap();
}

#[test]
fn who_never_delegates_writes_no_history() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.at(START + 1).send(ALICE, BOB, 5);
    let votes = desk.state().votes.unwrap();
    assert!(votes.is_empty());
}
