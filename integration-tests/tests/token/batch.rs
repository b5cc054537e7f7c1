//! Tokens for many at once.

use alloy_primitives::Address as Eth;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{BatchEntry, BatchParams, BurnParams, MintReturn, SetMinterParams, method};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::hostile::{Asks, Lesson};
use holdfast_integration_tests::reverts::insufficient_balance;
use holdfast_integration_tests::{Nobody, Party, World, tokens};
use holdfast_localnet::{Kind, Wallet};

use crate::contracts::Frc46Holder;
use crate::hostile;

fn story() -> (World, Wallet, Address) {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    (w, alice, token)
}

fn entry(to: impl Party, amount: TokenAmount) -> BatchEntry {
    let to = to.address();
    BatchEntry { to, amount }
}

fn batch(entries: &[BatchEntry]) -> BatchParams {
    BatchParams {
        entries: entries.to_vec(),
        operator_data: RawBytes::default(),
    }
}

/// Both lists of a Solidity batch.
fn lists(w: &World, entries: &[BatchEntry]) -> (Vec<Eth>, Vec<alloy_primitives::U256>) {
    entries.iter().map(|e| (w.eth(e.to), word(&e.amount))).unzip()
}

#[test]
fn a_pay_day_is_one_message() {
    let (mut w, alice, token) = story();
    let (bob, carol) = (w.account(Kind::Bls, 0), w.account(Kind::Eth, 0));
    let new = w.account(Kind::Secp256k1, 500);
    let entries = [
        entry(&bob, tokens(10)),
        entry(&carol, tokens(20)),
        entry(&bob, tokens(1)),
        entry(&alice, tokens(5)),
    ];
    let moved: Vec<_> = entries
        .iter()
        .map(|e| w.moved(token, &alice, e.to, &e.amount))
        .collect();
    let left = w
        .call::<method::BatchTransfer>(&alice, token, &batch(&entries))
        .emits(&moved)
        .ok();
    assert_eq!(left, tokens(969));
    assert_eq!(
        (w.balance(token, &bob), w.balance(token, &carol)),
        (tokens(11), tokens(20))
    );
    w.call::<method::BatchTransfer>(&alice, token, &batch(&[entry(&new, tokens(2))]))
        .ok();
    assert_eq!(w.balance(token, &new), tokens(2));
    hostile::receivers(Asks::Told, &w, token, &tokens(5), |w, to| {
        let entries = [
            entry(&bob, tokens(1)),
            entry(to, tokens(5)),
            entry(&carol, tokens(1)),
        ];
        w.call::<method::BatchTransfer>(&alice, token, &batch(&entries))
    });

    let (recipients, values) = lists(&w, &[entry(&bob, tokens(1)), entry(&alice, tokens(2))]);
    let moved = [
        w.moved(token, &carol, &bob, &tokens(1)),
        w.moved(token, &carol, &alice, &tokens(2)),
    ];
    let call = IToken::batchTransferCall { recipients, values };
    assert!(w.evm(&carol, token, call).emits(&moved).ok());
    assert_eq!(w.balance(token, &carol), tokens(17));
}

#[test]
fn a_full_batch_of_200_new_holders_costs_less_than_200_transfers() {
    let (mut w, alice, token) = story();
    let holders: Vec<Wallet> = (0..200).map(|n| w.account(Kind::Secp256k1, 1_000 + n)).collect();
    let full: Vec<BatchEntry> = holders.iter().map(|holder| entry(holder, tokens(1))).collect();
    let one = w.call::<method::BatchTransfer>(&alice, token, &batch(&full[..1]));
    let all = w.call::<method::BatchTransfer>(&alice, token, &batch(&full));
    let (one_gas, all_gas) = (one.receipt.gas_used, all.receipt.gas_used);
    assert_eq!((one.ok(), all.ok()), (tokens(999), tokens(799)));
    assert!(all_gas < 200 * one_gas, "{all_gas} beside {one_gas}");
    assert_eq!(w.balance(token, &holders[199]), tokens(1));
    let too_many = [full, vec![entry(&alice, tokens(1))]].concat();
    let failure = w
        .call::<method::BatchTransfer>(&alice, token, &batch(&too_many))
        .refused(84);
    assert!(
        failure
            .why
            .contains("a batch of 201 entries lies outside 1 to 200"),
        "{}",
        failure.why
    );
}

#[test]
fn nobody_gets_anything_when_the_sum_is_too_much() {
    let (mut w, alice, token) = story();
    let (bob, carol) = (w.account(Kind::Bls, 0), w.account(Kind::Eth, 0));
    let entries = [entry(&bob, tokens(600)), entry(&carol, tokens(401))];
    w.call::<method::BatchTransfer>(&alice, token, &batch(&entries))
        .refused(64);
    let (recipients, values) = lists(&w, &entries);
    let short = insufficient_balance(w.eth(&alice), &tokens(1_000), &tokens(1_001));
    w.evm(&alice, token, IToken::batchTransferCall { recipients, values })
        .reverts(short);
    assert_eq!(
        (w.balance(token, &bob), w.balance(token, &carol)),
        (tokens(0), tokens(0))
    );
}

#[test]
fn one_recipient_that_refuses_keeps_all_from_receiving_but_not_on_the_ethereum_face() {
    let (mut w, alice, token) = story();
    let (bob, holder) = (w.account(Kind::Bls, 0), w.deploy(&alice, "Frc46Holder"));
    let entries = [entry(&bob, tokens(1)), entry(holder, tokens(2))];
    w.evm(&alice, holder, Frc46Holder::closeCall { closed_: true })
        .ok();
    w.call::<method::BatchTransfer>(&alice, token, &batch(&entries))
        .refused(23);
    assert_eq!(w.balance(token, &bob), tokens(0));
    let (recipients, values) = lists(&w, &entries);
    w.evm(&alice, token, IToken::batchTransferCall { recipients, values })
        .ok();
    assert_eq!(
        (w.balance(token, &bob), w.balance(token, holder)),
        (tokens(1), tokens(2))
    );
}

