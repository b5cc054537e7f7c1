//! The invariants that are checked are those that the README names.

use std::collections::BTreeSet;

const README: &str = include_str!("../../README.md");
const CHECKS: [&str; 5] = [
    include_str!("../../src/invariants.rs"),
    include_str!("../../src/invariants/grants.rs"),
    include_str!("../../src/invariants/guards.rs"),
    include_str!("../../src/invariants/linked.rs"),
    include_str!("../../src/invariants/market.rs"),
];

/// The first quoted word of each check. That something can be read at all is none.
fn checked() -> BTreeSet<&'static str> {
    let called = |how| CHECKS.iter().flat_map(move |source| source.split(how).skip(1));
    let checks = called(".require(").chain(called(".note("));
    let names = checks.map(|check| check.split('"').nth(1).expect("a name"));
    names.filter(|name| !name.ends_with("_readable")).collect()
}

#[test]
fn the_readme_names_every_invariant_that_is_checked_and_no_other() {
    let (_, after) = README.split_once("## Invariants").expect("a heading");
    let (section, _) = after.split_once("## Limits").expect("the next heading");
    let quoted = section.split('`').skip(1).step_by(2);
    let named: BTreeSet<&str> = quoted.filter(|word| word.contains('_')).collect();
    assert_eq!(named, checked());
}
