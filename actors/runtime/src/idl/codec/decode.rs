//! From DAG-CBOR to JSON.

use fvm_shared::address::Address;
use fvm_shared::bigint::bigint_ser::BigIntDe;
use fvm_shared::econ::TokenAmount;
use ipld_core::ipld::Ipld;
use serde::Deserialize;
use serde::de::value::BytesDeserializer;
use serde_json::{Map, Value, json};

use super::error::{CodecError, mismatch};
use super::{integer, show_amount};
use crate::foreign_cid::ForeignCid;
use crate::idl::hex;
use crate::schema::{RecordShape, Shape, TreeShape};

/// Decodes a value of this shape; every byte has to belong to it. No bytes at all are the unit.
///
/// # Errors
/// When the bytes are no DAG-CBOR or another value, with the place.
pub fn decode(shape: &Shape, bytes: &[u8]) -> Result<Value, CodecError> {
    if *shape == Shape::Unit && bytes.is_empty() {
        return Ok(Value::Null);
    }
    to_json(shape, &read(bytes)?)
}

/// Decodes any DAG-CBOR without knowing its type: bytes as 0x hex, links as `{"/": cid}`, maps as objects.
///
/// # Errors
/// When the bytes are no DAG-CBOR.
pub fn decode_any(bytes: &[u8]) -> Result<Value, CodecError> {
    Ok(untyped(&read(bytes)?))
}

fn read(bytes: &[u8]) -> Result<Ipld, CodecError> {
    fvm_ipld_encoding::from_slice(bytes).map_err(|e| {
        let len = bytes.len();
        CodecError::new(format!("the {len} bytes are no DAG-CBOR: {e}"))
    })
}

