//! Contracts on the official EVM actor.

use crate::support::{fil, network};
use fvm_ipld_amt::Amt;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::StampedEvent;
use holdfast_localnet::{Call, EthTx, Kind, MemStore};

/// Runtime code: returns the word 42 and logs it under topic 7.
const ANSWER: &[u8] = &[
    0x60, 0x2a, 0x60, 0x00, 0x52, 0x60, 0x07, 0x60, 0x20, 0x60, 0x00, 0xa1, 0x60, 0x20, 0x60, 0x00, 0xf3,
];
/// Runtime code: calls itself with all its gas.
const RECURSE: &[u8] = &[
    0x60, 0, 0x60, 0, 0x60, 0, 0x60, 0, 0x60, 0, 0x30, 0x5a, 0xf1, 0x00,
];

/// Code that installs `runtime`.
fn initcode(runtime: &[u8]) -> Vec<u8> {
    let length = u8::try_from(runtime.len()).unwrap();
    let mut code = vec![
        0x60, length, 0x60, 0x0c, 0x60, 0x00, 0x39, 0x60, length, 0x60, 0x00, 0xf3,
    ];
    code.extend_from_slice(runtime);
    code
}

fn nothing() -> TokenAmount {
    TokenAmount::from_atto(0)
}

fn depth(call: &Call) -> usize {
    1 + call.calls.iter().map(depth).max().unwrap_or(0)
}

#[test]
fn a_contract_answers_calls_of_every_kind_of_account() {
    let mut net = network();
    let owner = net.account(Kind::Eth, 0);
    let (contract, _) = net.deploy_evm(&owner, &initcode(ANSWER), nothing()).unwrap();
    let mut answer = [0; 32];
    answer[31] = 42;
    for kind in Kind::ALL {
        let from = net.account(kind, 1);
        let (receipt, bytes) = net
            .call_evm(&from, contract.eth_address, nothing(), b"anything")
            .unwrap();
        assert!(receipt.is_ok(), "{kind:?}: {}", receipt.error);
        assert_eq!(bytes, answer);
    }
    let (_, bytes) = net.view_evm(owner.address(), contract.eth_address, &[]).unwrap();
    assert_eq!(bytes, answer);
    assert_eq!(
        net.resolve(&contract.eth_address.to_filecoin()).unwrap(),
        Some(contract.id)
    );
}

#[test]
fn a_transaction_without_recipient_creates_a_contract() {
    let mut net = network();
    let owner = net.account(Kind::Eth, 0);
    let receipt = net
        .send_eth(
            &owner,
            EthTx {
                input: initcode(ANSWER),
                ..Default::default()
            },
        )
        .unwrap();
    assert!(receipt.is_ok(), "{}", receipt.error);
    assert_eq!(receipt.trace.call.unwrap().method, 4);
}

#[test]
fn events_are_in_the_receipt_and_in_the_array_its_root_names() {
    let mut net = network();
    let from = net.account(Kind::Eth, 0);
    let (contract, _) = net.deploy_evm(&from, &initcode(ANSWER), nothing()).unwrap();
    let (receipt, _) = net.call_evm(&from, contract.eth_address, nothing(), &[]).unwrap();
    let [event] = receipt.events.as_slice() else {
        panic!("{:?}", receipt.events)
    };
    assert_eq!(event.emitter, contract.id);
    let keys: Vec<_> = event
        .event
        .entries
        .iter()
        .map(|e| (e.key.as_str(), e.value[31]))
        .collect();
    assert_eq!(keys, [("t1", 7), ("d", 42)]);
    let array: Amt<StampedEvent, &MemStore> = Amt::load(&receipt.events_root.unwrap(), net.store()).unwrap();
    assert_eq!(array.get(0).unwrap(), Some(event));
    let (quiet, _) = net.deploy_evm(&from, &initcode(RECURSE), nothing()).unwrap();
    assert!(
        net.view_evm(from.address(), quiet.eth_address, &[])
            .unwrap()
            .0
            .events_root
            .is_none()
    );
}

#[test]
fn hundreds_of_nested_calls_fit_the_stack() {
    let mut net = network();
    let from = net.account(Kind::Eth, 0);
    let (contract, _) = net.deploy_evm(&from, &initcode(RECURSE), nothing()).unwrap();
    let (receipt, _) = net.view_evm(from.address(), contract.eth_address, &[]).unwrap();
    assert!(receipt.is_ok(), "{}", receipt.error);
    let depth = depth(&receipt.trace.call.unwrap());
    assert!(depth > 300, "only {depth} calls deep");
}

#[test]
fn value_sent_with_creation_belongs_to_the_contract() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let (contract, _) = net.deploy_evm(&from, &initcode(ANSWER), fil(4)).unwrap();
    assert_eq!(net.balance(&contract.eth_address.to_filecoin()).unwrap(), fil(4));
    assert_eq!(net.total_fil().unwrap(), fil(2_000_000_000));
}
