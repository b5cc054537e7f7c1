//! Init on the test double.
#![allow(dead_code, reason = "each test binary uses its part")]

use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init::{ConstructorParams, Exec4Params, ExecParams, ExecReturn, method};
use holdfast_init::state::State;
use holdfast_init::{Guarded, InitActor, invariants};
use holdfast_runtime::dispatch::Abort;
use holdfast_runtime::method::Method;
use holdfast_runtime::send::{Answer, Call};
use holdfast_runtime::testing::{Mock, Reply};
use holdfast_runtime::{ActorError, Runtime};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An account.
pub const ACCOUNT: ActorID = 105;
/// The type of the suite's first actor.
pub const OPEN: u32 = 17;
/// Multisig.
pub const MULTISIG: u32 = 9;
/// EVM contract.
pub const EVM: u32 = 14;

/// A network with an Init in its first state, called by an account.
pub fn init() -> Mock {
    let mut mock = Mock::new();
    let params = ConstructorParams {
        network_name: "testnetwork".to_owned(),
    };
    mock.caller(0);
    call::<method::Constructor>(&mut mock, &params).expect("the constructor");
    mock.caller(ACCOUNT);
    mock
}

/// Calls a method by number.
pub fn call<M>(mock: &mut Mock, params: &M::Params) -> Result<M::Return, ActorError>
where
    M: Method<Params: Serialize, Return: DeserializeOwned>,
{
    let result = mock.call::<Guarded, InitActor, M>(params);
    if result.is_ok() {
        let state: State = mock.state().expect("a state");
        invariants::check(&state, mock.store().clone()).assert_none();
    }
    result
}

/// Calls a number with any block.
pub fn raw(mock: &mut Mock, number: u64, params: Option<IpldBlock>) -> Result<Option<IpldBlock>, Abort> {
    mock.invoke::<Guarded, InitActor>(number, params)
}

/// The exit code of a failed call.
#[track_caller]
pub fn exit<T: core::fmt::Debug>(result: Result<T, ActorError>) -> u32 {
    result.expect_err("the call fails").code.value()
}

/// The exit code of a failed call.
#[track_caller]
pub fn raw_exit(result: Result<Option<IpldBlock>, Abort>) -> u32 {
    result.expect_err("the call fails").error.code.value()
}

/// The code of a type.
pub fn code(mock: &Mock, kind: u32) -> Cid {
    mock.code_of_type(kind).expect("a type of the double's manifest")
}

/// Parameters of `Exec` for a type.
pub fn exec(mock: &Mock, kind: u32) -> ExecParams {
    ExecParams {
        code_cid: code(mock, kind),
        constructor_params: RawBytes::new(vec![0x80]),
    }
}

/// Parameters of `Exec4` for a contract.
pub fn exec4(mock: &Mock, subaddress: &[u8]) -> Exec4Params {
    Exec4Params {
        code_cid: code(mock, EVM),
        constructor_params: RawBytes::new(vec![0x80]),
        subaddress: RawBytes::new(subaddress.to_vec()),
    }
}

/// The call of a new actor's constructor.
pub fn constructor(id: ActorID, params: &[u8], value: u64) -> Call {
    Call {
        to: Address::new_id(id),
        method: 1,
        params: RawBytes::new(params.to_vec()).into(),
        value: TokenAmount::from_atto(value),
        gas_limit: None,
        max_return: u32::MAX,
    }
}

/// A constructor that returns nothing.
pub fn done() -> Reply {
    Ok(Answer(None))
}

/// The id and the f2 address of what was created.
pub fn ids(created: &ExecReturn) -> (ActorID, Address) {
    (
        created.id_address.id().expect("an id address"),
        created.robust_address,
    )
}

/// What the address map has for an address.
pub fn mapped(mock: &Mock, address: &Address) -> Option<ActorID> {
    let state: State = mock.state().expect("a state");
    state
        .addresses(mock.store().clone())
        .expect("a map")
        .get(address)
        .expect("a map")
}
