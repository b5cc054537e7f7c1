//! Calls by number as bytes.

use alloy_sol_types::SolCall;
use fvm_ipld_encoding::CBOR;

use crate::abi::IToken::handle_filecoin_methodCall;

/// The calldata of a call through `handle_filecoin_method`, which every Ethereum face has.
pub fn wrapped(method: u64, params: Vec<u8>) -> Vec<u8> {
    let codec = if params.is_empty() { 0 } else { CBOR };
    let params = params.into();
    handle_filecoin_methodCall {
        method,
        codec,
        params,
    }
    .abi_encode()
}

/// What the method returned to `handle_filecoin_method`.
///
/// # Panics
/// When it is no answer of `handle_filecoin_method`.
pub fn unwrapped(returned: &[u8]) -> Vec<u8> {
    let answer = handle_filecoin_methodCall::abi_decode_returns_validate(returned);
    let answer = answer.unwrap_or_else(|e| panic!("no answer: {e}"));
    assert_eq!(answer._0, 0, "a failing method reverts");
    answer._2.to_vec()
}

/// Parameters without their last byte; some where there are none.
pub fn cut_params(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.pop().is_none() {
        bytes.push(0);
    }
    bytes
}
