//! Votes: delegated, moved by a transfer, and remembered.

use anyhow::{Context, Result, ensure};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TransferParams;
use holdfast_runtime::idl::codec::show_amount;
use serde_json::{Value, json};

use super::chain::{Chain, TokenAt, method, solidity};
use super::tell::{chapter, fact, say};

/// Alice lets Bob vote with her tokens, Bob votes with his own, and a transfer takes votes from him.
///
/// # Errors
/// When votes are not as told.
pub(super) fn counted(chain: &mut Chain, token: &TokenAt) -> Result<()> {
    chapter("Votes: Alice lets Bob vote with her HRB, by a Filecoin message; Bob votes with his own");
    let (alice, bob) = (chain.alice.clone(), chain.bob.clone());
    let delegate = method(&chain.token, "Delegate")?.clone();
    let receipt = chain.call(&alice, &token.address(), &delegate, &bob.address())?;
    chain.report(&receipt)?;
    let delegate = solidity(&chain.token, "delegate")?.clone();
    let own = json!(bob.address().to_string());
    let receipt = chain
        .transact(&bob, token.eth(), &delegate, &own)?
        .ok("delegate")?;
    chain.report(&receipt)?;
    expect(chain, token, "getVotes", &own, "940")?;
    say("  Bob has 940 votes: Alice's 905 and his own 35.");
    remembered(chain, token, &own)
}

/// What Bob's votes are after a transfer of Alice's, and what they were before.
fn remembered(chain: &mut Chain, token: &TokenAt, bob: &Value) -> Result<()> {
    let epoch = chain.net.epoch();
    chapter(&format!(
        "The past: Alice sends Carol 105 HRB, and Bob's votes of epoch {epoch} stay what they were"
    ));
    let (alice, to) = (chain.alice.clone(), chain.carol.address());
    let params = TransferParams {
        to,
        amount: TokenAmount::from_whole(105),
        operator_data: RawBytes::default(),
    };
    let transfer = method(&chain.token, "Transfer")?.clone();
    let receipt = chain.call(&alice, &token.address(), &transfer, &params)?;
    chain.report(&receipt)?;
    let then = json!({"account": bob, "timepoint": epoch});
    expect(chain, token, "getPastVotes", &then, "940")?;
    expect(chain, token, "getVotes", bob, "835")?;
    say("  A vote that began at that epoch counts 940 for Bob, whatever moves afterwards.");
    Ok(())
}

/// Asks a view of votes, and refuses to go on when it answers something else.
fn expect(chain: &Chain, token: &TokenAt, view: &str, arguments: &Value, expected: &str) -> Result<()> {
    let answer = chain.ask(token.eth(), solidity(&chain.token, view)?, arguments)?;
    let atto = answer.as_str().and_then(|digits| digits.parse::<u128>().ok());
    let atto = atto.with_context(|| format!("{view} answers {answer}"))?;
    let votes = show_amount(&TokenAmount::from_atto(atto));
    ensure!(votes == expected, "{view} answers {votes}, not {expected}");
    fact(view, &votes);
    Ok(())
}
