//! A bad call, refused and explained on both faces.

use anyhow::{Context, Result, ensure};
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TransferParams;
use holdfast_localnet::{Receipt, Wallet};
use holdfast_runtime::method::InterfaceInfo;
use serde::Serialize;
use serde_json::json;

use super::chain::{Chain, TokenAt, method, solidity};
use super::tell::{chapter, fact, refused, say};
use crate::output::grouped;

/// What an EVM revert exits with.
const REVERTED: u32 = 33;

/// Bob sends more than he has, through both faces; nobody's tokens move.
///
/// # Errors
/// When the call succeeds or fails for another reason.
pub(super) fn explained(chain: &mut Chain, token: &TokenAt) -> Result<()> {
    let (alice, bob) = (chain.alice.clone(), chain.bob.clone());
    let before = chain.balance(token, &bob.address())?;
    chapter("Refused: Bob sends 5000 HRB by ERC-20, more than he has");
    let transfer = solidity(&chain.token, "transfer")?.clone();
    let to = chain.eth_form(&alice.address())?.to_string();
    let receipt = chain.transact(
        &bob,
        token.eth(),
        &transfer,
        &json!({"to": to, "value": "5000 tokens"}),
    )?;
    let code = receipt.exit_code.value();
    ensure!(
        code == REVERTED,
        "exit code {code}, not {REVERTED}: {}",
        receipt.error
    );
    refused("exit code", &format!("{code}, an EVM revert"));
    let why = chain.reverted(&chain.token, &receipt)?;
    let error = why["error"].as_str().unwrap_or_default();
    ensure!(
        error.starts_with("ERC20InsufficientBalance("),
        "it reverts with {error}"
    );
    fact("meaning", why["doc"].as_str().unwrap_or_default());
    fact("gas", &grouped(receipt.gas_used));
    by_number(chain, token)?;
    chain.expect_balance(token, &bob.address(), &before)?;
    say(&format!(
        "  Bob still has {before} HRB: what fails leaves nothing behind."
    ));
    Ok(())
}

fn by_number(chain: &mut Chain, token: &TokenAt) -> Result<()> {
    chapter("Refused: Alice sends 5000 HRB by FRC-46, more than she has");
    let alice = chain.alice.clone();
    let params = TransferParams {
        to: chain.carol.address(),
        amount: TokenAmount::from_whole(5_000),
        operator_data: RawBytes::default(),
    };
    let (interface, to) = (chain.token.clone(), token.address());
    let receipt = fails(
        chain,
        (&alice, &to),
        (&interface, "Transfer"),
        &params,
        "InsufficientBalance",
    )?;
    fact("gas", &grouped(receipt.gas_used));
    Ok(())
}

/// A message by a method's number, from somebody to somebody, that has to fail with this error.
///
/// # Errors
/// When it succeeds or fails for another reason.
pub(super) fn fails(
    chain: &mut Chain,
    (from, to): (&Wallet, &Address),
    (interface, name): (&InterfaceInfo, &str),
    params: &impl Serialize,
    expected: &str,
) -> Result<Receipt> {
    let number = method(interface, name)?
        .number
        .context("a method without number")?;
    let receipt = chain
        .net
        .send(from, *to, TokenAmount::default(), number, to_vec(params)?)?;
    chain.check()?;
    let code = receipt.exit_code.value();
    let listed = interface.errors.iter().find(|e| e.code == code);
    let listed = listed.with_context(|| {
        let whose = interface.name;
        format!("exit code {code} is no error of {whose}: {}", receipt.error)
    })?;
    ensure!(listed.name == expected, "it fails with {}", listed.name);
    refused("exit code", &format!("{code}, {}", listed.name));
    refused("message", sentence(&receipt.error));
    fact("meaning", listed.doc.trim());
    Ok(receipt)
}

/// The actor's own sentence in the machine's report.
fn sentence(report: &str) -> &str {
    let line = report
        .lines()
        .find(|line| line.contains(" -- "))
        .unwrap_or(report);
    let said = line.split_once(" -- ").map_or(line, |(_, rest)| rest);
    said.rsplit_once(" (")
        .map_or(said, |(sentence, _)| sentence)
        .trim()
}
