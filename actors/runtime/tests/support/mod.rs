//! A counter on the double of the machine, and short ways to call it.
#![allow(dead_code, reason = "each test binary uses its part")]

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesDe, BytesSer, CBOR, IPLD_RAW};
use fvm_shared::address::Address;
use fvm_shared::error::ExitCode;
use holdfast_runtime::caller::INIT_ACTOR_ID;
use holdfast_runtime::dispatch::Abort;
use holdfast_runtime::evm::{Args, selector};
use holdfast_runtime::method::{INVOKE_EVM, Method, SolidityMethod};
use holdfast_runtime::testing::Mock;
use holdfast_runtime::{ActorError, Runtime};
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{
    ConstructorParams, Counter, CounterActor, RaiseParams, Raised, invariants, method,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Owner of the counter.
pub const OWNER: u64 = 101;
/// The counter's limit, points.
pub const LIMIT: u64 = 1_000_000;

/// What the counter of these tests is created with.
pub fn params() -> ConstructorParams {
    ConstructorParams {
        owner: Address::new_id(OWNER),
        limit: LIMIT,
        emblem: None,
    }
}

/// A machine with a new counter, called by 100.
pub fn counter() -> Mock {
    let mut mock = Mock::new();
    mock.caller(INIT_ACTOR_ID);
    call::<method::Constructor>(&mut mock, &params()).unwrap();
    mock.caller(100);
    mock
}

/// Calls a method of the counter by its number.
#[track_caller]
pub fn call<M>(mock: &mut Mock, params: &M::Params) -> Result<M::Return, ActorError>
where
    M: Method<Params: Serialize, Return: DeserializeOwned>,
{
    let result = mock.call::<Counter, CounterActor, M>(params);
    check(mock);
    result
}

/// Checks the counter's invariants.
#[track_caller]
pub fn check(mock: &Mock) {
    if let Ok(state) = mock.state::<CounterState>() {
        invariants::check(mock.store(), &state, &mock.balance()).assert_none();
    }
}

/// Calls the counter with a raw block.
#[track_caller]
pub fn invoke(mock: &mut Mock, method: u64, params: Option<IpldBlock>) -> Result<Option<IpldBlock>, Abort> {
    mock.invoke::<Counter, CounterActor>(method, params)
}

/// Raises the counter by the method's number.
#[track_caller]
pub fn raise(mock: &mut Mock, who: u64, by: u64) -> u64 {
    let height = mock.state::<CounterState>().unwrap().height + by;
    mock.caller(who);
    mock.expect_event(Raised {
        who: holdfast_runtime::evm::EthAddress::from_id(who),
        by,
        height,
    });
    call::<method::Raise>(mock, &RaiseParams { by }).unwrap()
}

/// A block of CBOR.
pub fn cbor<T: Serialize>(value: &T) -> Option<IpldBlock> {
    IpldBlock::serialize_cbor(value).unwrap()
}

/// A block with any codec.
pub fn block(codec: u64, data: &[u8]) -> Option<IpldBlock> {
    Some(IpldBlock {
        codec,
        data: data.to_vec(),
    })
}

/// Calldata of a method.
pub fn calldata<M: SolidityMethod>(mock: &Mock, params: M::Params) -> Vec<u8> {
    let mut data = M::SELECTOR.to_be_bytes().to_vec();
    data.extend(params.encode(mock));
    data
}

/// Calls the Ethereum face as a contract does, with raw calldata; gives the ABI-encoded result.
#[track_caller]
pub fn evm(mock: &mut Mock, calldata: &[u8]) -> Result<Vec<u8>, Abort> {
    invoke(mock, INVOKE_EVM, block(IPLD_RAW, calldata)).map(|returned| bytes_of(returned.as_ref()))
}

/// Calls the Ethereum face as a wallet does, with calldata in CBOR.
#[track_caller]
pub fn wallet(mock: &mut Mock, calldata: &[u8]) -> Result<Vec<u8>, Abort> {
    invoke(mock, INVOKE_EVM, cbor(&BytesSer(calldata))).map(|returned| bytes_of(returned.as_ref()))
}

/// The byte string in a block with codec 0x51.
pub fn bytes_of(block: Option<&IpldBlock>) -> Vec<u8> {
    let block = block.unwrap();
    assert_eq!(block.codec, CBOR);
    let BytesDe(bytes) = fvm_ipld_encoding::from_slice(&block.data).unwrap();
    bytes
}

/// The revert data of a failed call of the face, which is always exit 33.
#[track_caller]
pub fn revert_of<T: core::fmt::Debug>(result: Result<T, Abort>) -> Vec<u8> {
    let abort = result.unwrap_err();
    assert_eq!(abort.error.code, ExitCode::new(33), "{abort:?}");
    bytes_of(abort.data.as_ref())
}

/// The text of an `Error(string)`.
#[track_caller]
pub fn reason_of<T: core::fmt::Debug>(result: Result<T, Abort>) -> String {
    let data = revert_of(result);
    let (selector, rest) = data.split_at(4);
    assert_eq!(selector, [0x08, 0xc3, 0x79, 0xa0], "not Error(string)");
    String::decode(rest).unwrap()
}

/// A number as a word.
pub fn word(value: u64) -> Vec<u8> {
    [vec![0; 24], value.to_be_bytes().to_vec()].concat()
}

/// Calldata or revert data: a selector and words.
pub fn with_selector(signature: &str, args: &[Vec<u8>]) -> Vec<u8> {
    [selector(signature).to_vec(), args.concat()].concat()
}
