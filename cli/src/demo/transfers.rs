//! The same balances, moved through both faces.

use anyhow::{Result, ensure};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{TransferParams, TransferReturn};
use holdfast_localnet::Kind;
use serde_json::json;

use super::chain::{Chain, TokenAt, answer, method, solidity};
use super::tell::{chapter, fact, say};

/// Alice pays Bob by FRC-46.
///
/// # Errors
/// When balances are not as told.
pub(super) fn by_frc46(chain: &mut Chain, token: &TokenAt) -> Result<()> {
    chapter("The Filecoin face: Alice sends Bob 100 HRB by FRC-46");
    let (alice, bob) = (chain.alice.clone(), chain.bob.address());
    let params = TransferParams {
        to: bob,
        amount: TokenAmount::from_whole(100),
        operator_data: RawBytes::default(),
    };
    let transfer = method(&chain.token, "Transfer")?.clone();
    let receipt = chain.call(&alice, &token.address(), &transfer, &params)?;
    let after: TransferReturn = receipt.decode()?;
    fact(
        "method",
        &format!("Transfer, number {}", transfer.number.unwrap_or_default()),
    );
    chain.report(&receipt)?;
    ensure!(
        after.to_balance == TokenAmount::from_whole(100),
        "Bob has {}",
        after.to_balance
    );
    chain.expect_balance(token, &alice.address(), "900")?;
    chain.expect_balance(token, &bob, "100")?;
    say("  Alice has 900 HRB, Bob 100.");
    Ok(())
}

/// Bob pays somebody who has no actor yet by ERC-20.
///
/// # Errors
/// When balances are not as told.
pub(super) fn by_erc20(chain: &mut Chain, token: &TokenAt) -> Result<()> {
    chapter("The Ethereum face: Bob sends 40 HRB by ERC-20, to an address that has no actor yet");
    let bob = chain.bob.clone();
    let dana = chain.net.account(Kind::Eth, 1_000).address();
    ensure!(
        chain.net.actor(&dana)?.is_none(),
        "Dana has an actor before the story says so"
    );
    chain.call_it(chain.eth_form(&dana)?, "dana")?;
    let transfer = solidity(&chain.token, "transfer")?.clone();
    let arguments = json!({"to": dana.to_string(), "value": "40 tokens"});
    let receipt = chain
        .transact(&bob, token.eth(), &transfer, &arguments)?
        .ok("transfer")?;
    ensure!(
        answer(&receipt)?.last() == Some(&1),
        "transfer does not answer true"
    );
    fact(
        "selector",
        &format!("{:#010x}, transfer(address,uint256)", transfer.selector),
    );
    fact(
        "dana",
        &format!("{}  {}", chain.eth_form(&dana)?, chain.show(&dana)),
    );
    chain.report(&receipt)?;
    chain.expect_balance(token, &bob.address(), "60")?;
    chain.expect_balance(token, &dana, "40")?;
    say("  Bob has 60 HRB, Dana 40: her actor was made by the transfer.");
    Ok(())
}
