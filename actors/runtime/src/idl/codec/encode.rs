//! From JSON to DAG-CBOR.

use cid::Cid;
use fvm_shared::bigint::bigint_ser::BigIntSer;
use ipld_core::ipld::Ipld;
use serde_json::{Map, Value, json};

use super::error::{CodecError, did_you_mean, explain, mismatch};
use super::{integer, parse_address, parse_amount, parse_hex, parse_json};
use crate::foreign_cid::ForeignCid;
use crate::schema::{Field, RecordShape, Shape};

/// Encodes a value of this shape.
///
/// # Errors
/// When the value does not fit, with the field and the reason.
pub fn encode(shape: &Shape, value: &Value) -> Result<Vec<u8>, CodecError> {
    let ipld = to_ipld(shape, value)?;
    fvm_ipld_encoding::to_vec(&ipld).map_err(|e| CodecError::new(format!("the value does not encode: {e}")))
}

/// Reads a value as people type it: `name=value` pairs for a record, a bare value for every other shape, or one JSON
/// text. Lists and records inside are JSON; null is `null`.
///
/// # Errors
/// When an argument has no name, a name stands twice, or JSON is malformed.
pub fn from_text(shape: &Shape, arguments: &[&str]) -> Result<Value, CodecError> {
    match (shape, arguments) {
        (Shape::Unit, []) => Ok(Value::Null),
        (Shape::Unit, [first, ..]) => Err(CodecError::new(format!(
            "there are no parameters, but `{first}` was given"
        ))),
        (Shape::Record(_) | Shape::Choice(_), [json]) if json.trim_start().starts_with('{') => {
            parse_json(json)
        }
        (Shape::Record(record), pairs) => named(record, pairs),
        (_, [value]) => one(shape, value),
        (_, arguments) => Err(CodecError::new(format!(
            "one value without a name is expected ({}), {} were given",
            crate::idl::type_name(shape),
            arguments.len()
        ))),
    }
}

fn named(record: &RecordShape, pairs: &[&str]) -> Result<Value, CodecError> {
    let mut object = Map::new();
    for pair in pairs {
        let (name, text) = pair.split_once('=').ok_or_else(|| {
            CodecError::new(format!(
                "`{pair}` has no name: write name=value; {}",
                listed(record)
            ))
        })?;
        let field = field(record, name)?;
        let value = one(&field.shape, text).map_err(|e| e.in_field(field))?;
        if object.insert(name.to_owned(), value).is_some() {
            return Err(CodecError::new(format!("the field `{name}` is given twice")));
        }
    }
    Ok(Value::Object(object))
}

fn one(shape: &Shape, text: &str) -> Result<Value, CodecError> {
    match shape {
        Shape::Unit | Shape::List(_) | Shape::Record(_) | Shape::Choice(_) | Shape::Tree(_) => {
            parse_json(text)
        }
        Shape::Optional(_) if text == "null" => Ok(Value::Null),
        Shape::Optional(inner) => one(inner, text),
        Shape::Bool if text == "true" || text == "false" => Ok(Value::Bool(text == "true")),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn field<'a>(record: &'a RecordShape, name: &str) -> Result<&'a Field, CodecError> {
    record
        .fields
        .iter()
        .find(|field| field.name == name)
        .ok_or_else(|| {
            let hint = did_you_mean(name, record.fields.iter().map(|field| field.name));
            CodecError::new(format!("there is no field `{name}`{hint}: {}", listed(record)))
        })
}

fn listed(record: &RecordShape) -> String {
    let names: Vec<&str> = record.fields.iter().map(|field| field.name).collect();
    format!("{} has {}", record.name, names.join(", "))
}

