//! The Solidity form of a method: calldata, results, and the errors that a call reverts with.
//!
//! Here a number is what Ethereum tools take it for, the bare integer; an amount with a unit (`"5 tokens"`, `"10 nano"`)
//! is scaled.

use alloy_dyn_abi::{DynSolType, DynSolValue};
use alloy_primitives::{Address as AlloyAddress, B256, I256, U256};
use serde_json::{Map, Value, json};

use super::by_number::call_by_number;
use super::error::{CodecError, did_you_mean};
use super::overload::plain_name;
use super::{eth_form, parse_address, parse_amount, parse_hex, parse_json};
use crate::evm::face::FILECOIN_METHOD_FAILED;
use crate::evm::selector;
use crate::idl::hex;
use crate::method::{InterfaceInfo, SolidityInfo};

/// Selector and arguments.
///
/// # Errors
/// When the value does not fit, with the argument and the reason.
pub fn calldata(method: &SolidityInfo, value: &Value) -> Result<Vec<u8>, CodecError> {
    let arguments = match (method.args.as_slice(), value) {
        ([], Value::Null) => Vec::new(),
        ([(kind, "")], value) => vec![to_sol(&parse_type(kind)?, value)?],
        (args, Value::Object(object)) => from_object(args, object)?,
        (args, _) => {
            return Err(CodecError::new(format!(
                "expected the arguments {}",
                listed(args)
            )));
        }
    };
    let mut data = method.selector.to_be_bytes().to_vec();
    data.extend(DynSolValue::Tuple(arguments).abi_encode_params());
    Ok(data)
}

fn from_object(args: &[(String, &str)], object: &Map<String, Value>) -> Result<Vec<DynSolValue>, CodecError> {
    for name in object.keys() {
        find(args, name)?;
    }
    let values = args.iter().map(|(kind, name)| {
        let value = object
            .get(*name)
            .ok_or_else(|| CodecError::new(format!("the argument `{name}` is missing ({kind})")))?;
        to_sol(&parse_type(kind)?, value).map_err(|e| e.inside(*name))
    });
    values.collect()
}

fn find<'a>(args: &'a [(String, &str)], name: &str) -> Result<&'a str, CodecError> {
    let found = args.iter().find(|(_, other)| *other == name);
    found.map(|(kind, _)| kind.as_str()).ok_or_else(|| {
        let hint = did_you_mean(name, args.iter().map(|(_, name)| *name));
        CodecError::new(format!(
            "there is no argument `{name}`{hint}: the arguments are {}",
            listed(args)
        ))
    })
}

fn listed(args: &[(String, &str)]) -> String {
    let all: Vec<String> = args
        .iter()
        .map(|(kind, name)| format!("{kind} {name}").trim().to_owned())
        .collect();
    format!("({})", all.join(", "))
}

/// Reads arguments as people type them: `name=value`, or a bare value for a method with one argument that has no name.
///
/// # Errors
/// When an argument has no name, a name is unknown or stands twice.
pub fn solidity_from_text(method: &SolidityInfo, arguments: &[&str]) -> Result<Value, CodecError> {
    match (method.args.as_slice(), arguments) {
        ([], []) => Ok(Value::Null),
        ([(kind, "")], [text]) => one(kind, text),
        (_, [json]) if json.trim_start().starts_with('{') => parse_json(json),
        (args, pairs) => {
            let mut object = Map::new();
            for pair in pairs {
                let (name, text) = pair.split_once('=').ok_or_else(|| {
                    CodecError::new(format!(
                        "`{pair}` has no name: write name=value for {}",
                        listed(args)
                    ))
                })?;
                if object
                    .insert(name.to_owned(), one(find(args, name)?, text)?)
                    .is_some()
                {
                    return Err(CodecError::new(format!("the argument `{name}` is given twice")));
                }
            }
            Ok(Value::Object(object))
        }
    }
}

fn one(kind: &str, text: &str) -> Result<Value, CodecError> {
    match kind {
        "bool" => parse_json(text),
        list if list.ends_with(']') => parse_json(text),
        _ => Ok(Value::String(text.to_owned())),
    }
}

