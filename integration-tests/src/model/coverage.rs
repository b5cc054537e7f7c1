//! A model is worth as much as it knows of the method table.

use std::collections::{BTreeMap, BTreeSet};

use holdfast_runtime::caller::{Access, Init};
use holdfast_runtime::method::{InterfaceInfo, Kind, MethodInfo};

use super::Model;
use super::run::{Plan, round};

/// How often a method was called in the model.
#[derive(Default)]
struct Calls {
    done: u32,
    refused: u32,
}

/// Checks that the model's operations call every method of the table that changes state, by its number and by its
/// selector, with success and in vain; a constructor only in vain, since no message of a user is let in. It needs no
/// chain.
///
/// # Panics
/// With the names of the methods that they do not, and of those that the table does not have.
pub fn require_every_method<M: Model>(interface: &InterfaceInfo, plan: Plan) {
    require_methods::<M>(interface, plan, &[]);
}

/// The same but for methods that the model leaves to other tests: each with the name of the test.
///
/// # Panics
/// As [`require_every_method`], and when the model does call one of them.
pub fn require_methods<M: Model>(interface: &InterfaceInfo, plan: Plan, elsewhere: &[(&str, &str)]) {
    let calls = calls::<M>(plan);
    let mut missing = Vec::new();
    let mut known = BTreeSet::new();
    for (method, name) in interface.methods.iter().flat_map(names) {
        known.insert(name);
        match calls.get(name) {
            None if elsewhere.iter().any(|(other, _)| *other == name) => {}
            None => missing.push(format!("{name} is never called")),
            Some(calls) if calls.done == 0 && method.access != Init::NAME => {
                missing.push(format!("{name} never succeeds"));
            }
            Some(calls) if calls.refused == 0 => missing.push(format!("{name} is never refused")),
            Some(_) => {}
        }
    }
    let both = elsewhere.iter().filter(|(name, _)| calls.contains_key(name));
    missing.extend(both.map(|(name, _)| format!("{name} is called, and left to another test")));
    let unknown = calls.keys().filter(|name| !known.contains(*name));
    missing.extend(unknown.map(|name| format!("{name} is no method that changes state")));
    assert!(
        missing.is_empty(),
        "the model of {} does not go with the method table:\n  {}",
        interface.name,
        missing.join("\n  ")
    );
}

/// A method that changes state, by each of its names: one a face.
fn names(method: &MethodInfo) -> impl Iterator<Item = (&MethodInfo, &'static str)> {
    let by_number = method.number.map(|_| method.name);
    // Two overloads have one name in Solidity; the table's tells them apart.
    let by_selector = method.solidity.as_ref().map(|solidity| match method.number {
        Some(_) => solidity.name,
        None => method.name,
    });
    let names = by_number.into_iter().chain(by_selector);
    names
        .filter(|_| method.kind != Kind::View)
        .map(move |name| (method, name))
}

fn calls<M: Model>(plan: Plan) -> BTreeMap<&'static str, Calls> {
    let mut calls: BTreeMap<&'static str, Calls> = BTreeMap::new();
    for number in 0..plan.rounds {
        let (mut model, operations) = round::<M>(plan, number);
        for operation in operations {
            let outcome = model.carry_out(&operation);
            let Some(name) = M::method(&operation) else {
                continue;
            };
            let count = calls.entry(name).or_default();
            match outcome {
                Ok(_) => count.done += 1,
                Err(_) => count.refused += 1,
            }
        }
    }
    calls
}
