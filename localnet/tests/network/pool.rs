//! What the message pool refuses, and the words it does it with.

use crate::support::{fil, network, transfer};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use holdfast_localnet::{BLOCK_GAS_LIMIT, Error, Kind, Network, Refusal, Signature, ids};

/// Spoil a good transfer, sign and push it; the words of the refusal.
fn refusal(net: &mut Network, spoil: impl FnOnce(&mut Message)) -> String {
    let from = net.account(Kind::Secp256k1, 0);
    let mut message = transfer(net, &from, from.address());
    spoil(&mut message);
    let signed = from.sign(message, 314_159).unwrap();
    match net.push(signed) {
        Err(Error::Refused(refusal)) => refusal.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_good_message_is_taken_and_waits() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let signed = from.sign(transfer(&net, &from, from.address()), 314_159).unwrap();
    let cid = net.push(signed).unwrap();
    assert_eq!(net.pending()[0].cid().unwrap(), cid);
    assert_eq!(net.next_nonce(&from.address()).unwrap(), 1);
    assert_eq!(net.mine().unwrap().receipts[0].message, cid);
    assert!(net.pending().is_empty());
}

#[test]
fn refusals_name_the_value_the_limit_and_the_unit() {
    let net = &mut network();
    let from = net.account(Kind::Secp256k1, 0).address();
    assert_eq!(
        refusal(net, |m| m.version = 1),
        "version 1 is not supported, the only one is 0"
    );
    assert_eq!(
        refusal(net, |m| m.value = fil(2_000_000_001)),
        "value 2000000001.0 FIL is outside 0..=2000000000.0 FIL"
    );
    assert_eq!(
        refusal(net, |m| m.value = TokenAmount::from_atto(-1)),
        "value -0.000000000000000001 FIL is outside 0..=2000000000.0 FIL"
    );
    assert_eq!(
        refusal(net, |m| m.gas_limit = BLOCK_GAS_LIMIT + 1),
        "gas limit 10000000001 is above the block gas limit of 10000000000 gas"
    );
    assert_eq!(
        refusal(net, |m| m.gas_fee_cap = TokenAmount::from_atto(99)),
        "gas fee cap 99 attoFIL is below 100 attoFIL, the least base fee there can be"
    );
    assert_eq!(
        refusal(net, |m| m.gas_fee_cap = TokenAmount::from_atto(99_999_999)),
        "gas fee cap 99999999 attoFIL is below 100000000 attoFIL, the base fee of the next tipset"
    );
    assert_eq!(
        refusal(net, |m| m.gas_premium = TokenAmount::from_atto(200_100_001)),
        "gas premium 200100001 attoFIL is outside 0..=200100000 attoFIL, the gas fee cap"
    );
    assert_eq!(
        refusal(net, |m| m.sequence = 5),
        format!("nonce 5 of {from}: expected 0, the number of messages it has sent and has waiting")
    );
    assert!(refusal(net, |m| m.gas_limit = 1000).starts_with("gas limit 1000 is below "));
    assert!(refusal(net, |m| m.params = vec![0; 65 << 10].into()).ends_with("the limit is 65536 bytes"));
    let zero = Address::new_bls(&{
        let mut bytes = [0; 48];
        bytes[0] = 0xc0;
        bytes
    });
    assert!(refusal(net, |m| m.to = zero.unwrap()).contains("zero address"));
    let funds = refusal(net, |m| m.value = fil(1_000_000));
    assert_eq!(
        funds,
        format!(
            "{from} has 1000000.0 FIL, the message and those waiting before it need up to 1000000.02001 FIL \
             (value plus gas fee cap times gas limit)"
        )
    );
    assert!(net.pending().is_empty());
}

#[test]
fn waiting_messages_count_against_the_funds_and_the_nonce() {
    let mut net = network();
    let from = net.account(Kind::Bls, 0);
    let mut push = || {
        let mut message = transfer(&net, &from, from.address());
        message.value = fil(600_000);
        net.push(from.sign(message, 314_159).unwrap())
    };
    push().unwrap();
    let error = push().unwrap_err().to_string();
    assert!(error.contains("need up to 1200000.04002 FIL"), "{error}");
    assert_eq!(net.next_nonce(&from.address()).unwrap(), 1);
}

#[test]
fn a_wrong_signature_is_refused_for_every_kind() {
    let mut net = network();
    for kind in Kind::ALL {
        let (from, thief) = (net.account(kind, 0), net.account(kind, 1));
        let mut message = transfer(&net, &from, Address::new_id(ids::RESERVE));
        if kind == Kind::Eth {
            message.method_num = holdfast_localnet::INVOKE_EVM;
        }
        let signed = thief.sign(message, 314_159).unwrap();
        let error = net.push(signed).unwrap_err().to_string();
        assert!(
            error.contains(&format!("the signature of {} does not verify", from.address())),
            "{error}"
        );
    }
}

#[test]
fn a_transaction_signed_for_another_chain_is_refused() {
    let mut net = network();
    let from = net.account(Kind::Eth, 0);
    let mut message = transfer(&net, &from, Address::new_id(ids::RESERVE));
    message.method_num = holdfast_localnet::INVOKE_EVM;
    let signed = from.sign(message, 1).unwrap();
    let (raw, _) = holdfast_localnet::ethereum::encode(&signed, 1).unwrap();
    let Err(Error::Refused(refusal)) = net.push_eth(&raw) else {
        panic!("taken")
    };
    assert_eq!(
        *refusal,
        Refusal::ChainId {
            found: 1,
            expected: 314_159
        }
    );
    assert!(
        net.push(signed)
            .unwrap_err()
            .to_string()
            .contains("does not verify")
    );
}

#[test]
fn only_accounts_send() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    for (sender, words) in [
        (
            Address::new_id(ids::RESERVE),
            "the sender f090 is no account but multisig",
        ),
        (Address::new_id(9_999), "the sender f09999 does not exist"),
    ] {
        let mut message = transfer(&net, &from, from.address());
        message.from = sender;
        let mut signed = from.sign(message, 314_159).unwrap();
        signed.signature = Signature::Secp256k1(vec![0; 65]);
        let error = net.push(signed).unwrap_err().to_string().replace("t09", "f09");
        assert_eq!(error, format!("message refused: {words}"));
    }
}

#[test]
fn an_account_may_write_its_id_as_sender_and_keeps_one_row_of_nonces() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let id = Address::new_id(net.resolve(&from.address()).unwrap().unwrap());
    for sender in [from.address(), id] {
        let mut message = transfer(&net, &from, Address::new_id(ids::RESERVE));
        message.from = sender;
        net.push(from.sign(message, 314_159).unwrap()).unwrap();
    }
    let tipset = net.mine().unwrap();
    assert_eq!(tipset.receipts.iter().filter(|r| r.is_ok()).count(), 2);
    assert_eq!(net.next_nonce(&id).unwrap(), 2);
}
