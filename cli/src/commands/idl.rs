//! `holdfast idl`: interfaces for people and for tools.

use anyhow::Result;
use clap::Args;
use holdfast_runtime::idl;
use serde_json::{Value, json};

use crate::output::{print, print_json};
use holdfast::registry;

/// What to print.
#[derive(Debug, Args)]
pub(crate) struct IdlArgs {
    /// The actor, e.g. `token`; without one, the list of actors
    actor: Option<String>,
    /// Print the Solidity interface
    #[arg(long, conflicts_with_all = ["docs", "json"], requires = "actor")]
    solidity: bool,
    /// Print the page of the docs, Markdown
    #[arg(long, conflicts_with = "json", requires = "actor")]
    docs: bool,
    /// Print JSON, the default for an actor
    #[arg(long)]
    json: bool,
}

/// Runs it.
///
/// # Errors
/// When there is no such actor.
pub(crate) fn run(args: &IdlArgs) -> Result<()> {
    let Some(name) = &args.actor else {
        return list(args.json);
    };
    let interface = registry::interface(name)?;
    if args.solidity {
        print(&idl::solidity_interface(&interface))
    } else if args.docs {
        print(&idl::page(&interface))
    } else {
        print_json(&idl::json(&interface))
    }
}

fn list(json: bool) -> Result<()> {
    let all = registry::interfaces();
    if json {
        let items = all.iter().map(|i| json!({"name": i.name, "doc": i.doc.trim()}));
        return print_json(&Value::Array(items.collect()));
    }
    let lines = all.iter().map(|i| {
        let doc = i.doc.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{:<10} {:>2} methods  {doc}\n", i.name, i.methods.len())
    });
    print(&lines.collect::<String>())
}
