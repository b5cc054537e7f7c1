//! `holdfast types`: the type numbers of the suite, which creators of actors need.

use anyhow::{Result, bail};
use clap::Args;
use holdfast_api::init::canonical_address;
use holdfast_bundle::types_library::{types, types_library};
use serde_json::{Value, json};

use crate::output::{print, print_json};

/// How to print them.
#[derive(Debug, Args)]
pub(crate) struct TypesArgs {
    /// Print the Solidity library with the numbers as constants
    #[arg(long, conflicts_with = "json")]
    solidity: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs it.
///
/// # Errors
/// When nothing can be printed.
pub(crate) fn run(args: &TypesArgs) -> Result<()> {
    if args.solidity {
        return print(&types_library());
    }
    if args.json {
        let items = types().map(|(name, number)| {
            json!({"name": name, "type": number, "canonical": canonical_address(number).to_string()})
        });
        return print_json(&Value::Array(items.collect()));
    }
    let lines = types().map(|(name, number)| {
        format!(
            "{number:>3}  {name:<24} canonical instance {}\n",
            canonical_address(number)
        )
    });
    print(&lines.collect::<String>())
}

/// Lets a type be given by its name where a number is wanted: `actor_type=holdfast_token`.
///
/// # Errors
/// When no type has the name.
pub(crate) fn number_for_name(word: &str) -> Result<String> {
    let Some(name) = word.strip_prefix("actor_type=") else {
        return Ok(word.to_owned());
    };
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        return Ok(word.to_owned());
    }
    match types().find(|(known, _)| *known == name) {
        Some((_, number)) => Ok(format!("actor_type={number}")),
        None => bail!("no actor type is called `{name}`: run `holdfast types` for the list"),
    }
}
