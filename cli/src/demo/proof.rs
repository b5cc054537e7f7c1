//! What held after every message of the story.

use anyhow::{Result, ensure};

use super::chain::{Chain, TokenAt, solidity};
use super::tell::{chapter, checked, fact};
use crate::registry;

/// Checks once more and names what is checked.
///
/// # Errors
/// When something does not hold.
pub(super) fn checked_story(chain: &Chain, tokens: &[&TokenAt]) -> Result<()> {
    chapter("The invariants, checked after every message");
    chain.check()?;
    for actor in chain.net.actors()? {
        for name in registry::check(&chain.net, &actor)?.unwrap_or_default().checked() {
            checked(&format!("{} f0{}: {name}", actor.name, actor.id));
        }
    }
    checked(&format!(
        "network: fil_is_conserved, {} FIL",
        chain.net.total_fil()?
    ));
    for token in tokens {
        let supply = chain.ask(
            token.eth(),
            solidity(&chain.token, "totalSupply")?,
            &serde_json::Value::Null,
        )?;
        ensure!(
            supply == "1000000000000000000000",
            "{} has a supply of {supply} atto",
            token.symbol
        );
        fact("supply", &format!("1000 {}", token.symbol));
    }
    fact("epoch", &chain.net.epoch().to_string());
    Ok(())
}
