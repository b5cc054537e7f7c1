//! `holdfast gas`: the committed figures beside their goals.

use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use holdfast_bundle::Workspace;
use serde_json::{Map, Value, json};

use crate::output::{grouped, print, print_json};

/// How to print.
#[derive(Debug, Args)]
pub(crate) struct GasArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints gas by message, in gas units, with goal and peer, then code sizes in bytes. The tests measure; this only reads.
///
/// # Errors
/// Outside of a checkout of the project.
pub(crate) fn run(args: &GasArgs) -> Result<()> {
    let folder = Workspace::find()?.root().join("integration-tests");
    let gas = read(&folder.join("snapshots/gas.json"))?;
    let sizes = read(&folder.join("snapshots/sizes.json"))?;
    let goals = read(&folder.join("goals.json"))?;
    let rows = rows(&gas, &goals);
    if args.json {
        return print_json(&json!({
            "compiler": gas["compiler"],
            "gas": rows.iter().map(Row::json).collect::<Vec<_>>(),
            "sizes": sizes["sizes"],
        }));
    }
    eprintln!("measured by the tests; `make gas` measures again");
    let mut out = format!("{:<40} {:>12} {:>12} {:>14}\n", "message", "gas", "goal", "peer");
    rows.iter().for_each(|row| out += &row.text());
    out += &format!("\n{:<40} {:>12}\n", "actor", "bytes");
    for (name, size) in sizes["sizes"].as_object().into_iter().flatten() {
        out += &format!("{name:<40} {:>12}\n", number(size));
    }
    out += &format!("\ncompiled by {}", gas["compiler"].as_str().unwrap_or("?"));
    print(&out)
}

/// One message.
struct Row {
    name: String,
    gas: Value,
    goal: Value,
    peer: Value,
    what: Value,
}

impl Row {
    fn text(&self) -> String {
        let mark = match (self.gas.as_u64(), self.goal.as_u64()) {
            (Some(gas), Some(goal)) if gas > goal => "  above the goal",
            (None, Some(_)) => "  not measured yet",
            _ => "",
        };
        let (gas, goal, peer) = (number(&self.gas), number(&self.goal), number(&self.peer));
        format!("{:<40} {gas:>12} {goal:>12} {peer:>14}{mark}\n", self.name)
    }

    fn json(&self) -> Value {
        json!({"name": self.name, "gas": self.gas, "goal": self.goal, "peer": self.peer, "what": self.what})
    }
}

/// Every message that has a figure or a goal, by name.
fn rows(gas: &Value, goals: &Value) -> Vec<Row> {
    let none = Map::new();
    let (figures, goals) = (
        gas["gas"].as_object().unwrap_or(&none),
        goals.as_object().unwrap_or(&none),
    );
    let mut names: Vec<&String> = figures.keys().chain(goals.keys()).collect();
    names.sort();
    names.dedup();
    let row = |name: &String| {
        let goal = goals.get(name).cloned().unwrap_or_default();
        Row {
            name: name.clone(),
            gas: figures.get(name).cloned().unwrap_or_default(),
            goal: goal["goal"].clone(),
            peer: goal["peer"].clone(),
            what: goal["what"].clone(),
        }
    };
    names.into_iter().map(row).collect()
}

fn number(value: &Value) -> String {
    value.as_u64().map_or_else(|| "-".to_owned(), grouped)
}

fn read(path: &Path) -> Result<Value> {
    let shown = path.display();
    let text = std::fs::read_to_string(path);
    let text =
        text.with_context(|| format!("{shown}: cannot be read; `UPDATE_SNAPSHOTS=1 make gas` writes it"))?;
    serde_json::from_str(&text).with_context(|| format!("{shown}: no JSON"))
}
