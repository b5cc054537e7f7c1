//! `holdfast decode`: bytes of the chain as JSON.

use std::io::Read;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use fvm_ipld_encoding::IPLD_RAW;
use fvm_shared::address::{Network, set_current_network};
use fvm_shared::event::{Entry, Flags};
use holdfast_runtime::idl::codec;
use serde_json::Value;

use crate::output::print_json;
use holdfast::registry;
use holdfast::target::Target;

/// What to decode.
#[derive(Debug, Args)]
pub(crate) struct DecodeArgs {
    #[command(subcommand)]
    what: What,
    /// Print addresses with t, as test networks do
    #[arg(long, global = true)]
    testnet: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Parameters of a method
    Params(MethodBytes),
    /// The return value of a method
    Return(MethodBytes),
    /// An event: {"topics": [..], "data": ".."} as eth_getLogs gives it, or the entries as Lotus gives them
    Event {
        /// The actor, e.g. token
        actor: String,
        /// JSON; `-` reads stdin
        json: String,
    },
    /// A block of an actor's state
    State {
        /// The actor, or one of its blocks, e.g. token or token.Settings
        block: String,
        #[command(flatten)]
        bytes: Bytes,
    },
    /// The revert data of a failed call
    Revert {
        /// The actor, e.g. token
        actor: String,
        #[command(flatten)]
        bytes: Bytes,
    },
    /// Any DAG-CBOR, without knowing its type
    Any(Bytes),
}

#[derive(Debug, Args)]
struct MethodBytes {
    /// Actor and method, e.g. token.Transfer; for calldata the actor is enough
    method: String,
    #[command(flatten)]
    bytes: Bytes,
    /// The bytes are calldata or ABI-encoded results of the Ethereum face; the method goes by its Solidity name
    #[arg(long)]
    evm: bool,
}

#[derive(Debug, Args)]
struct Bytes {
    /// Hex (0x or bare digits) or base64; `-` reads stdin
    bytes: String,
    /// Read as base64, also what could be hex
    #[arg(long)]
    base64: bool,
}

impl Bytes {
    fn read(&self) -> Result<Vec<u8>> {
        let text = text(&self.bytes)?;
        let text = text.trim();
        let digits = text.strip_prefix("0x").unwrap_or(text);
        let hex = digits.len().is_multiple_of(2) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        if text.starts_with("0x") || hex && !self.base64 {
            return HEXLOWER_PERMISSIVE
                .decode(digits.as_bytes())
                .with_context(|| format!("`{text}` is no hex"));
        }
        BASE64
            .decode(text.as_bytes())
            .with_context(|| format!("`{text}` is neither hex nor base64"))
    }
}

/// Runs it.
///
/// # Errors
/// When the bytes are of another type.
pub(crate) fn run(args: &DecodeArgs) -> Result<()> {
    if args.testnet {
        set_current_network(Network::Testnet);
    }
    let value = match &args.what {
        What::Params(call) => params(call)?,
        What::Return(call) => returned(call)?,
        What::Event { actor, json } => {
            let json = codec::parse_json(&text(json)?)?;
            codec::event(&registry::interface(actor)?, &entries(&json)?)?
        }
        What::State { block, bytes } => {
            let shape = registry::state(block)?;
            codec::decode(&shape, &bytes.read()?).with_context(|| format!("state of {block}"))?
        }
        What::Revert { actor, bytes } => codec::revert(&registry::interface(actor)?, &bytes.read()?)?,
        What::Any(bytes) => codec::decode_any(&bytes.read()?)?,
    };
    print_json(&value)
}

fn params(call: &MethodBytes) -> Result<Value> {
    if call.evm {
        let actor = call
            .method
            .split_once('.')
            .map_or(call.method.as_str(), |(actor, _)| actor);
        return Ok(codec::call_of(&registry::interface(actor)?, &call.bytes.read()?)?);
    }
    let target = Target::find(&call.method, false)?;
    codec::decode(target.cbor()?.0, &call.bytes.read()?).with_context(|| target.name())
}

fn returned(call: &MethodBytes) -> Result<Value> {
    let target = Target::find(&call.method, call.evm)?;
    let bytes = call.bytes.read()?;
    if call.evm {
        return target.results(&bytes);
    }
    target.returned(&bytes)
}

fn text(argument: &str) -> Result<String> {
    if argument != "-" {
        return Ok(argument.to_owned());
    }
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .context("cannot read stdin")?;
    Ok(text)
}

/// The entries of an event in either JSON form.
fn entries(json: &Value) -> Result<Vec<Entry>> {
    if let Some(topics) = json["topics"].as_array() {
        let keys = ["t1", "t2", "t3", "t4"].into_iter().zip(topics);
        let topics = keys.map(|(key, topic)| entry(key, IPLD_RAW, hex(topic)?));
        let data = hex(json.get("data").unwrap_or(&Value::Null))?;
        let data = (!data.is_empty()).then(|| entry("d", IPLD_RAW, data));
        return topics.chain(data).collect();
    }
    let list = json.as_array().or_else(|| json["entries"].as_array());
    let list =
        list.context("an event is {\"topics\": [..], \"data\": \"0x..\"} or a list of {Key, Codec, Value}")?;
    list.iter()
        .map(|item| {
            let key = item["Key"].as_str().context("an entry has no Key")?;
            let codec = item["Codec"].as_u64().context("an entry has no Codec")?;
            let value = item["Value"].as_str().context("an entry has no Value")?;
            let value = BASE64.decode(value.as_bytes());
            entry(
                key,
                codec,
                value.with_context(|| format!("the value of {key} is no base64"))?,
            )
        })
        .collect()
}

fn hex(value: &Value) -> Result<Vec<u8>> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => Ok(codec::parse_hex(text)?),
        other => bail!("{other} is no hex"),
    }
}

fn entry(key: &str, codec: u64, value: Vec<u8>) -> Result<Entry> {
    Ok(Entry {
        flags: Flags::FLAG_INDEXED_ALL,
        key: key.to_owned(),
        codec,
        value,
    })
}
