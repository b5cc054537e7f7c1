//! The rules, each broken by a bundle of small modules.

use super::*;
use crate::car::{Car, code_cid};
use crate::manifest::Manifest;

/// The smallest module that keeps every rule; the number makes its code unique.
fn actor(number: usize) -> Vec<u8> {
    module(&format!(
        r#"(import "vm" "exit" (func (param i32 i32 i32) (result i32)))
           (memory (export "memory") 1)
           (func (export "invoke") (param i32) (result i32) i32.const {number})"#
    ))
}

fn module(body: &str) -> Vec<u8> {
    wat::parse_str(format!("(module {body})")).unwrap()
}

fn official_actors() -> Vec<(String, Vec<u8>)> {
    let names = OFFICIAL_NAMES.iter().enumerate();
    names.map(|(at, name)| (name.to_string(), actor(at))).collect()
}

/// A bundle of the official names and one actor more.
fn with(wasm: Vec<u8>) -> Bundle {
    let mut actors = official_actors();
    actors.push(("test_actor".to_owned(), wasm));
    Bundle::from_actors(actors).unwrap()
}

fn broken_rules(bundle: &Bundle) -> Vec<Problem> {
    match verify(bundle, None) {
        Err(Error::Refused(problems)) => problems,
        Err(other) => panic!("{other}"),
        Ok(()) => Vec::new(),
    }
}

fn sole_problem(bundle: &Bundle) -> Problem {
    let mut problems = broken_rules(bundle);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

/// A CAR whose manifest says what it likes.
fn unchecked(actors: &[(String, Vec<u8>)], strays: &[Vec<u8>]) -> Bundle {
    let entries = actors.iter().map(|(name, wasm)| Entry {
        name: name.clone(),
        code: code_cid(wasm),
    });
    let [root, data] = Manifest::new(entries.collect()).unwrap().blocks().unwrap();
    let mut car = Car::new(root.0);
    for (cid, block) in [root, data] {
        car.insert(cid, block);
    }
    let modules = actors.iter().map(|(_, wasm)| wasm);
    for wasm in modules.chain(strays) {
        car.insert(code_cid(wasm), wasm.clone());
    }
    Bundle::read(&car.write().unwrap()).unwrap()
}

#[test]
fn a_bundle_that_keeps_every_rule_is_accepted() {
    assert_eq!(broken_rules(&with(actor(99))), []);
}

#[test]
fn the_sixteen_official_names_come_first() {
    let mut actors = official_actors();
    actors.swap(3, 4);
    let problems = broken_rules(&Bundle::from_actors(actors).unwrap());
    let places: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        places,
        [
            "type 4 must be account, the manifest has storagepower there",
            "type 5 must be storagepower, the manifest has account there",
        ]
    );
}

#[test]
fn a_bundle_without_an_official_actor_is_refused() {
    let mut actors = official_actors();
    actors.pop();
    let problem = sole_problem(&Bundle::from_actors(actors).unwrap());
    assert!(matches!(problem, Problem::Misplaced { number: 16, .. }));
}

#[test]
fn a_name_may_stand_once() {
    let mut actors = official_actors();
    actors.push(("evm".to_owned(), actor(99)));
    let problem = sole_problem(&unchecked(&actors, &[]));
    assert_eq!(problem.to_string(), "the name evm stands twice in the manifest");
    let refusal = Bundle::from_actors(actors).unwrap_err();
    assert!(matches!(refusal, Error::NameTwice(name) if name == "evm"));
}

#[test]
fn a_code_cid_may_stand_once() {
    let mut actors = official_actors();
    actors.push(("test_actor".to_owned(), actor(1)));
    let problem = sole_problem(&unchecked(&actors, &[]));
    assert!(matches!(
        problem,
        Problem::CodeTwice { first, second, .. } if first == "init" && second == "test_actor"
    ));
    let refusal = Bundle::from_actors(actors).unwrap_err();
    assert!(matches!(refusal, Error::CodeTwice { .. }));
}

#[test]
fn a_malformed_name_is_refused() {
    for name in ["", "Token", "9lives", "my-token", "tokén", &"a".repeat(65)] {
        let mut actors = official_actors();
        actors.push((name.to_owned(), actor(99)));
        let problem = sole_problem(&unchecked(&actors, &[]));
        assert!(matches!(problem, Problem::BadName { .. }), "{name:?}");
        assert!(Bundle::from_actors(actors).is_err(), "{name:?}");
    }
}

