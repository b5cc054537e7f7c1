//! The rules that every bundle keeps.

mod compile;
mod module;
mod problem;

pub use module::{Facts, facts};
pub use problem::Problem;

use std::collections::{HashMap, HashSet};

use crate::manifest::{Entry, OFFICIAL_NAMES, check_name};
use crate::suite::size_budget;
use crate::{Bundle, Error, Result};

/// Checks every rule and reports all that is broken, not only the first.
///
/// With `official`, the bundle's official actors but Init must be the very ones in there. Compiling the modules takes some seconds.
///
/// # Errors
/// [`Error::Refused`] with one sentence for each broken rule.
pub fn verify(bundle: &Bundle, official: Option<&Bundle>) -> Result<()> {
    let mut problems = manifest_problems(bundle);
    if let Some(official) = official {
        problems.extend(changed_official_actors(bundle, official));
    }
    for entry in bundle.manifest().entries() {
        problems.extend(module_problems(bundle, entry, official));
    }
    if problems.is_empty() {
        problems = compile::problems(bundle)?;
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Error::Refused(problems))
}

fn manifest_problems(bundle: &Bundle) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut names = HashSet::new();
    let mut codes = HashMap::new();
    for Entry { name, code } in bundle.manifest().entries() {
        if check_name(name).is_err() {
            problems.push(Problem::BadName { name: name.clone() });
        }
        if !names.insert(name) {
            problems.push(Problem::NameTwice { name: name.clone() });
        }
        if let Some(first) = codes.insert(code, name) {
            problems.push(Problem::CodeTwice {
                first: first.clone(),
                second: name.clone(),
                code: *code,
            });
        }
    }
    problems.extend(misplaced_names(bundle));
    problems.extend(stray_blocks(bundle));
    problems
}

fn misplaced_names(bundle: &Bundle) -> impl Iterator<Item = Problem> {
    let entries = bundle.manifest().entries();
    let names = OFFICIAL_NAMES.iter().zip(1_u32..).enumerate();
    names.filter_map(|(at, (expected, number))| {
        let found = entries.get(at).map_or("nothing", |entry| &entry.name);
        (found != *expected).then(|| Problem::Misplaced {
            number,
            expected,
            found: found.to_owned(),
        })
    })
}

/// A block that nothing needs is either a mistake or a way to smuggle bytes.
fn stray_blocks(bundle: &Bundle) -> Vec<Problem> {
    let blocks = bundle.car().blocks().iter().map(|(cid, _)| *cid);
    let entries = bundle.manifest().entries();
    let mut needed: HashSet<_> = entries.iter().map(|entry| entry.code).collect();
    match bundle.manifest().blocks() {
        Ok(manifest) => needed.extend(manifest.map(|(cid, _)| cid)),
        Err(_) => needed.extend([bundle.root()]),
    }
    blocks
        .filter(|cid| !needed.contains(cid))
        .map(|cid| Problem::StrayBlock { cid })
        .collect()
}

fn changed_official_actors(bundle: &Bundle, official: &Bundle) -> Vec<Problem> {
    let others = official.manifest().entries().iter();
    others
        .filter(|entry| entry.name != "init")
        .filter_map(|Entry { name, code }| {
            let found = bundle.manifest().code(name)?;
            (found != *code).then(|| Problem::ChangedOfficial {
                name: name.clone(),
                expected: *code,
                found,
            })
        })
        .collect()
}

fn module_problems(bundle: &Bundle, entry: &Entry, official: Option<&Bundle>) -> Vec<Problem> {
    let name = entry.name.clone();
    let Some(wasm) = bundle.car().block(&entry.code) else {
        return Vec::new();
    };
    let facts = match facts(wasm) {
        Ok(facts) => facts,
        Err(reason) => return vec![Problem::Malformed { name, reason }],
    };
    let mut problems = facts.problems(&name);
    if is_ours(bundle, entry, official) {
        problems.extend(own_problems(name, &facts, wasm.len()));
    }
    problems
}

/// Ours is what stands behind the official names, and Init when it is not the official one.
fn is_ours(bundle: &Bundle, entry: &Entry, official: Option<&Bundle>) -> bool {
    let position = bundle.manifest().position(&entry.name).unwrap_or_default();
    let behind = usize::try_from(position).is_ok_and(|at| at > OFFICIAL_NAMES.len());
    let replaced = official
        .is_some_and(|official| entry.name == "init" && official.manifest().code("init") != Some(entry.code));
    behind || replaced
}

fn own_problems(name: String, facts: &Facts, size: usize) -> Vec<Problem> {
    let mut problems = Vec::new();
    let budget = size_budget(&name);
    if size > budget {
        problems.push(Problem::TooBig {
            name: name.clone(),
            size,
            budget,
        });
    }
    if let Some(first) = facts.floats.first() {
        problems.push(Problem::Floats {
            name,
            count: facts.floats.len(),
            example: first.clone(),
        });
    }
    problems
}

#[cfg(test)]
mod tests;