/// How errors call a JSON value.
pub(super) fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => format!("the number {n}"),
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn to_ipld(shape: &Shape, value: &Value) -> Result<Ipld, CodecError> {
    let wrong = || mismatch(shape, &kind(value));
    let text = || value.as_str().ok_or_else(wrong);
    Ok(match shape {
        Shape::Unit => value.is_null().then_some(Ipld::Null).ok_or_else(wrong)?,
        Shape::Bool => Ipld::Bool(value.as_bool().ok_or_else(wrong)?),
        Shape::Uint(_) | Shape::Int => Ipld::Integer(integer::parse(shape, value)?),
        Shape::Text => Ipld::String(text()?.to_owned()),
        Shape::Bytes => Ipld::Bytes(parse_hex(text()?)?),
        Shape::Fixed(len) => Ipld::Bytes(fixed(*len, parse_hex(text()?)?)?),
        Shape::Address => Ipld::Bytes(parse_address(text()?)?.to_bytes()),
        Shape::Amount => amount(value)?,
        Shape::Link => Ipld::Link(parse_cid(text()?)?),
        Shape::ForeignCid => Ipld::Bytes(ForeignCid(parse_cid(text()?)?).0.to_bytes()),
        Shape::Optional(_) if value.is_null() => Ipld::Null,
        Shape::Optional(inner) => to_ipld(inner, value)?,
        Shape::List(inner) => {
            let items = value.as_array().ok_or_else(wrong)?.iter().enumerate();
            let items = items.map(|(i, item)| to_ipld(inner, item).map_err(|e| e.inside(format!("[{i}]"))));
            Ipld::List(items.collect::<Result<_, _>>()?)
        }
        Shape::Record(record) => tuple(record, value.as_object().ok_or_else(wrong)?)?,
        Shape::Choice(choice) => chosen(choice, value.as_object().ok_or_else(wrong)?)?,
        Shape::Tree(_) => empty_tree(value)?,
    })
}

/// What lies in a tree is packed by its actor: nobody sends trees.
fn empty_tree(value: &Value) -> Result<Ipld, CodecError> {
    if *value == json!({"entries": [], "children": []}) {
        return Ok(Ipld::List(vec![Ipld::Bytes(Vec::new()), Ipld::List(Vec::new())]));
    }
    Err(CodecError::new(
        "only an empty tree can be written; actors pack what lies in one",
    ))
}

/// `{"Variant": {..}}` as the variant's number and its fields.
fn chosen(choice: &RecordShape, object: &Map<String, Value>) -> Result<Ipld, CodecError> {
    let mut names = object.iter();
    let (Some((name, value)), None) = (names.next(), names.next()) else {
        return Err(CodecError::new(format!(
            "exactly one name is expected: {}",
            listed(choice)
        )));
    };
    let variant = field(choice, name)?;
    let number = choice.fields.iter().position(|other| other.name == variant.name);
    let number = Ipld::Integer(number.unwrap_or_default() as i128);
    match to_ipld(&variant.shape, value).map_err(|e| e.in_field(variant))? {
        Ipld::List(fields) => Ok(Ipld::List(std::iter::once(number).chain(fields).collect())),
        _ => Err(mismatch(&variant.shape, &kind(value))),
    }
}

fn tuple(record: &RecordShape, object: &Map<String, Value>) -> Result<Ipld, CodecError> {
    for name in object.keys() {
        field(record, name)?;
    }
    let fields = record
        .fields
        .iter()
        .map(|field| match (object.get(field.name), &field.shape) {
            (Some(value), shape) => to_ipld(shape, value).map_err(|e| e.in_field(field)),
            (None, Shape::Optional(_)) => Ok(Ipld::Null),
            (None, Shape::Bytes) => Ok(Ipld::Bytes(Vec::new())),
            (None, _) => Err(CodecError::new(format!(
                "the field `{}` is missing ({})",
                field.name,
                explain(field)
            ))),
        });
    Ok(Ipld::List(fields.collect::<Result<_, _>>()?))
}

fn fixed(len: usize, bytes: Vec<u8>) -> Result<Vec<u8>, CodecError> {
    if bytes.len() == len {
        return Ok(bytes);
    }
    let found = bytes.len();
    Err(CodecError::new(format!("{found} bytes where {len} are expected")))
}

fn amount(value: &Value) -> Result<Ipld, CodecError> {
    let Some(text) = value.as_str() else {
        return Err(CodecError::new(format!(
            "an amount is text with a unit, e.g. \"5\" or \"5 atto\", not {}",
            kind(value)
        )));
    };
    let amount = parse_amount(text)?;
    ipld_core::serde::to_ipld(BigIntSer(amount.atto()))
        .map_err(|e| CodecError::new(format!("`{text}` does not encode: {e}")))
}

fn parse_cid(text: &str) -> Result<Cid, CodecError> {
    Cid::try_from(text).map_err(|e| CodecError::new(format!("`{text}` is no CID: {e}")))
}
