//! What a story's file holds.

use std::collections::BTreeMap;

use holdfast_localnet::Kind;
use serde::Deserialize;
use serde_json::Value;

/// People and what they do, one message after the other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// What it is about.
    pub(super) title: String,
    /// Names and kinds of keys.
    pub(super) people: BTreeMap<String, Key>,
    /// The messages.
    pub(super) steps: Vec<Step>,
}

/// What somebody signs with.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Key {
    Secp256k1,
    Bls,
    Eth,
}

impl From<Key> for Kind {
    fn from(key: Key) -> Self {
        match key {
            Key::Secp256k1 => Self::Secp256k1,
            Key::Bls => Self::Bls,
            Key::Eth => Self::Eth,
        }
    }
}

/// One message, and what has to come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// The step in a sentence.
    pub(super) say: String,
    pub(super) from: String,
    /// `init`, or a name that an earlier step bound.
    pub(super) to: String,
    /// `token.Transfer`; a bare `Sign` for an actor that the command does not know.
    pub(super) call: String,
    /// Through the Ethereum face. People with an Ethereum key have no other way.
    #[serde(default)]
    pub(super) evm: bool,
    /// Asked, not sent.
    #[serde(default)]
    pub(super) view: bool,
    /// The parameters.
    #[serde(default)]
    pub(super) with: Value,
    /// FIL to send along.
    pub(super) value: Option<String>,
    /// The name of the actor that Init creates.
    #[serde(rename = "as")]
    pub(super) binds: Option<String>,
    /// What comes back, decoded.
    #[serde(default)]
    pub(super) returns: Value,
    /// The exit code, if it is not 0.
    pub(super) exit: Option<u32>,
    /// A part of what the refusal says.
    pub(super) says: Option<String>,
    /// The decoded revert data; the exit code is that of a revert.
    pub(super) reverts: Option<Revert>,
    /// All events, in their order.
    #[serde(default)]
    pub(super) events: Vec<Expected>,
}

/// An error of the Ethereum face.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Revert {
    /// Its Solidity signature.
    pub(super) error: String,
    /// Its arguments.
    pub(super) args: Value,
}

/// An event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// Whose it is: a name.
    pub(super) of: String,
    /// `token.Transfer`.
    pub(super) event: String,
    /// Its fields, decoded.
    pub(super) fields: Value,
}
