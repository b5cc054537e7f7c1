//! Calldata, as Ethereum transactions carry it.

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use fvm_ipld_encoding::{BytesSer, to_vec};
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::idl::codec;
use holdfast_runtime::method::{INVOKE_EVM, Kind};
use serde_json::json;

use super::filecoin::{lotus, message};
use super::{EncodeArgs, Lines, borrowed};
use holdfast::target::Target;

/// Calldata, lines for cast and ethers, and the Filecoin message that carries it.
///
/// # Errors
/// When a value does not fit.
pub(super) fn lines(args: &EncodeArgs, target: &Target) -> Result<Lines> {
    let words = args.words()?;
    let data = target.calldata(&borrowed(&words))?;
    let kind = target.method.kind;
    let to = args.to.as_deref().map_or(Ok("<actor>".to_owned()), eth_address)?;
    let hex = format!("0x{}", HEXLOWER.encode(&data));
    let paid = args.paid(kind)?;
    let (cast_value, ethers_value) = match paid == TokenAmount::default() {
        true => (String::new(), String::new()),
        false => (
            format!(" --value {}", paid.atto()),
            format!(", value: {}n", paid.atto()),
        ),
    };
    let (cast, ethers) = match kind {
        Kind::View => ("cast call", "provider.call"),
        Kind::Call | Kind::Pay => ("cast send", "wallet.sendTransaction"),
    };
    let params = to_vec(&BytesSer(&data))?;
    let mut lines = vec![
        ("calldata", json!(hex)),
        ("cast", json!(format!("{cast} {to} {hex}{cast_value}"))),
        (
            "ethers",
            json!(format!(
                "await {ethers}({{ to: \"{to}\", data: \"{hex}\"{ethers_value} }})"
            )),
        ),
    ];
    lines.extend(message(INVOKE_EVM, &params));
    let line = match args.has_ethereum_sender()? {
        true => lotus(args, kind, None, &data)?,
        false => lotus(args, kind, Some(INVOKE_EVM), &params)?,
    };
    lines.push(("lotus", json!(line)));
    Ok(lines)
}

fn eth_address(text: &str) -> Result<String> {
    let address = codec::parse_address(text)?;
    let eth = codec::eth_form(&address);
    let eth = eth.with_context(|| {
        format!("{text} has no 0x form of its own: give the actor's id address (f0.. or t0..)")
    })?;
    Ok(eth.to_string())
}