/// Which method calldata calls, and with what: `{"method": name, "arguments": ..}`. An overload goes by its signature; one that is
/// called by its number goes by its own name, with `"through": "handle_filecoin_method"`.
///
/// # Errors
/// When the interface has no method with the selector, or the rest is no encoding of its arguments.
pub fn call_of(interface: &InterfaceInfo, data: &[u8]) -> Result<Value, CodecError> {
    let unknown = || {
        CodecError::new(format!(
            "{} has no method with the selector of {}",
            interface.name,
            hex(data)
        ))
    };
    let (head, rest) = data.split_first_chunk::<4>().ok_or_else(unknown)?;
    if let Some(call) = call_by_number(interface, u32::from_be_bytes(*head), rest)? {
        return Ok(call);
    }
    let mut methods = interface.methods.iter().filter_map(|m| m.solidity.as_ref());
    let method = methods
        .find(|s| s.selector.to_be_bytes() == *head)
        .ok_or_else(unknown)?;
    let name = plain_name(interface, method);
    let arguments = named_values(&method.args, rest).map_err(|e| e.inside(&name))?;
    Ok(json!({"method": name, "arguments": arguments}))
}

/// What a Solidity method gave: null, one value, or an object of the names.
///
/// # Errors
/// When the bytes are no ABI encoding of the results.
pub fn results(method: &SolidityInfo, bytes: &[u8]) -> Result<Value, CodecError> {
    named_values(&method.results, bytes)
}

/// Decodes a tuple: null, one value without a name, or an object of the names.
///
/// # Errors
/// When the bytes are no ABI encoding of it.
pub(super) fn named_values(types: &[(String, &str)], bytes: &[u8]) -> Result<Value, CodecError> {
    let kinds: Vec<&str> = types.iter().map(|(kind, _)| kind.as_str()).collect();
    let values = decode_params(&kinds, bytes)?;
    Ok(match (types, values.as_slice()) {
        ([], _) => Value::Null,
        ([(_, "")], [value]) => value.clone(),
        (types, _) => {
            let names = types.iter().map(|(_, name)| (*name).to_owned());
            Value::Object(names.zip(values).collect())
        }
    })
}

/// What revert data says: the interface's error by its signature, Solidity's own `Error(string)` and `Panic(uint256)`, or the
/// wrapped failure of a method that was called by number.
///
/// # Errors
/// When the data has a known selector and other arguments than that error.
pub fn revert(interface: &InterfaceInfo, data: &[u8]) -> Result<Value, CodecError> {
    let Some((head, arguments)) = data.split_first_chunk::<4>() else {
        return Ok(json!({"error": null, "data": hex(data)}));
    };
    let own = interface
        .errors
        .iter()
        .filter_map(|e| Some((e.solidity?, e.doc.trim())));
    let common = [
        ("Error(string)", "A sentence."),
        ("Panic(uint256)", "Solidity's own checks failed."),
        (
            FILECOIN_METHOD_FAILED,
            "A method called through handle_filecoin_method failed.",
        ),
    ];
    let known = own
        .chain(common)
        .find(|(signature, _)| selector(signature) == *head);
    let Some((signature, doc)) = known else {
        return Ok(json!({"error": null, "data": hex(data)}));
    };
    let args = decode_params(&kinds_of(signature), arguments).map_err(|e| e.inside(signature))?;
    let inner = match (signature, args.get(1).and_then(Value::as_str)) {
        (FILECOIN_METHOD_FAILED, Some(inner)) => Some(revert(interface, &parse_hex(inner)?)?),
        _ => None,
    };
    let mut out = json!({"error": signature, "args": args, "doc": doc});
    if let (Some(inner), Some(object)) = (inner, out.as_object_mut()) {
        object.insert("inner".to_owned(), inner);
    }
    Ok(out)
}

fn kinds_of(signature: &str) -> Vec<&str> {
    let inner = signature
        .split_once('(')
        .map_or("", |(_, rest)| rest.trim_end_matches(')'));
    inner.split(',').filter(|kind| !kind.is_empty()).collect()
}

/// Decodes the values of a tuple.
///
/// # Errors
/// When the bytes are no ABI encoding of it.
pub(super) fn decode_params(kinds: &[&str], bytes: &[u8]) -> Result<Vec<Value>, CodecError> {
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let types = kinds
        .iter()
        .map(|kind| parse_type(kind))
        .collect::<Result<Vec<_>, _>>()?;
    let decoded = DynSolType::Tuple(types).abi_decode_params(bytes);
    let decoded =
        decoded.map_err(|e| CodecError::new(format!("the data is no ({}): {e}", kinds.join(","))))?;
    match decoded {
        DynSolValue::Tuple(values) => Ok(values.iter().map(to_json).collect()),
        single => Ok(vec![to_json(&single)]),
    }
}

