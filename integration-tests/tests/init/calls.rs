//! Calls of Init, and what they must have left behind.

use alloy_sol_types::SolValue;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::ActorEvent;
use holdfast_api::init::events::Created;
use holdfast_api::init::method;
use holdfast_api::token;
use holdfast_localnet::{EthAddress, EthTx, Network, Receipt, Wallet, evm_answer, ids};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::{EthAddress as Word, selector};
use holdfast_runtime::method::Method;

use crate::support::{assert_invariants, cbor, exec_params, fil};

/// The token's type number.
pub(crate) const TOKEN_TYPE: u32 = 17;
/// The guest book's.
pub(crate) const GUEST_BOOK_TYPE: u32 = 19;

/// The export.
pub(crate) const EXEC: u64 = method::Exec::NUMBER;
/// The other one.
pub(crate) const EXEC_CANONICAL: u64 = method::ExecCanonical::NUMBER;

pub(crate) fn token_params(owner: Address) -> Vec<u8> {
    cbor(&token::ConstructorParams {
        name: "Harbour".to_owned(),
        symbol: "HBR".to_owned(),
        owner: Some(owner),
        supply_cap: None,
        initial_holder: Some(owner),
        initial_supply: fil(100),
        voting: true,
    })
}

pub(crate) fn exec_token(net: &Network, owner: Address) -> Vec<u8> {
    exec_params(
        net.bundle().code("holdfast_token").expect("the token's code"),
        &token_params(owner),
    )
}

/// The actor is a token of which `owner` has 100, and the receipt tells of its creation by `creator`.
#[track_caller]
pub(crate) fn assert_token(net: &Network, receipt: &Receipt, id: u64, owner: Address, creator: Word) {
    let address = Address::new_id(id);
    assert_eq!(net.code_name(&address).expect("an actor"), "holdfast_token");
    let params = cbor(&owner);
    let balance = net
        .view(owner, address, token::method::BalanceOf::NUMBER, params)
        .expect("a receipt");
    assert_eq!(balance.decode::<TokenAmount>().expect("a balance"), fil(100));
    let created = Created {
        creator,
        id,
        actor_type: TOKEN_TYPE,
    };
    assert_eq!(logs(receipt), [created.to_actor_event().expect("a log")]);
    assert_invariants(net);
}

/// The logs of Init.
pub(crate) fn logs(receipt: &Receipt) -> Vec<ActorEvent> {
    let by_init = receipt
        .events
        .iter()
        .filter(|stamped| stamped.emitter == ids::INIT);
    by_init.map(|stamped| stamped.event.clone()).collect()
}

/// A successful message.
#[track_caller]
pub(crate) fn send(
    net: &mut Network,
    from: &Wallet,
    to: Address,
    value: TokenAmount,
    method: u64,
    params: Vec<u8>,
) -> Receipt {
    let receipt = net.send(from, to, value, method, params).expect("a receipt");
    assert!(receipt.is_ok(), "{}", receipt.error);
    receipt
}

/// Calldata of a Solidity method of Init.
pub(crate) fn calldata(signature: &str, arguments: &[u8]) -> Vec<u8> {
    [&selector(signature), arguments].concat()
}

pub(crate) fn create(kind: u32, params: Vec<u8>) -> Vec<u8> {
    calldata(
        "create(uint32,bytes)",
        &(kind, alloy_primitives::Bytes::from(params)).abi_encode_params(),
    )
}

pub(crate) fn create_canonical(kind: u32) -> Vec<u8> {
    calldata("createCanonical(uint32)", &(kind,).abi_encode_params())
}

/// An EIP-1559 transaction to Init.
pub(crate) fn transaction(
    net: &mut Network,
    from: &Wallet,
    value: TokenAmount,
    input: Vec<u8>,
) -> (Receipt, Vec<u8>) {
    let tx = EthTx {
        to: Some(EthAddress::from_id(ids::INIT)),
        value,
        input,
        ..EthTx::default()
    };
    let receipt = net.send_eth(from, tx).expect("a receipt");
    let answer = evm_answer(&receipt).expect("an answer");
    (receipt, answer)
}

pub(crate) fn eth_word(wallet: &Wallet) -> Word {
    Word(wallet.eth_address().expect("an Ethereum wallet").0)
}

pub(crate) fn id_of(net: &Network, wallet: &Wallet) -> u64 {
    net.resolve(&wallet.address())
        .expect("a state")
        .expect("an account")
}
