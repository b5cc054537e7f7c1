//! A method by its number, as Filecoin messages call it.

use anyhow::{Context, Result, ensure};
use data_encoding::{BASE64, HEXLOWER};
use holdfast_runtime::idl::codec;
use holdfast_runtime::method::{CONSTRUCTOR, Kind};
use serde_json::json;

use super::{EncodeArgs, Lines, borrowed};
use holdfast::target::Target;

/// Number, parameters, and the line for Lotus.
///
/// # Errors
/// When a value does not fit, or the method exists on the Ethereum face alone.
pub(super) fn lines(args: &EncodeArgs, target: &Target) -> Result<Lines> {
    let words = args.words()?;
    let params = target.parameters(&borrowed(&words))?;
    let number = target.method.number;
    let number = number.with_context(|| format!("{} has no number", target.name()))?;
    let mut lines = message(number, &params);
    if number == CONSTRUCTOR {
        // Nobody but Init calls a constructor.
        let note =
            "give these bytes to init.ExecNative as constructor_params, or to create on Init's Ethereum face";
        lines.push(("note", json!(note)));
    } else {
        ensure!(
            !args.has_ethereum_sender()?,
            "an Ethereum key sends no method numbers: add --evm"
        );
        lines.push((
            "lotus",
            json!(lotus(args, target.method.kind, Some(number), &params)?),
        ));
    }
    Ok(lines)
}

/// A message's method and parameters.
pub(super) fn message(number: u64, params: &[u8]) -> Lines {
    vec![
        ("method", json!(number)),
        ("hex", json!(HEXLOWER.encode(params))),
        ("base64", json!(BASE64.encode(params))),
    ]
}

/// The command that sends it; without a number Lotus takes the parameters as calldata.
///
/// # Errors
/// When an address or the value is malformed.
pub(super) fn lotus(args: &EncodeArgs, kind: Kind, number: Option<u64>, params: &[u8]) -> Result<String> {
    let from = match &args.from {
        None => String::new(),
        Some(from) => format!(" --from {}", address(from)?),
    };
    let method = number.map_or(String::new(), |number| format!(" --method {number}"));
    let params = match params {
        [] => String::new(),
        bytes => format!(" --params-hex {}", HEXLOWER.encode(bytes)),
    };
    let to = args.to.as_deref().map_or(Ok("<actor>".to_owned()), address)?;
    let value = codec::show_amount(&args.paid(kind)?);
    Ok(format!("lotus send{from}{method}{params} {to} {value}"))
}

/// An address in a form that Lotus takes; 0x becomes f410 or f0.
fn address(text: &str) -> Result<String> {
    let address = codec::parse_address(text)?;
    let shown = text.starts_with("0x").then(|| address.to_string());
    Ok(shown.unwrap_or_else(|| text.to_owned()))
}
