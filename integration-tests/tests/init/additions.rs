//! What our Init does and the official one does not.

use alloy_sol_types::SolValue;
use fvm_ipld_encoding::{BytesDe, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init::ExecReturn;
use holdfast_localnet::{EthAddress, INVOKE_EVM, Kind, Network, ids};
use holdfast_runtime::evm::{EthAddress as Word, selector};

use crate::calls::*;
use crate::evm::{call_actor, caller};
use crate::support::{GUEST_BOOK, MERGED, cbor, exec_params, fil, guest_book, init, network};

#[test]
fn an_account_of_either_filecoin_kind_creates_a_token_by_method_2() {
    let mut net = network(&MERGED);
    for kind in [Kind::Secp256k1, Kind::Bls] {
        let owner = net.account(kind, 0);
        let params = exec_token(&net, owner.address());
        let receipt = send(&mut net, &owner, init(), fil(0), 2, params);
        let created: ExecReturn = receipt.decode().expect("an ExecReturn");
        let id = created.id_address.id().expect("an id");
        assert_eq!(net.resolve(&created.robust_address).expect("a state"), Some(id));
        let creator = Word::from_id(id_of(&net, &owner));
        assert_token(&net, &receipt, id, owner.address(), creator);
    }
}

#[test]
fn a_multisig_creates_a_token_by_method_2() {
    let mut net = network(&MERGED);
    let signer = net.account(Kind::Secp256k1, 0);
    let constructor = cbor(&([signer.address()], 1u64, 0i64, 0i64));
    let (multisig, _) = net
        .exec(&signer, "multisig", &constructor, fil(1))
        .expect("a multisig");
    let inner = RawBytes::new(exec_token(&net, signer.address()));
    let proposal = cbor(&(init(), TokenAmount::from_atto(0), 2u64, inner));
    let receipt = send(&mut net, &signer, multisig.id_address, fil(0), 2, proposal);
    let (_, applied, exit, returned): (u64, bool, u32, RawBytes) = receipt.decode().expect("a ProposeReturn");
    assert_eq!((applied, exit), (true, 0), "{}", receipt.error);
    let created: ExecReturn = returned.deserialize().expect("an ExecReturn");
    let creator = Word::from_id(multisig.id_address.id().expect("an id"));
    assert_token(
        &net,
        &receipt,
        created.id_address.id().expect("an id"),
        signer.address(),
        creator,
    );
}

#[test]
fn a_contract_creates_a_token_through_the_export_but_not_by_method_2() {
    let mut net = network(&MERGED);
    let owner = net.account(Kind::Eth, 0);
    let (contract, _) = net.deploy_evm(&owner, &caller(), fil(0)).expect("a contract");
    let params = exec_token(&net, owner.address());
    let ask = |net: &mut Network, number| {
        let input = call_actor(&init(), number, 0, &params);
        let (receipt, answer) = net
            .call_evm(&owner, contract.eth_address, fil(0), &input)
            .expect("a receipt");
        assert!(receipt.is_ok(), "{}", receipt.error);
        (receipt, answer)
    };
    let (_, refused) = ask(&mut net, 2);
    // The precompile itself refuses the numbers below 1024.
    assert_eq!(refused, Vec::<u8>::new());
    let (receipt, answer) = ask(&mut net, EXEC);
    let (exit, codec, data) =
        <(i64, u64, alloy_primitives::Bytes)>::abi_decode_params(&answer).expect("an answer");
    assert_eq!((exit, codec), (0, 0x51));
    let created: ExecReturn = fvm_ipld_encoding::from_slice(&data).expect("an ExecReturn");
    let creator = Word(contract.eth_address.0);
    assert_token(
        &net,
        &receipt,
        created.id_address.id().expect("an id"),
        owner.address(),
        creator,
    );
}

#[test]
fn an_ethereum_wallet_creates_a_token_by_a_transaction_and_finds_it_in_the_log() {
    let mut net = network(&MERGED);
    let owner = net.account(Kind::Eth, 1);
    let input = create(TOKEN_TYPE, token_params(owner.address()));
    let (receipt, answer) = transaction(&mut net, &owner, fil(0), input);
    assert!(receipt.is_ok(), "{}", receipt.error);
    let (id, address) = <(u64, alloy_primitives::Address)>::abi_decode_params(&answer).expect("an answer");
    assert_eq!(address.0.0, EthAddress::from_id(id).0);
    assert_token(&net, &receipt, id, owner.address(), eth_word(&owner));
    let log = &logs(&receipt)[0];
    let keys: Vec<&str> = log.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["t1", "t2", "t3", "d"]);
    assert!(
        log.entries.iter().all(|entry| entry.codec == 0x55),
        "every entry is raw"
    );
}

