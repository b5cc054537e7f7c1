//! `holdfast encode`: parameters from words to bytes, with a line that sends them.

mod ethereum;
mod filecoin;

use anyhow::{Context, Result, ensure};
use clap::Args;
use fvm_shared::address::Protocol;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::idl::codec;
use holdfast_runtime::method::Kind;
use serde_json::Value;

use super::types::number_for_name;
use crate::output::{print, print_json};
use holdfast::target::Target;

const AFTER: &str = "\
Values: amounts \"5\", \"1.5 FIL\", \"10 nano\", \"7 atto\"; addresses f.., t.. or 0x..; bytes 0x..; lists and records as JSON; null.
Optional fields may be left out, and byte strings, which are then empty. On the Ethereum face a bare number is the integer itself.

  holdfast encode token.Transfer to=t1.. amount=5
  holdfast encode token.BalanceOf t01234
  holdfast encode --evm token.transfer to=0x.. value=\"5 tokens\" --to t01002";

/// What to encode.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct EncodeArgs {
    /// Actor and method, e.g. token.Transfer
    method: String,
    /// The parameters: name=value for each field, a bare value where there are no fields, or one JSON object
    values: Vec<String>,
    /// Encode calldata for the Ethereum face, by the Solidity name, with the argument types where methods share it; other methods go through handle_filecoin_method
    #[arg(long)]
    evm: bool,
    /// The actor that the message goes to
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// FIL to send along
    #[arg(long, value_name = "AMOUNT")]
    value: Option<String>,
    /// The account that sends
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is printed: names and values.
type Lines = Vec<(&'static str, Value)>;

/// Runs it.
///
/// # Errors
/// When there is no such method or a value does not fit.
pub(crate) fn run(args: &EncodeArgs) -> Result<()> {
    let target = Target::find(&args.method, args.evm)?;
    let lines = if args.evm {
        ethereum::lines(args, &target)?
    } else {
        filecoin::lines(args, &target)?
    };
    if args.json {
        let object = lines.into_iter().map(|(name, value)| (name.to_owned(), value));
        return print_json(&Value::Object(object.collect()));
    }
    let lines = lines.iter().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{}\n", format!("{name:<9} {text}").trim_end())
    });
    print(&lines.collect::<String>())
}

impl EncodeArgs {
    /// The values, with the names of types turned into their numbers.
    fn words(&self) -> Result<Vec<String>> {
        self.values.iter().map(|word| number_for_name(word)).collect()
    }

    /// Whether the sender's address is that of an Ethereum key. Lotus takes calldata from those, and no method numbers.
    fn has_ethereum_sender(&self) -> Result<bool> {
        let from = self.from.as_deref().map(codec::parse_address).transpose()?;
        Ok(from.is_some_and(|address| address.protocol() == Protocol::Delegated))
    }

    /// The FIL to send along.
    fn paid(&self, kind: Kind) -> Result<TokenAmount> {
        let Some(text) = &self.value else {
            return Ok(TokenAmount::default());
        };
        let value = codec::parse_amount(text).context("--value")?;
        ensure!(!value.is_negative(), "--value: {text} is below zero");
        ensure!(
            kind == Kind::Pay || value == TokenAmount::default(),
            "--value: {} takes no FIL",
            self.method
        );
        Ok(value)
    }
}

fn borrowed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}
