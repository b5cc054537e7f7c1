//! Placeholders: what `$alice.eth` and `$code:holdfast_token` stand for on this network.

use std::collections::BTreeMap;

use alloy_primitives::hex;
use anyhow::{Context, Result, bail};
use fvm_shared::address::Address;
use holdfast::target::Target;
use holdfast_api::init::canonical_address;
use holdfast_integration_tests::World;
use holdfast_localnet::{Bundle, ids};
use serde_json::{Map, Value, json};

/// Stands where an answer has an epoch of its network.
const SOME_EPOCH: &str = "$epoch";

/// Somebody or something with a name.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The address that does not change: f1, f2, f3 or f410.
    pub(super) address: Address,
    /// The id address.
    pub(super) id: Address,
    /// The 0x form.
    eth: alloy_primitives::Address,
}

/// Everybody who has a name.
pub(super) struct Names {
    known: BTreeMap<String, Known>,
    bundle: Bundle,
}

impl Names {
    /// Init, and nobody else.
    pub(super) fn new(world: &World) -> Self {
        let bundle = world.network().bundle().clone();
        let known = BTreeMap::new();
        let mut names = Self { known, bundle };
        names.bind(world, "init", Address::new_id(ids::INIT));
        names
    }

    /// Gives an actor a name.
    pub(super) fn bind(&mut self, world: &World, name: &str, address: Address) {
        let known = Known {
            address,
            id: world.id(address),
            eth: world.eth(address),
        };
        self.known.insert(name.to_owned(), known);
    }

    /// Whoever has a name.
    pub(super) fn get(&self, name: &str) -> Result<Known> {
        let found = self.known.get(name).copied();
        found.with_context(|| format!("nobody is called `{name}`"))
    }

    /// The value with everything in place of the placeholders and of what is to be encoded.
    pub(super) fn fill(&self, value: &Value) -> Result<Value> {
        Ok(match value {
            Value::String(text) if text == SOME_EPOCH => value.clone(),
            Value::String(text) => Value::String(self.fill_text(text)?),
            Value::Array(items) => items.iter().map(|item| self.fill(item)).collect::<Result<_>>()?,
            Value::Object(fields) if fields.contains_key("encode") => self.encode(fields)?,
            Value::Object(fields) => {
                let filled = fields
                    .iter()
                    .map(|(name, field)| Ok((name.clone(), self.fill(field)?)));
                Value::Object(filled.collect::<Result<Map<_, _>>>()?)
            }
            other => other.clone(),
        })
    }

    /// The text with everything in place of the placeholders.
    pub(super) fn fill_text(&self, text: &str) -> Result<String> {
        let mut parts = text.split('$');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (value, rest) = self.placeholder(part)?;
            filled.push_str(&value);
            filled.push_str(rest);
        }
        Ok(filled)
    }

    /// The value of the placeholder that a text begins with, and the rest of the text.
    fn placeholder<'a>(&self, text: &'a str) -> Result<(String, &'a str)> {
        let (name, rest) = word(text);
        if let Some(rest) = rest.strip_prefix(':') {
            let (actor, rest) = word(rest);
            return Ok((self.of_bundle(name, actor)?, rest));
        }
        let known = self.get(name)?;
        let (form, after) = rest.strip_prefix('.').map_or(("", rest), word);
        Ok(match form {
            "id" => (known.id.to_string(), after),
            "number" => (known.id.id()?.to_string(), after),
            "eth" => (format!("{:#x}", known.eth), after),
            _ => (known.address.to_string(), rest),
        })
    }

    fn of_bundle(&self, what: &str, actor: &str) -> Result<String> {
        let number = self.bundle.actor_type(actor);
        let number = number.with_context(|| format!("the bundle has no actor named {actor}"))?;
        Ok(match what {
            "code" => self.bundle.code(actor)?.to_string(),
            "type" => number.to_string(),
            "canonical" => canonical_address(number).to_string(),
            other => bail!("`${other}:{actor}`: write $code:, $type: or $canonical:"),
        })
    }

    /// The parameters of another method, in hex.
    fn encode(&self, fields: &Map<String, Value>) -> Result<Value> {
        let method = fields["encode"].as_str().context("`encode` names a method")?;
        let with = self.fill(fields.get("with").unwrap_or(&Value::Null))?;
        let words = words(&with);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let bytes = Target::find(method, false)?.parameters(&words)?;
        Ok(json!(hex::encode_prefixed(bytes)))
    }
}

/// The value with numbers as texts, as placeholders are.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| (name.clone(), plain(field)))
            .collect(),
        other => other.clone(),
    }
}

/// Puts the epochs that were found where some epoch is expected. Both values are plain.
pub(super) fn put_epochs(expected: &mut Value, found: &Value) {
    match (expected, found) {
        (Value::Array(items), Value::Array(others)) => {
            for (item, other) in items.iter_mut().zip(others) {
                put_epochs(item, other);
            }
        }
        (Value::Object(fields), Value::Object(others)) => {
            for (name, field) in fields {
                put_epochs(field, others.get(name).unwrap_or(&Value::Null));
            }
        }
        (Value::String(text), Value::String(number)) if text == SOME_EPOCH && is_epoch(number) => {
            number.clone_into(text);
        }
        _ => {}
    }
}

/// Whether it is the number of an epoch after the first.
fn is_epoch(number: &str) -> bool {
    number.parse::<u64>().is_ok_and(|epoch| epoch > 0)
}

/// Parameters as the command takes them.
pub(super) fn words(with: &Value) -> Vec<String> {
    match with {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// The name that a text begins with, and the rest.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    text.split_at(end.unwrap_or(text.len()))
}
