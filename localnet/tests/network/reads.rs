//! Reading without changing, and going back.

use crate::support::{fil, network, transfer};
use fvm_shared::address::Address;
use holdfast_localnet::{Error, Kind, ids};

#[test]
fn a_call_shows_what_would_happen_and_changes_nothing() {
    let net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let head = net.head().clone();
    let receipt = net
        .call(transfer(&net, &from, Address::new_id(ids::RESERVE)))
        .unwrap();
    assert!(receipt.is_ok() && receipt.gas_used > 0);
    let mut from_reserve = transfer(&net, &from, from.address());
    (from_reserve.from, from_reserve.gas_limit) = (Address::new_id(ids::RESERVE), 0);
    assert!(
        net.call(from_reserve).unwrap().is_ok(),
        "anyone may be the sender"
    );
    assert_eq!(*net.head(), head);
    assert_eq!(net.balance(&from.address()).unwrap(), fil(1_000_000));
}

#[test]
fn a_view_answers_and_costs_nobody_anything() {
    let net = network();
    let from = net.account(Kind::Bls, 0).address();
    // The data cap token's name, through its FRC-42 export.
    let receipt = net
        .view(from, Address::new_id(ids::DATACAP), 48_890_204, Vec::new())
        .unwrap();
    assert_eq!(receipt.ok("Name").unwrap().decode::<String>().unwrap(), "DataCap");
}

#[test]
fn an_estimate_is_a_quarter_above_what_the_message_then_uses() {
    for kind in [Kind::Secp256k1, Kind::Bls] {
        let mut net = network();
        let from = net.account(kind, 0);
        let mut message = transfer(&net, &from, net.account(kind, 77).address());
        let estimate = net.estimate_gas(&message).unwrap();
        let dry = net.dry_run(message.clone()).unwrap();
        assert_eq!(estimate, dry.gas_used * 125 / 100);
        message.gas_limit = estimate;
        let receipt = net.send_message(&from, message).unwrap().ok("transfer").unwrap();
        // The length on the chain depends a little on fees and limit, and with it the gas.
        let difference = receipt.gas_used.abs_diff(dry.gas_used);
        assert!(difference < 20_000, "{} and {}", receipt.gas_used, dry.gas_used);
    }
}

#[test]
fn an_estimate_for_a_message_that_fails_says_why() {
    let net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let mut message = transfer(&net, &from, Address::new_id(ids::CRON));
    (message.method_num, message.value) = (2, fil(0));
    let Err(Error::Failed { exit_code, .. }) = net.estimate_gas(&message) else {
        panic!("estimated")
    };
    assert_eq!(exit_code.value(), 18);
}

#[test]
fn a_snapshot_brings_back_state_epoch_fee_and_waiting_messages() {
    let mut net = network();
    let (from, to) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Bls, 0));
    let waiting = from.sign(transfer(&net, &from, to.address()), 314_159).unwrap();
    net.push(waiting.clone()).unwrap();
    let (snapshot, head) = (net.snapshot(), net.head().clone());
    net.mine().unwrap();
    net.advance(2).unwrap();
    assert_ne!(*net.head(), head);
    net.revert(&snapshot);
    assert_eq!((net.head(), net.pending()), (&head, &[waiting][..]));
    assert!(net.tipsets().is_empty());
    assert!(net.mine().unwrap().receipts[0].is_ok());
}

#[test]
fn a_fork_goes_its_own_way() {
    let mut net = network();
    let (from, to) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Bls, 0));
    let mut fork = net.fork();
    fork.send(&from, to.address(), fil(10), 0, Vec::new()).unwrap();
    assert_eq!(net.balance(&to.address()).unwrap(), fil(1_000_000));
    assert_eq!(fork.balance(&to.address()).unwrap(), fil(1_000_010));
    net.mine().unwrap();
    assert_ne!(net.head().root, fork.head().root);
}

#[test]
fn actors_have_ids_robust_addresses_and_states() {
    let net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let id = net.resolve(&from.address()).unwrap().unwrap();
    assert_eq!(net.robust_address(id).unwrap(), Some(from.address()));
    let (key,): (Address,) = net.state(&Address::new_id(id)).unwrap();
    assert_eq!(key, from.address());
    assert_eq!(net.resolve(&net.account(Kind::Bls, 99).address()).unwrap(), None);
    let missing = net
        .state::<(Address,)>(&Address::new_id(5_555))
        .unwrap_err()
        .to_string();
    assert!(missing.starts_with("no actor at"), "{missing}");
    let wrong = net.state::<String>(&Address::new_id(id)).unwrap_err().to_string();
    assert!(wrong.starts_with("block bafy2bza"), "{wrong}");
}
