//! What held after every message of the story.

use anyhow::{Result, ensure};
use fvm_shared::address::Address;
use holdfast_runtime::idl::codec::show_amount;

use super::chain::{Chain, TokenAt, solidity};
use super::tell::{chapter, checked, fact};
use holdfast::registry;

/// Checks once more and names what is checked.
///
/// # Errors
/// When something does not hold.
pub(super) fn checked_story(chain: &Chain, tokens: &[&TokenAt]) -> Result<()> {
    chapter("The invariants, checked after every message");
    chain.check()?;
    for actor in chain.net.actors()? {
        for name in registry::check(&chain.net, &actor.name, &actor.state)
            .unwrap_or_default()
            .checked()
        {
            let address = chain.show(&Address::new_id(actor.id));
            checked(&format!("{} {address}: {name}", actor.name));
        }
    }
    checked(&format!(
        "network: fil_is_conserved, {} FIL",
        show_amount(&chain.net.total_fil()?)
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
        fact("supply", &format!("1000 {}, as at the start", token.symbol));
    }
    fact("epoch", &chain.net.epoch().to_string());
    Ok(())
}