fn to_json(shape: &Shape, ipld: &Ipld) -> Result<Value, CodecError> {
    Ok(match (shape, ipld) {
        (Shape::Unit | Shape::Optional(_), Ipld::Null) => Value::Null,
        (Shape::Optional(inner), value) => to_json(inner, value)?,
        (Shape::Bool, Ipld::Bool(b)) => Value::Bool(*b),
        (Shape::Uint(_) | Shape::Int, Ipld::Integer(n)) => number(integer::within(shape, *n)?),
        (Shape::Text, Ipld::String(text)) => Value::String(text.clone()),
        (Shape::Bytes, Ipld::Bytes(bytes)) => Value::String(hex(bytes)),
        (Shape::Fixed(len), Ipld::Bytes(bytes)) if bytes.len() == *len => Value::String(hex(bytes)),
        (Shape::Address, Ipld::Bytes(bytes)) => {
            let address = Address::from_bytes(bytes);
            let address =
                address.map_err(|e| CodecError::new(format!("{} is no address: {e}", hex(bytes))))?;
            Value::String(address.to_string())
        }
        (Shape::Amount, Ipld::Bytes(_)) => amount(ipld)?,
        (Shape::Link, Ipld::Link(cid)) => Value::String(cid.to_string()),
        (Shape::ForeignCid, Ipld::Bytes(bytes)) => {
            // As actors read it: no other form than the shortest.
            let cid = ForeignCid::deserialize(BytesDeserializer::<serde::de::value::Error>::new(bytes));
            let cid = cid.map_err(|e| CodecError::new(format!("{} is no CID: {e}", hex(bytes))))?;
            Value::String(cid.0.to_string())
        }
        (Shape::List(inner), Ipld::List(items)) => {
            let items = items.iter().enumerate();
            let items = items.map(|(i, item)| to_json(inner, item).map_err(|e| e.inside(format!("[{i}]"))));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        (Shape::Record(record), Ipld::List(items)) => object(record, items)?,
        (Shape::Choice(choice), Ipld::List(items)) => chosen(choice, items)?,
        (Shape::Tree(tree), Ipld::List(items)) => match &items[..] {
            [Ipld::Bytes(bytes), Ipld::List(links)] => node(tree, bytes, links)?,
            _ => return Err(mismatch(shape, &kind(ipld))),
        },
        (shape, other) => return Err(mismatch(shape, &kind(other))),
    })
}

/// The variant's number and its fields as `{"Variant": {..}}`.
fn chosen(choice: &RecordShape, items: &[Ipld]) -> Result<Value, CodecError> {
    let (number, fields) = match items {
        [Ipld::Integer(number), fields @ ..] => (*number, fields),
        _ => {
            return Err(CodecError::new(format!(
                "a {} begins with its number",
                choice.name
            )));
        }
    };
    let variant = usize::try_from(number)
        .ok()
        .and_then(|number| choice.fields.get(number));
    let variant =
        variant.ok_or_else(|| CodecError::new(format!("there is no {} of number {number}", choice.name)))?;
    let value = to_json(&variant.shape, &Ipld::List(fields.to_vec())).map_err(|e| e.in_field(variant))?;
    Ok(json!({variant.name: value}))
}

fn object(record: &RecordShape, items: &[Ipld]) -> Result<Value, CodecError> {
    if items.len() != record.fields.len() {
        return Err(CodecError::new(format!(
            "a {} has {} fields, this one has {}",
            record.name,
            record.fields.len(),
            items.len()
        )));
    }
    let fields = record.fields.iter().zip(items).map(|(field, item)| {
        let value = to_json(&field.shape, item).map_err(|e| e.in_field(field))?;
        Ok((field.name.to_owned(), value))
    });
    Ok(Value::Object(fields.collect::<Result<Map<_, _>, CodecError>>()?))
}

/// A node of a tree: its entries, or where the nodes below are.
fn node(tree: &TreeShape, bytes: &[u8], links: &[Ipld]) -> Result<Value, CodecError> {
    let children = to_json(&Shape::List(Box::new(Shape::Link)), &Ipld::List(links.to_vec()))?;
    if !links.is_empty() {
        return Ok(json!({"entries": [], "children": children}));
    }
    let unreadable = || CodecError::new(format!("{} are no packed entries", hex(bytes)));
    let Ipld::List(pairs) = read(&(tree.unpack)(bytes).ok_or_else(unreadable)?)? else {
        return Err(unreadable());
    };
    let entries = pairs.iter().map(|pair| match pair {
        Ipld::List(pair) if pair.len() == 2 => {
            let (key, value) = (to_json(&tree.key, &pair[0])?, to_json(&tree.value, &pair[1])?);
            Ok(json!({"key": key, "value": value}))
        }
        _ => Err(unreadable()),
    });
    Ok(json!({"entries": entries.collect::<Result<Vec<_>, _>>()?, "children": children}))
}

/// Integers that JSON readers keep exact are numbers, larger ones are not lost either: serde_json has 64 bits.
fn number(n: i128) -> Value {
    match (u64::try_from(n), i64::try_from(n)) {
        (Ok(n), _) => json!(n),
        (_, Ok(n)) => json!(n),
        _ => Value::String(n.to_string()),
    }
}

fn amount(ipld: &Ipld) -> Result<Value, CodecError> {
    let amount: BigIntDe = ipld_core::serde::from_ipld(ipld.clone())
        .map_err(|e| CodecError::new(format!("the bytes are no amount: {e}")))?;
    Ok(Value::String(show_amount(&TokenAmount::from_atto(amount.0))))
}

fn kind(ipld: &Ipld) -> String {
    match ipld {
        Ipld::Null => "null".to_owned(),
        Ipld::Bool(b) => b.to_string(),
        Ipld::Integer(n) => format!("the integer {n}"),
        Ipld::Float(_) => "a float".to_owned(),
        Ipld::String(text) => format!("the text `{text}`"),
        Ipld::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Ipld::List(items) => format!("a list of {}", items.len()),
        Ipld::Map(_) => "a map".to_owned(),
        Ipld::Link(cid) => format!("the link {cid}"),
    }
}

fn untyped(ipld: &Ipld) -> Value {
    match ipld {
        Ipld::Null => Value::Null,
        Ipld::Bool(b) => Value::Bool(*b),
        Ipld::Integer(n) => number(*n),
        Ipld::Float(f) => json!(f),
        Ipld::String(text) => Value::String(text.clone()),
        Ipld::Bytes(bytes) => Value::String(hex(bytes)),
        Ipld::List(items) => Value::Array(items.iter().map(untyped).collect()),
        Ipld::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), untyped(value)))
                .collect(),
        ),
        Ipld::Link(cid) => json!({"/": cid.to_string()}),
    }
}