#[test]
fn a_bundle_with_a_missing_block_is_refused() {
    let whole = with(actor(99));
    let mut car = Car::new(whole.root());
    let (last, blocks) = whole.car().blocks().split_last().unwrap();
    for (cid, block) in blocks {
        car.insert(*cid, block.clone());
    }
    let refusal = Bundle::read(&car.write().unwrap()).unwrap_err();
    let sentence = refusal.to_string();
    assert!(sentence.contains("the code of test_actor"), "{sentence}");
    assert!(sentence.contains(&last.0.to_string()), "{sentence}");
}

#[test]
fn a_block_that_belongs_to_nothing_is_refused() {
    let problem = sole_problem(&unchecked(&official_actors(), &[b"stray".to_vec()]));
    let cid = code_cid(b"stray");
    assert_eq!(problem, Problem::StrayBlock { cid });
}

#[test]
fn an_official_actor_may_not_be_changed_but_init_may() {
    let official = Bundle::from_actors(official_actors()).unwrap();
    let mut actors = official_actors();
    actors[1].1 = actor(100);
    let ours = Bundle::from_actors(actors.clone()).unwrap();
    verify(&ours, Some(&official)).unwrap();
    actors[8].1 = actor(101);
    let changed = Bundle::from_actors(actors).unwrap();
    let refusal = verify(&changed, Some(&official)).unwrap_err();
    let sentence = refusal.to_string();
    assert!(sentence.contains("multisig has code"), "{sentence}");
}

#[test]
fn a_module_with_an_unknown_import_is_refused() {
    let wasm = module(
        r#"(import "actor" "install_actor" (func (param i32 i32) (result i32)))
           (memory (export "memory") 1)
           (func (export "invoke") (param i32) (result i32) i32.const 0)"#,
    );
    let problem = sole_problem(&with(wasm));
    let import = "actor.install_actor".to_owned();
    let name = "test_actor".to_owned();
    assert_eq!(problem, Problem::UnknownImport { name, import });
}

#[test]
fn a_module_without_invoke_is_refused() {
    let wasm = module(r#"(memory (export "memory") 1) (global (export "invoke") i32 (i32.const 0))"#);
    assert!(matches!(sole_problem(&with(wasm)), Problem::NoInvoke { .. }));
}

#[test]
fn a_module_without_memory_is_refused() {
    let wasm = module(r#"(func (export "invoke") (param i32) (result i32) i32.const 0)"#);
    assert!(matches!(sole_problem(&with(wasm)), Problem::NoMemory { .. }));
}

#[test]
fn a_module_that_computes_with_floats_is_refused() {
    let wasm = module(
        r#"(memory (export "memory") 1)
           (func (export "invoke") (param i32) (result i32)
             (i32.trunc_f64_u (f64.mul (f64.const 1.5) (f64.convert_i32_u (local.get 0)))))"#,
    );
    let problem = sole_problem(&with(wasm));
    let sentence = problem.to_string();
    assert_eq!(
        sentence,
        "test_actor computes with floats in 3 instructions, the first is F64ConvertI32U in function 0"
    );
}

#[test]
fn a_module_above_its_budget_is_refused() {
    let wasm = module(&format!(
        r#"(memory (export "memory") 1) (data (i32.const 0) "{}")
           (func (export "invoke") (param i32) (result i32) i32.const 0)"#,
        "x".repeat(crate::suite::ADDED_SIZE_BUDGET)
    ));
    assert!(matches!(sole_problem(&with(wasm)), Problem::TooBig { .. }));
}

#[test]
fn bytes_that_are_no_wasm_are_refused() {
    let problem = sole_problem(&with(b"#!/bin/sh".to_vec()));
    assert!(matches!(problem, Problem::Malformed { .. }));
}

#[test]
fn a_module_that_only_the_fvm_refuses_is_refused() {
    let wasm = module(
        r#"(memory (export "memory") 1)
           (func (result i32 i32) i32.const 1 i32.const 2)
           (func (export "invoke") (param i32) (result i32) call 0 i32.add)"#,
    );
    let problem = sole_problem(&with(wasm));
    assert!(
        matches!(&problem, Problem::NotCompiled { name, .. } if name == "test_actor"),
        "{problem}"
    );
}

#[test]
fn every_official_module_imports_known_syscalls_only() {
    let workspace = crate::Workspace::find().unwrap();
    let official = crate::official(&workspace, crate::Flavour::Calibrationnet).unwrap();
    for Entry { name, .. } in official.manifest().entries() {
        let facts = facts(official.wasm(name).unwrap()).unwrap();
        assert_eq!(facts.problems(name), [], "{name}");
    }
}
