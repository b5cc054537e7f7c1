//! Canonical instances.

use alloy_sol_types::SolValue;
use fvm_shared::address::Address;
use holdfast_api::init::events::Created;
use holdfast_api::init::{ExecReturn, canonical_address};
use holdfast_localnet::{EthAddress, Kind, Network, Wallet};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::EthAddress as Word;

use crate::calls::*;
use crate::support::{GUEST_BOOK, MERGED, assert_invariants, cbor, fil, guest_book, init, network};

#[test]
fn a_third_partys_actor_gets_its_canonical_instance_at_the_address_that_everybody_knows() {
    let mut net = network(&MERGED);
    assert_eq!(net.bundle().actor_type(GUEST_BOOK), Some(GUEST_BOOK_TYPE));
    let address = canonical_address(GUEST_BOOK_TYPE);
    assert_eq!(net.resolve(&address).expect("a state"), None);
    let anybody = net.account(Kind::Bls, 3);
    let params = cbor(&guest_book(&net));
    let receipt = send(&mut net, &anybody, init(), fil(0), EXEC_CANONICAL, params.clone());
    let created: ExecReturn = receipt.decode().expect("an ExecReturn");
    let id = created.id_address.id().expect("an id");
    assert_eq!(created.robust_address, address);
    assert_eq!(net.resolve(&address).expect("a state"), Some(id));
    assert_eq!(net.code_name(&address).expect("an actor"), GUEST_BOOK);
    let creator = Word::from_id(id_of(&net, &anybody));
    let event = Created {
        creator,
        id,
        actor_type: GUEST_BOOK_TYPE,
    }
    .to_actor_event()
    .expect("a log");
    assert_eq!(logs(&receipt), [event]);
    assert_invariants(&net);
    sign_guest_book(&mut net, &anybody, address);

    let again = net
        .send(&anybody, init(), fil(0), EXEC_CANONICAL, params)
        .expect("a receipt");
    assert_eq!(again.exit_code.value(), 67);
    let said =
        format!("the canonical instance of actor type {GUEST_BOOK_TYPE} exists already: {address} (f0{id})");
    assert!(again.error.contains(&said), "{}", again.error);
    let wallet = net.account(Kind::Eth, 0);
    let (receipt, revert) = transaction(&mut net, &wallet, fil(0), create_canonical(GUEST_BOOK_TYPE));
    let instance = alloy_primitives::Address::from(EthAddress::from_id(id).0);
    let arguments = (alloy_primitives::U256::from(GUEST_BOOK_TYPE), instance).abi_encode_params();
    let error = calldata("CanonicalInstanceExists(uint256,address)", &arguments);
    assert_eq!((receipt.exit_code.value(), revert), (33, error));
}

/// The actor behind the address really works.
#[track_caller]
fn sign_guest_book(net: &mut Network, guest: &Wallet, at: Address) {
    let number = holdfast_runtime::frc42::method_number("Sign");
    let receipt = send(net, guest, at, fil(0), number, Vec::new());
    assert_eq!(receipt.decode::<u64>().expect("a place"), 1);
}

#[test]
fn a_canonical_address_is_the_same_whoever_creates_the_instance_and_whenever() {
    let mut net = network(&MERGED);
    let wallet = net.account(Kind::Eth, 4);
    // Other actors first, so that the id is another one than above.
    for _ in 0..3 {
        let (receipt, _) = transaction(&mut net, &wallet, fil(0), create(GUEST_BOOK_TYPE, Vec::new()));
        assert!(receipt.is_ok(), "{}", receipt.error);
    }
    let (receipt, answer) = transaction(&mut net, &wallet, fil(0), create_canonical(GUEST_BOOK_TYPE));
    assert!(receipt.is_ok(), "{}", receipt.error);
    let (id, _) = <(u64, alloy_primitives::Address)>::abi_decode_params(&answer).expect("an answer");
    let resolved = net.resolve(&canonical_address(GUEST_BOOK_TYPE)).expect("a state");
    assert_eq!(resolved, Some(id));
    let guest = net.account(Kind::Secp256k1, 0);
    sign_guest_book(&mut net, &guest, canonical_address(GUEST_BOOK_TYPE));
    assert_invariants(&net);
}

#[test]
fn creating_a_canonical_instance_takes_no_fil() {
    let mut net = network(&MERGED);
    let (filecoin, ethereum) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 0));
    let params = cbor(&guest_book(&net));
    let receipt = net
        .send(&filecoin, init(), fil(1), EXEC_CANONICAL, params)
        .expect("a receipt");
    assert_eq!(receipt.exit_code.value(), 26, "{}", receipt.error);
    let (receipt, _) = transaction(&mut net, &ethereum, fil(1), create_canonical(GUEST_BOOK_TYPE));
    assert_eq!(receipt.exit_code.value(), 33, "{}", receipt.error);
    assert_eq!(
        net.resolve(&canonical_address(GUEST_BOOK_TYPE)).expect("a state"),
        None
    );
    assert_eq!(net.balance(&init()).expect("a state"), fil(0));
}

#[test]
fn a_type_that_needs_parameters_has_no_canonical_instance() {
    let mut net = network(&MERGED);
    let wallet = net.account(Kind::Eth, 0);
    let (receipt, _) = transaction(&mut net, &wallet, fil(0), create_canonical(TOKEN_TYPE));
    assert_eq!(receipt.exit_code.value(), 33, "{}", receipt.error);
    assert_eq!(
        net.resolve(&canonical_address(TOKEN_TYPE)).expect("a state"),
        None
    );
}
