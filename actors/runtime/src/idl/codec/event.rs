//! From an event's entries to JSON.

use fvm_ipld_encoding::IPLD_RAW;
use fvm_shared::event::Entry;
use serde_json::{Map, Value, json};

use super::decode::{decode, decode_any};
use super::error::CodecError;
use super::solidity::{decode_params, decode_word};
use crate::event::EventInfo;
use crate::idl::hex;
use crate::method::InterfaceInfo;
use crate::schema::Shape;

/// Decodes an event of the interface: `{"event": name, "fields": {..}}`. One that the interface does not list keeps its keys,
/// with the values decoded as far as their codecs tell.
///
/// # Errors
/// When the entries have a listed event's topic or type and other values than that event.
pub fn event(interface: &InterfaceInfo, entries: &[Entry]) -> Result<Value, CodecError> {
    let known = interface.events.iter().find(|info| is(info, entries));
    let Some(info) = known else {
        let keys = entries.iter().map(|entry| (entry.key.clone(), loose(entry)));
        return Ok(json!({"event": null, "fields": Value::Object(keys.collect())}));
    };
    let fields = match info.topic {
        Some(_) => log(info, entries),
        None => cbor(info, entries),
    };
    let fields = fields.map_err(|e| e.inside(info.name))?;
    Ok(json!({"event": info.name, "fields": fields}))
}

fn is(info: &EventInfo, entries: &[Entry]) -> bool {
    match info.topic {
        Some(topic) => value(entries, "t1") == Some(topic.as_slice()),
        None => {
            let kind = value(entries, "$type").and_then(|bytes| decode(&Shape::Text, bytes).ok());
            kind.as_ref().and_then(Value::as_str) == Some(info.name)
        }
    }
}

fn value<'a>(entries: &'a [Entry], key: &str) -> Option<&'a [u8]> {
    let entry = entries.iter().find(|entry| entry.key == key);
    entry.map(|entry| entry.value.as_slice())
}

fn log(info: &EventInfo, entries: &[Entry]) -> Result<Map<String, Value>, CodecError> {
    let data_kinds: Vec<&str> = info
        .fields
        .iter()
        .filter(|f| !f.indexed)
        .map(|f| f.kind)
        .collect();
    let mut data = decode_params(&data_kinds, value(entries, "d").unwrap_or_default())?.into_iter();
    let mut topics = ["t2", "t3", "t4"].into_iter();
    let fields = info.fields.iter().map(|field| {
        let found = if field.indexed {
            let key = topics.next().unwrap_or_default();
            let word =
                value(entries, key).ok_or_else(|| CodecError::new(format!("the topic {key} is missing")))?;
            decode_word(field.kind, word)?
        } else {
            data.next().unwrap_or_default()
        };
        Ok((field.name.to_owned(), found))
    });
    fields.collect()
}

fn cbor(info: &EventInfo, entries: &[Entry]) -> Result<Map<String, Value>, CodecError> {
    let fields = info.fields.iter().map(|field| {
        let bytes = value(entries, field.name)
            .ok_or_else(|| CodecError::new(format!("the entry `{}` is missing", field.name)))?;
        let found = decode(&shape(field.kind)?, bytes).map_err(|e| e.inside(field.name))?;
        Ok((field.name.to_owned(), found))
    });
    fields.collect()
}

/// The shape behind the name that the IDL gives to a CBOR field.
fn shape(kind: &str) -> Result<Shape, CodecError> {
    if let Some(inner) = kind.strip_suffix(" or null") {
        return Ok(Shape::Optional(Box::new(shape(inner)?)));
    }
    Ok(match kind {
        "bool" => Shape::Bool,
        "uint" => Shape::Uint(64),
        "int" => Shape::Int,
        "text" => Shape::Text,
        "address" => Shape::Address,
        "amount" => Shape::Amount,
        "bytes32" => Shape::Fixed(32),
        "list of uint" => Shape::List(Box::new(Shape::Uint(64))),
        other => {
            return Err(CodecError::new(format!(
                "`{other}` is no type of an event's field"
            )));
        }
    })
}

fn loose(entry: &Entry) -> Value {
    let decoded = if entry.codec == IPLD_RAW {
        None
    } else {
        decode_any(&entry.value).ok()
    };
    decoded.unwrap_or_else(|| Value::String(hex(&entry.value)))
}
