//! Methods that have no Solidity form, called on the Ethereum face by their number: `handle_filecoin_method`.

use fvm_ipld_encoding::CBOR;
use serde_json::{Value, json};

use super::decode::decode;
use super::error::CodecError;
use super::parse_hex;
use super::solidity::{calldata, named_values};
use crate::evm::face::{FilecoinCall, FilecoinReturn, HANDLE_FILECOIN_METHOD};
use crate::frc42::FIRST_METHOD;
use crate::idl::hex;
use crate::method::{InterfaceInfo, MethodInfo, SolidityInfo, pair_types};
use crate::schema::Shape;

fn face() -> SolidityInfo {
    SolidityInfo {
        name: "handle_filecoin_method",
        standard: None,
        selector: HANDLE_FILECOIN_METHOD,
        args: pair_types::<FilecoinCall>(),
        results: pair_types::<FilecoinReturn>(),
        coding: None,
    }
}

/// Calldata that calls a method by its number with these CBOR parameters; none for no parameters.
///
/// # Errors
/// For a constructor and other numbers below 2^24, which the Ethereum face refuses.
pub fn calldata_by_number(method: &MethodInfo, params: &[u8]) -> Result<Vec<u8>, CodecError> {
    let Some(number) = method.number.filter(|number| *number >= FIRST_METHOD) else {
        let name = method.name;
        return Err(CodecError::new(format!(
            "{name} cannot be called on the Ethereum face"
        )));
    };
    let codec = if params.is_empty() { 0 } else { CBOR };
    let arguments = json!({"method": number, "codec": codec, "params": hex(params)});
    calldata(&face(), &arguments)
}

/// What such calldata calls; none for other calldata.
pub(super) fn call_by_number(
    interface: &InterfaceInfo,
    selector: u32,
    rest: &[u8],
) -> Result<Option<Value>, CodecError> {
    if selector != HANDLE_FILECOIN_METHOD {
        return Ok(None);
    }
    let call = named_values(&face().args, rest)?;
    let number = call["method"].as_u64();
    let method = interface
        .methods
        .iter()
        .find(|m| m.number.is_some() && m.number == number);
    let (Some(method), Some(params)) = (method, method.and_then(|m| m.params.as_ref())) else {
        return Ok(Some(json!({"method": face().name, "arguments": call})));
    };
    let params = decode(&params.shape, &bytes(&call["params"])?).map_err(|e| e.inside(method.name))?;
    Ok(Some(
        json!({"method": method.name, "through": face().name, "arguments": params}),
    ))
}

/// What a method that was called by its number gave.
///
/// # Errors
/// When the bytes are no results of `handle_filecoin_method`, or its data is not what the method returns.
pub fn results_by_number(method: &MethodInfo, data: &[u8]) -> Result<Value, CodecError> {
    let results = named_values(&face().results, data)?;
    let shape = method
        .returns
        .as_ref()
        .map_or(&Shape::Unit, |returns| &returns.shape);
    decode(shape, &bytes(&results["data"])?)
}

fn bytes(value: &Value) -> Result<Vec<u8>, CodecError> {
    parse_hex(value.as_str().unwrap_or_default())
}