/// One word of a log as a value.
///
/// # Errors
/// When the word is no value of this type.
pub(super) fn decode_word(kind: &str, word: &[u8]) -> Result<Value, CodecError> {
    decode_params(&[kind], word).map(|mut values| values.pop().unwrap_or_default())
}

fn parse_type(kind: &str) -> Result<DynSolType, CodecError> {
    DynSolType::parse(kind).map_err(|e| CodecError::new(format!("`{kind}` is no Solidity type: {e}")))
}

fn to_sol(kind: &DynSolType, value: &Value) -> Result<DynSolValue, CodecError> {
    let wrong = || CodecError::new(format!("expected {kind}, found {}", super::encode::kind(value)));
    let text = || value.as_str().ok_or_else(wrong);
    Ok(match kind {
        DynSolType::Bool => DynSolValue::Bool(value.as_bool().ok_or_else(wrong)?),
        DynSolType::String => DynSolValue::String(text()?.to_owned()),
        DynSolType::Bytes => DynSolValue::Bytes(parse_hex(text()?)?),
        DynSolType::Address => DynSolValue::Address(to_address(text()?)?),
        DynSolType::Uint(bits) => DynSolValue::Uint(to_uint(*bits, value)?, *bits),
        DynSolType::FixedBytes(len) => {
            let bytes = parse_hex(text()?)?;
            if bytes.len() != *len {
                return Err(CodecError::new(format!(
                    "{} bytes where {len} are expected",
                    bytes.len()
                )));
            }
            DynSolValue::FixedBytes(B256::right_padding_from(&bytes), *len)
        }
        DynSolType::Array(inner) => {
            let items = value.as_array().ok_or_else(wrong)?.iter().enumerate();
            let items = items.map(|(i, item)| to_sol(inner, item).map_err(|e| e.inside(format!("[{i}]"))));
            DynSolValue::Array(items.collect::<Result<_, _>>()?)
        }
        _ => return Err(CodecError::new(format!("{kind} has no text form here"))),
    })
}

fn to_address(text: &str) -> Result<AlloyAddress, CodecError> {
    let address = parse_address(text)?;
    let eth = eth_form(&address).ok_or_else(|| {
        CodecError::new(format!(
            "{text} has no 0x form of its own: give the actor's id address (f0.. or t0..)"
        ))
    })?;
    Ok(AlloyAddress::new(eth.0))
}

fn to_uint(bits: usize, value: &Value) -> Result<U256, CodecError> {
    let digits = match value {
        Value::Number(n) => n.to_string(),
        Value::String(text) => text.replace('_', ""),
        other => {
            return Err(CodecError::new(format!(
                "expected uint{bits}, found {}",
                super::encode::kind(other)
            )));
        }
    };
    let bare = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let digits = match bare {
        true => digits,
        // A unit asks for scaling; "1.5" alone could mean either and is refused.
        false if digits.ends_with(char::is_alphabetic) => parse_amount(&digits)?.atto().to_string(),
        false => {
            return Err(CodecError::new(format!(
                "`{digits}` is no uint{bits}: write an integer, or an amount with a unit, e.g. \"1.5 tokens\""
            )));
        }
    };
    let max = if bits >= 256 {
        U256::MAX
    } else {
        (U256::ONE << bits) - U256::ONE
    };
    let number = U256::from_str_radix(&digits, 10).ok().filter(|n| *n <= max);
    number.ok_or_else(|| CodecError::new(format!("{digits} lies outside 0 to {max}")))
}

fn to_json(value: &DynSolValue) -> Value {
    match value {
        DynSolValue::Bool(b) => Value::Bool(*b),
        DynSolValue::Uint(n, bits) if *bits <= 64 => json!(n.saturating_to::<u64>()),
        DynSolValue::Uint(n, _) => Value::String(n.to_string()),
        DynSolValue::Int(n, _) => Value::String(I256::to_string(n)),
        DynSolValue::Address(a) => Value::String(hex(a.as_slice())),
        DynSolValue::String(text) => Value::String(text.clone()),
        DynSolValue::Bytes(bytes) => Value::String(hex(bytes)),
        DynSolValue::FixedBytes(word, len) => Value::String(hex(word.get(..*len).unwrap_or_default())),
        DynSolValue::Array(items) | DynSolValue::FixedArray(items) | DynSolValue::Tuple(items) => {
            Value::Array(items.iter().map(to_json).collect())
        }
        DynSolValue::Function(f) => Value::String(hex(f.as_slice())),
    }
}
