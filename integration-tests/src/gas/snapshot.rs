//! Committed figures: exact with the same compiler, near with another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use holdfast_runtime::testing::golden::UPDATE_VARIABLE;
use serde::{Deserialize, Serialize};

/// How far a figure may be off with another compiler, percent.
const TOLERANCE: u64 = 2;

/// What a figure should be.
#[derive(Clone, Debug, Deserialize)]
pub struct Goal {
    /// The most gas it should cost.
    pub goal: u64,
    /// What the closest peer costs in the same network.
    pub peer: Option<u64>,
    /// What is measured.
    pub what: String,
}

/// The goals by name, from `goals.json`.
///
/// # Panics
/// When the file is malformed.
pub fn goals() -> BTreeMap<String, Goal> {
    serde_json::from_str(include_str!("../../goals.json")).expect("goals.json")
}

/// Figures by name, and the compiler of the actors that they were measured on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// What `rustc --version` said.
    pub compiler: String,
    /// The figures.
    #[serde(flatten)]
    pub figures: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Snapshot {
    /// Figures of one kind, e.g. `gas`.
    pub fn new(compiler: &str, kind: &str, figures: BTreeMap<String, u64>) -> Self {
        Self {
            compiler: compiler.to_owned(),
            figures: BTreeMap::from([(kind.to_owned(), figures)]),
        }
    }

    /// Compares with the committed file `snapshots/<file>`, or writes it under `UPDATE_SNAPSHOTS=1`.
    ///
    /// # Panics
    /// When they differ, with every difference.
    #[track_caller]
    pub fn check(&self, file: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(file);
        if std::env::var(UPDATE_VARIABLE).is_ok_and(|value| value == "1") {
            let text = serde_json::to_string_pretty(self).expect("figures");
            std::fs::write(&path, format!("{text}\n")).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            return;
        }
        let differences = self.differences(&read(&path));
        let advice = format!("if that is meant, run the test with {UPDATE_VARIABLE}=1 and read the diff");
        assert!(
            differences.is_empty(),
            "{file}:\n  {}\n{advice}",
            differences.join("\n  ")
        );
    }

    /// The committed figures of `snapshots/<file>`.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn committed(file: &str) -> Self {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(file))
    }

    fn differences(&self, committed: &Self) -> Vec<String> {
        let same = self.compiler == committed.compiler;
        let mut found = Vec::new();
        for (kind, was) in &committed.figures {
            let is = self.figures.get(kind).cloned().unwrap_or_default();
            let names = was
                .keys()
                .chain(is.keys().filter(|name| !was.contains_key(*name)));
            for name in names {
                match (was.get(name), is.get(name)) {
                    (Some(was), Some(is)) if !differ(*was, *is, same) => {}
                    (was, is) => found.push(format!("{kind} of {name}: committed {was:?}, now {is:?}")),
                }
            }
        }
        found
    }
}

/// Whether two figures differ by more than their compilers explain: at all with the same one, else by the tolerance.
pub(crate) fn differ(was: u64, is: u64, same_compiler: bool) -> bool {
    let percent = if same_compiler { 0 } else { TOLERANCE };
    was.abs_diff(is) * 100 > was * percent
}

fn read(path: &PathBuf) -> Snapshot {
    let text = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Figures beside their goals, for people.
pub fn table(gas: &BTreeMap<String, u64>) -> String {
    let goals = goals();
    let mut names: Vec<&String> = goals
        .keys()
        .chain(gas.keys().filter(|name| !goals.contains_key(*name)))
        .collect();
    names.sort_unstable();
    let mut text = format!(
        "{:<36} {:>12} {:>12} {:>12}  {}\n",
        "gas of one message", "now", "goal", "peer", ""
    );
    for name in names {
        let goal = goals.get(name);
        let cell = |number: Option<u64>| number.map_or("-".to_owned(), |n| n.to_string());
        let verdict = match (gas.get(name), goal) {
            (None, _) => "not there yet",
            (Some(_), None) => "",
            (Some(now), Some(goal)) if *now <= goal.goal => "met",
            (Some(_), Some(_)) => "above its goal",
        };
        let (now, peer) = (cell(gas.get(name).copied()), cell(goal.and_then(|g| g.peer)));
        let goal = cell(goal.map(|g| g.goal));
        text += &format!("{name:<36} {now:>12} {goal:>12} {peer:>12}  {verdict}\n");
    }
    text
}