#[test]
fn an_ethereum_wallet_reaches_the_export_through_handle_filecoin_method() {
    let mut net = network(&MERGED);
    let owner = net.account(Kind::Eth, 2);
    let params = alloy_primitives::Bytes::from(exec_token(&net, owner.address()));
    let input = calldata(
        "handle_filecoin_method(uint64,uint64,bytes)",
        &(EXEC, 0x51u64, params).abi_encode_params(),
    );
    let (receipt, answer) = transaction(&mut net, &owner, fil(0), input);
    assert!(receipt.is_ok(), "{}", receipt.error);
    let (exit, _, data) =
        <(u32, u64, alloy_primitives::Bytes)>::abi_decode_params(&answer).expect("an answer");
    let created: ExecReturn = fvm_ipld_encoding::from_slice(&data).expect("an ExecReturn");
    assert_eq!(exit, 0);
    assert_token(
        &net,
        &receipt,
        created.id_address.id().expect("an id"),
        owner.address(),
        eth_word(&owner),
    );
}

#[test]
fn fil_goes_on_to_the_constructor_on_every_path() {
    let mut net = network(&MERGED);
    let (filecoin, ethereum) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 0));
    let params = exec_params(guest_book(&net), &[]);
    for number in [2, EXEC] {
        let receipt = send(&mut net, &filecoin, init(), fil(3), number, params.clone());
        let created: ExecReturn = receipt.decode().expect("an ExecReturn");
        assert_eq!(net.balance(&created.id_address).expect("a state"), fil(3));
    }
    let (receipt, answer) = transaction(&mut net, &ethereum, fil(4), create(GUEST_BOOK_TYPE, Vec::new()));
    assert!(receipt.is_ok(), "{}", receipt.error);
    let (id, _) = <(u64, alloy_primitives::Address)>::abi_decode_params(&answer).expect("an answer");
    assert_eq!(net.balance(&Address::new_id(id)).expect("a state"), fil(4));
    assert_eq!(net.balance(&init()).expect("a state"), fil(0));
}

#[test]
fn a_failing_constructor_creates_nothing_and_its_failure_is_passed_on() {
    let mut net = network(&MERGED);
    let (filecoin, ethereum) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 0));
    let code = net.bundle().code("holdfast_token").expect("the token's code");
    let before = net.actor(&init()).expect("a state").expect("Init");
    for number in [2, EXEC] {
        let receipt = net
            .send(&filecoin, init(), fil(0), number, exec_params(code, &[0x80]))
            .expect("a receipt");
        assert_eq!(receipt.exit_code.value(), 21, "{}", receipt.error);
        assert!(receipt.events.is_empty());
    }
    let (receipt, revert) = transaction(&mut net, &ethereum, fil(0), create(TOKEN_TYPE, vec![0x80]));
    assert_eq!(receipt.exit_code.value(), 33, "{}", receipt.error);
    assert!(receipt.events.is_empty());
    let text = String::abi_decode(&revert[4..]).expect("Error(string)");
    assert_eq!(
        (&revert[..4], text.as_str()),
        (&selector("Error(string)")[..], "constructor failed: exit code 21")
    );
    assert_eq!(net.actor(&init()).expect("a state").expect("Init"), before);
}

#[test]
fn a_constructor_that_takes_no_fil_refuses_it_for_the_whole_message() {
    let mut net = network(&MERGED);
    let wallet = net.account(Kind::Secp256k1, 0);
    for number in [2, EXEC] {
        let params = exec_token(&net, wallet.address());
        let receipt = net
            .send(&wallet, init(), fil(1), number, params)
            .expect("a receipt");
        assert_eq!(receipt.exit_code.value(), 26, "{}", receipt.error);
    }
    assert_eq!(net.balance(&init()).expect("a state"), fil(0));
}

