//! Tokens for many at once.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::{MinterSet, Transfer};
use holdfast_api::token::{BatchEntry, BatchParams, SetMinterParams, SolidityBatchParams, method};
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::testing::RECEIVER;

use crate::desk::*;

fn batch(entries: &[(ActorID, TokenAmount)]) -> BatchParams {
    let entries = entries.iter().map(|(to, amount)| BatchEntry {
        to: id(*to),
        amount: amount.clone(),
    });
    BatchParams {
        entries: entries.collect(),
        operator_data: RawBytes::default(),
    }
}

fn solidity(entries: &[(ActorID, TokenAmount)]) -> SolidityBatchParams {
    let (recipients, values) = entries
        .iter()
        .map(|(to, amount)| (id(*to), amount.clone()))
        .unzip();
    SolidityBatchParams { recipients, values }
}

/// A token whose minter is Carol, up to 100 tokens.
fn minting() -> Desk {
    let mut desk = Desk::new();
    let (minter, cap) = (CAROL, tokens(100));
    desk.0.expect_event(MinterSet {
        minter,
        cap: cap.clone(),
    });
    let minter = id(CAROL);
    desk.call::<method::SetMinter>(OWNER, &SetMinterParams { minter, cap })
        .unwrap();
    desk
}

fn expect_mint(desk: &mut Desk, to: ActorID, value: TokenAmount) {
    let (from, to) = (EthAddress::ZERO, eth(to));
    desk.0.expect_event(Transfer { from, to, value });
}

#[test]
fn a_batch_moves_all_then_logs_all_then_tells_everybody() {
    let mut desk = Desk::new();
    let entries = [
        (BOB, tokens(5)),
        (CAROL, tokens(7)),
        (BOB, tokens(1)),
        (ALICE, tokens(2)),
        (OWNER, tokens(0)),
    ];
    for (to, amount) in &entries {
        desk.expect_transfer(ALICE, *to, amount.clone());
    }
    for (to, amount) in &entries {
        desk.expect_hook(ALICE, *to, ALICE, amount.clone(), 0);
    }
    let left = desk
        .call::<method::BatchTransfer>(ALICE, &batch(&entries))
        .unwrap();
    assert_eq!(left, tokens(987));
    let balances = [ALICE, BOB, CAROL, OWNER].map(|who| desk.balance(who));
    assert_eq!(balances, [tokens(987), tokens(6), tokens(7), tokens(0)]);
}

#[test]
fn one_hook_that_refuses_refuses_the_whole_batch() {
    let mut desk = Desk::new();
    let entries = [(BOB, tokens(5)), (CAROL, tokens(7))];
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.expect_transfer(ALICE, CAROL, tokens(7));
    desk.expect_hook(ALICE, BOB, ALICE, tokens(5), 0);
    desk.expect_hook(ALICE, CAROL, ALICE, tokens(7), 67);
    assert_eq!(
        code(desk.call::<method::BatchTransfer>(ALICE, &batch(&entries))),
        23
    );
    assert_eq!(
        (desk.balance(ALICE), desk.balance(BOB)),
        (tokens(1_000), tokens(0))
    );
}

#[test]
fn a_batch_on_the_ethereum_face_has_no_hooks() {
    let mut desk = Desk::new();
    let entries = [(BOB, tokens(5)), (CAROL, tokens(7))];
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.expect_transfer(ALICE, CAROL, tokens(7));
    assert!(
        desk.sol::<method::batchTransfer>(ALICE, solidity(&entries))
            .unwrap()
    );
    assert_eq!((desk.balance(BOB), desk.balance(CAROL)), (tokens(5), tokens(7)));
}

#[test]
fn the_balance_has_to_cover_the_sum() {
    let mut desk = Desk::new();
    for entries in [
        vec![(BOB, tokens(600)), (CAROL, tokens(401))],
        // What comes back to the sender is spent first.
        vec![(ALICE, tokens(1_000)), (BOB, atto(1))],
    ] {
        let refused = desk
            .call::<method::BatchTransfer>(ALICE, &batch(&entries))
            .unwrap_err();
        assert_eq!(refused.code.value(), 64, "{refused}");
        let refused = desk.sol::<method::batchTransfer>(ALICE, solidity(&entries));
        assert_eq!(
            revert(refused),
            error("ERC20InsufficientBalance(address,uint256,uint256)")
        );
    }
}

