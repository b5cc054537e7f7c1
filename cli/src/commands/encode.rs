//! `holdfast encode`: parameters from words to bytes, with a line that sends them.

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use data_encoding::{BASE64, HEXLOWER};
use fvm_ipld_encoding::{BytesSer, to_vec};
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::idl::codec;
use holdfast_runtime::method::{CONSTRUCTOR, INVOKE_EVM, Kind};
use holdfast_runtime::schema::Shape;
use serde_json::{Value, json};

use super::types::number_for_name;
use crate::output::{print, print_json};
use crate::target::Target;

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
    /// Encode calldata for the Ethereum face; the method goes by its Solidity name
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

/// Runs it.
///
/// # Errors
/// When there is no such method or a value does not fit.
pub(crate) fn run(args: &EncodeArgs) -> Result<()> {
    let target = Target::find(&args.method, args.evm)?;
    let lines = if args.evm {
        calldata(args, &target)?
    } else {
        parameters(args, &target)?
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

type Lines = Vec<(&'static str, Value)>;

fn parameters(args: &EncodeArgs, target: &Target) -> Result<Lines> {
    let method = &target.method;
    let (Some(number), Some(params)) = (method.number, &method.params) else {
        bail!("{} exists on the Ethereum face only: add --evm", target.name());
    };
    let words = args
        .values
        .iter()
        .map(|word| number_for_name(word))
        .collect::<Result<Vec<_>>>()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let value = codec::from_text(&params.shape, &words).with_context(|| target.name())?;
    let bytes = match params.shape {
        // A message without parameters has none, not a null.
        Shape::Unit => Vec::new(),
        _ => codec::encode(&params.shape, &value).with_context(|| target.name())?,
    };
    let mut lines = vec![
        ("method", json!(number)),
        ("hex", json!(HEXLOWER.encode(&bytes))),
        ("base64", json!(BASE64.encode(&bytes))),
    ];
    if number == CONSTRUCTOR {
        // Nobody but Init calls a constructor.
        lines.push(("note", json!("give these bytes to init.ExecNative as constructor_params, or to create on Init's Ethereum face")));
    } else {
        lines.push(("lotus", json!(lotus(args, method.kind, number, &bytes)?)));
    }
    Ok(lines)
}

fn calldata(args: &EncodeArgs, target: &Target) -> Result<Lines> {
    let solidity = target.solidity()?;
    let words = args
        .values
        .iter()
        .map(|word| number_for_name(word))
        .collect::<Result<Vec<_>>>()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let value = codec::solidity_from_text(solidity, &words).with_context(|| target.name())?;
    let data = codec::calldata(solidity, &value).with_context(|| target.name())?;
    let hex = format!("0x{}", HEXLOWER.encode(&data));
    let params = to_vec(&BytesSer(&data))?;
    let to = match &args.to {
        None => "<actor>".to_owned(),
        Some(to) => masked(to)?.to_string(),
    };
    let kind = target.method.kind;
    let paid = value_of(args, kind)?;
    let verb = if kind == Kind::View { "call" } else { "send" };
    let value_flag = if paid == TokenAmount::default() {
        String::new()
    } else {
        format!(" --value {}", paid.atto())
    };
    let value_field = if paid == TokenAmount::default() {
        String::new()
    } else {
        format!(", value: {}n", paid.atto())
    };
    let function = if kind == Kind::View {
        "provider.call"
    } else {
        "wallet.sendTransaction"
    };
    Ok(vec![
        ("calldata", json!(hex)),
        ("cast", json!(format!("cast {verb} {to} {hex}{value_flag}"))),
        (
            "ethers",
            json!(format!(
                "await {function}({{ to: \"{to}\", data: \"{hex}\"{value_field} }})"
            )),
        ),
        ("method", json!(INVOKE_EVM)),
        ("hex", json!(HEXLOWER.encode(&params))),
        ("base64", json!(BASE64.encode(&params))),
        ("lotus", json!(lotus(args, kind, INVOKE_EVM, &params)?)),
    ])
}

fn lotus(args: &EncodeArgs, kind: Kind, number: u64, params: &[u8]) -> Result<String> {
    let from = match &args.from {
        None => String::new(),
        Some(from) => format!(" --from {}", checked(from)?),
    };
    let params = match params {
        [] => String::new(),
        bytes => format!(" --params-hex {}", HEXLOWER.encode(bytes)),
    };
    let to = match &args.to {
        None => "<actor>".to_owned(),
        Some(to) => checked(to)?,
    };
    let value = codec::show_amount(&value_of(args, kind)?);
    Ok(format!("lotus send{from} --method {number}{params} {to} {value}"))
}

/// An address in a form that Lotus takes; 0x becomes f410 or f0.
fn checked(text: &str) -> Result<String> {
    let address = codec::parse_address(text)?;
    Ok(if text.starts_with("0x") {
        address.to_string()
    } else {
        text.to_owned()
    })
}

fn masked(text: &str) -> Result<EthAddress> {
    let address = codec::parse_address(text)?;
    codec::eth_form(&address).with_context(|| {
        format!("{text} has no 0x form of its own: give the actor's id address (f0.. or t0..)")
    })
}

fn value_of(args: &EncodeArgs, kind: Kind) -> Result<TokenAmount> {
    let Some(text) = &args.value else {
        return Ok(TokenAmount::default());
    };
    let value = codec::parse_amount(text).context("--value")?;
    ensure!(!value.is_negative(), "--value: {text} is below zero");
    ensure!(
        kind == Kind::Pay || value == TokenAmount::default(),
        "--value: {} takes no FIL",
        args.method
    );
    Ok(value)
}