#[test]
fn official_and_unknown_types_are_refused_by_the_additions() {
    let mut net = network(&MERGED);
    let (filecoin, ethereum) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 0));
    let multisig = net.bundle().code("multisig").expect("the multisig's code");
    let unknown = MERGED.manifest;
    for (code, exit) in [(multisig, 66), (unknown, 64)] {
        let receipt = net
            .send(&filecoin, init(), fil(0), EXEC, exec_params(code, &[]))
            .expect("a receipt");
        assert_eq!(receipt.exit_code.value(), exit, "{}", receipt.error);
        let receipt = net
            .send(&filecoin, init(), fil(0), EXEC_CANONICAL, cbor(&code))
            .expect("a receipt");
        assert_eq!(receipt.exit_code.value(), exit, "{}", receipt.error);
    }
    let number = |n: u32| alloy_primitives::U256::from(n);
    let official = calldata(
        "OfficialActorType(uint256,uint256)",
        &(number(9), number(17)).abi_encode_params(),
    );
    let none = |kind| calldata("UnknownActorType(uint256)", &(number(kind),).abi_encode_params());
    for (kind, error) in [
        (9, official),
        (0, none(0)),
        (GUEST_BOOK_TYPE + 1, none(GUEST_BOOK_TYPE + 1)),
        (u32::MAX, none(u32::MAX)),
    ] {
        for input in [create(kind, Vec::new()), create_canonical(kind)] {
            let (receipt, revert) = transaction(&mut net, &ethereum, fil(0), input);
            assert_eq!(
                (receipt.exit_code.value(), &revert),
                (33, &error),
                "{kind}: {}",
                receipt.error
            );
        }
    }
}

#[test]
fn nothing_is_created_in_a_read_only_call() {
    let mut net = network(&MERGED);
    let wallet = net.account(Kind::Eth, 0);
    let (contract, _) = net.deploy_evm(&wallet, &caller(), fil(0)).expect("a contract");
    let params = exec_token(&net, wallet.address());
    let read_only = call_actor(&init(), EXEC, 1, &params);
    let (receipt, answer) = net
        .call_evm(&wallet, contract.eth_address, fil(0), &read_only)
        .expect("a receipt");
    assert!(receipt.is_ok(), "{}", receipt.error);
    let (exit, ..) = <(i64, u64, alloy_primitives::Bytes)>::abi_decode_params(&answer).expect("an answer");
    assert_eq!(exit, 25);
    assert!(receipt.events.is_empty());
}

#[test]
fn calldata_arrives_wrapped_from_wallets_and_bare_from_contracts() {
    let mut net = network(&MERGED);
    let wallet = net.account(Kind::Secp256k1, 0);
    let input = create(GUEST_BOOK_TYPE, Vec::new());
    // A Filecoin wallet may use the Ethereum face, too.
    let receipt = send(
        &mut net,
        &wallet,
        init(),
        fil(0),
        INVOKE_EVM,
        cbor(&fvm_ipld_encoding::BytesSer(&input)),
    );
    let BytesDe(answer) = receipt.decode().expect("a byte string");
    let (id, _) = <(u64, alloy_primitives::Address)>::abi_decode_params(&answer).expect("an answer");
    assert_eq!(net.code_name(&Address::new_id(id)).expect("an actor"), GUEST_BOOK);
    // CALL of a contract sends it raw.
    let (contract, _) = net
        .deploy_evm(&wallet, &crate::evm::forwarder_to(ids::INIT), fil(0))
        .expect("a contract");
    let (receipt, answer) = net
        .call_evm(&wallet, contract.eth_address, fil(0), &input)
        .expect("a receipt");
    assert!(receipt.is_ok(), "{}", receipt.error);
    let (next, _) = <(u64, alloy_primitives::Address)>::abi_decode_params(&answer).expect("an answer");
    assert_eq!(
        net.code_name(&Address::new_id(next)).expect("an actor"),
        GUEST_BOOK
    );
    assert!(next > id);
}