#[test]
fn a_batch_has_1_to_200_entries() {
    let mut desk = Desk::new();
    for len in [0, 201] {
        let refused = desk
            .call::<method::BatchTransfer>(ALICE, &batch(&vec![(BOB, atto(1)); len]))
            .unwrap_err();
        assert_eq!(refused.code.value(), 84);
        assert_eq!(
            refused.message,
            format!("a batch of {len} entries lies outside 1 to 200")
        );
    }
    let full = vec![(BOB, atto(1)); 200];
    (0..200).for_each(|_| desk.expect_transfer(ALICE, BOB, atto(1)));
    desk.sol::<method::batchTransfer>(ALICE, solidity(&full)).unwrap();
    assert_eq!(desk.balance(BOB), atto(200));
}

#[test]
fn every_recipient_has_a_value() {
    let mut desk = Desk::new();
    let uneven = SolidityBatchParams {
        recipients: vec![id(BOB), id(CAROL)],
        values: vec![atto(1)],
    };
    let abort = desk
        .sol::<method::batchTransfer>(ALICE, uneven.clone())
        .unwrap_err();
    assert_eq!(abort.error.message, "a batch names 2 recipients and 1 values");
    desk.sol::<method::batchMint>(ALICE, uneven).unwrap_err();
}

#[test]
fn one_bad_entry_refuses_the_whole_batch() {
    let mut desk = Desk::new();
    let negative = (CAROL, atto(0) - atto(1));
    let refused = [
        (69, batch(&[(BOB, atto(1)), negative])),
        (66, batch(&[(BOB, atto(1)), (RECEIVER, atto(1))])),
        (66, batch(&[(BOB, atto(1)), (999_999, atto(1))])),
        (
            79,
            BatchParams {
                operator_data: RawBytes::new(vec![0; 2_049]),
                ..batch(&[(BOB, atto(1))])
            },
        ),
    ];
    for (expected, params) in refused {
        assert_eq!(code(desk.call::<method::BatchTransfer>(ALICE, &params)), expected);
    }
}

#[test]
fn recipients_without_an_actor_get_one() {
    let mut desk = Desk::new();
    let key = Address::new_secp256k1(&[7; 65]).unwrap();
    desk.0.expect_creation(key, 6_000);
    desk.expect_transfer(ALICE, 6_000, tokens(1));
    desk.expect_transfer(ALICE, 6_000, tokens(2));
    let entries = [tokens(1), tokens(2)].map(|amount| BatchEntry { to: key, amount });
    let params = BatchParams {
        entries: entries.to_vec(),
        operator_data: RawBytes::default(),
    };
    desk.expect_hook(ALICE, 6_000, ALICE, tokens(1), 0);
    desk.expect_hook(ALICE, 6_000, ALICE, tokens(2), 0);
    desk.call::<method::BatchTransfer>(ALICE, &params).unwrap();
    assert_eq!(desk.balance(6_000), tokens(3));
}

#[test]
fn a_batch_of_new_tokens_keeps_within_both_caps_as_a_whole() {
    let mut desk = minting();
    let entries = [(ALICE, tokens(30)), (BOB, tokens(70))];
    for (to, amount) in &entries {
        expect_mint(&mut desk, *to, amount.clone());
    }
    for (to, amount) in &entries {
        desk.expect_hook(RECEIVER, *to, CAROL, amount.clone(), 0);
    }
    let supply = desk.call::<method::BatchMint>(CAROL, &batch(&entries)).unwrap();
    assert_eq!(supply, tokens(1_100));
    assert_eq!(
        (desk.balance(ALICE), desk.balance(BOB)),
        (tokens(1_030), tokens(70))
    );
    assert_eq!(
        code(desk.call::<method::BatchMint>(CAROL, &batch(&[(BOB, atto(1))]))),
        74
    );
}

#[test]
fn two_entries_that_fit_alone_do_not_fit_together() {
    let mut desk = minting();
    let entries = [(ALICE, tokens(60)), (BOB, tokens(60))];
    assert_eq!(code(desk.call::<method::BatchMint>(CAROL, &batch(&entries))), 75);
    expect_mint(&mut desk, ALICE, tokens(60));
    desk.sol::<method::batchMint>(CAROL, solidity(&entries[..1]))
        .unwrap();
    assert_eq!(desk.balance(ALICE), tokens(1_060));
    assert_eq!(
        code(desk.call::<method::BatchMint>(ALICE, &batch(&entries[..1]))),
        74
    );
}