#[test]
fn a_hook_that_passes_tokens_on_changes_the_answer() {
    let (mut w, alice, token) = story();
    let forwarder = w.deploy(&alice, "Forwarder");
    let heir = w.eth(&alice);
    w.evm(
        &alice,
        forwarder,
        crate::contracts::Forwarder::setHeirCall { heir },
    )
    .ok();
    let bob = w.account(Kind::Bls, 0);
    let entries = [entry(forwarder, tokens(7)), entry(&bob, tokens(1))];
    let left = w
        .call::<method::BatchTransfer>(&alice, token, &batch(&entries))
        .ok();
    assert_eq!(
        (left, w.balance(token, &alice)),
        (tokens(999), tokens(999)),
        "seven came back"
    );
}

#[test]
fn minters_make_tokens_for_many_within_their_caps() {
    let (mut w, alice, token) = story();
    let (bob, carol) = (w.account(Kind::Bls, 0), w.account(Kind::Eth, 0));
    for minter in [&alice, &carol] {
        let minter = minter.address();
        let cap = tokens(100);
        w.call::<method::SetMinter>(&alice, token, &SetMinterParams { minter, cap })
            .ok();
    }
    let entries = [entry(&bob, tokens(30)), entry(&carol, tokens(70))];
    let made: Vec<_> = entries
        .iter()
        .map(|e| w.moved(token, Nobody, e.to, &e.amount))
        .collect();
    let supply = w
        .call::<method::BatchMint>(&alice, token, &batch(&entries))
        .emits(&made)
        .ok();
    assert_eq!(supply, tokens(1_100));
    w.call::<method::SetMinter>(
        &alice,
        token,
        &SetMinterParams {
            minter: bob.address(),
            cap: tokens(7),
        },
    )
    .ok();
    hostile::receivers(Asks::Told, &w, token, &tokens(5), |w, to| {
        let entries = [entry(to, tokens(5)), entry(&alice, tokens(2))];
        w.call::<method::BatchMint>(&bob, token, &batch(&entries))
    });
    w.call::<method::BatchMint>(&alice, token, &batch(&entries[..1]))
        .refused(74);
    let (recipients, values) = lists(&w, &entries);
    w.evm(&carol, token, IToken::batchMintCall { recipients, values })
        .emits(&made)
        .ok();
    assert_eq!(
        (w.supply(token), w.balance(token, &bob)),
        (tokens(1_200), tokens(60))
    );
}

#[test]
fn a_pause_stops_batches() {
    let (mut w, alice, token) = story();
    w.call::<method::Pause>(&alice, token, &()).ok();
    let entries = [entry(&alice, tokens(1))];
    w.call::<method::BatchTransfer>(&alice, token, &batch(&entries))
        .refused(70);
    w.call::<method::BatchMint>(&alice, token, &batch(&entries))
        .refused(70);
}

#[test]
fn votes_follow_a_batch() {
    let (mut w, alice, token) = story();
    let (bob, carol) = (w.account(Kind::Bls, 0), w.account(Kind::Eth, 0));
    w.call::<method::Delegate>(&alice, token, &alice.address()).ok();
    w.call::<method::Delegate>(&bob, token, &carol.address()).ok();
    let pay = batch(&[
        entry(&bob, tokens(10)),
        entry(&carol, tokens(3)),
        entry(&bob, tokens(1)),
    ]);
    w.call::<method::BatchTransfer>(&alice, token, &pay).ok();
    assert_eq!(
        (w.votes(token, &alice), w.votes(token, &carol)),
        (tokens(986), tokens(11))
    );
    let cap = SetMinterParams {
        minter: alice.address(),
        cap: tokens(100),
    };
    w.call::<method::SetMinter>(&alice, token, &cap).ok();
    w.call::<method::BatchMint>(&alice, token, &pay).ok();
    assert_eq!(w.votes(token, &carol), tokens(22));
}

#[test]
fn a_mint_is_answered_with_the_supply_that_the_hooks_left() {
    let (mut w, alice, token) = story();
    let cap = SetMinterParams {
        minter: alice.address(),
        cap: tokens(100),
    };
    w.call::<method::SetMinter>(&alice, token, &cap).ok();
    let burn = BurnParams { amount: tokens(1) };
    let lessons = |_: &World, _: Address| vec![Lesson::new::<method::Burn>("burns some", &burn)];
    let many = w.twins(Asks::Told, lessons, |w, to| {
        w.call::<method::BatchMint>(&alice, token, &batch(&[entry(to, tokens(5))]))
    });
    let one = w.twins(Asks::Told, lessons, |w, to| {
        w.frc46(token).mint(&alice, to, tokens(5))
    });
    for (twins, is_many) in [(many, true), (one, false)] {
        assert!(twins.iter().any(|twin| twin.has_done("burns some")));
        for twin in twins.iter().filter(|twin| twin.receipt.is_ok()) {
            let answer = &twin.receipt.return_data;
            let told: TokenAmount = if is_many {
                answer.deserialize().unwrap()
            } else {
                answer.deserialize::<MintReturn>().unwrap().supply
            };
            let supply = twin.world.view::<method::TotalSupply>(token, &());
            assert_eq!(told, supply, "{}", twin.name());
        }
    }
}
