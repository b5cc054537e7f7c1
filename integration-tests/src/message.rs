//! Messages before they are sent.

use alloy_sol_types::SolCall;
use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::INVOKE_EVM;
use serde::Serialize;

use crate::world::cbor;

/// A message without its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whom it goes to.
    pub to: Address,
    /// FIL that goes along, attoFIL.
    pub value: TokenAmount,
    /// The method's number.
    pub method: u64,
    /// CBOR, or nothing.
    pub params: RawBytes,
}

impl Message {
    /// A Filecoin message with CBOR parameters.
    pub fn call(to: Address, method: u64, params: &impl Serialize) -> Self {
        let (value, params) = (TokenAmount::default(), cbor(params));
        Self {
            to,
            value,
            method,
            params,
        }
    }

    /// A message with calldata for the Ethereum face.
    pub fn evm(to: Address, call: &impl SolCall) -> Self {
        Self::calldata(to, &call.abi_encode())
    }

    /// The same with calldata as it is.
    pub fn calldata(to: Address, data: &[u8]) -> Self {
        Self::call(to, INVOKE_EVM, &BytesSer(data))
    }
}
