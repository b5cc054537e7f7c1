//! Merging, showing and comparing bundles, with the real official one below.

use std::sync::OnceLock;

use holdfast_bundle::build::{BuildRecord, Module, Options, assemble};
use holdfast_bundle::manifest::OFFICIAL_NAMES;
use holdfast_bundle::suite::SUITE;
use holdfast_bundle::wasm::Wasm;
use holdfast_bundle::{Bundle, ChangeKind, Error, Flavour, Release, Workspace, diff, inspect, official};

fn official_bundle() -> &'static Bundle {
    static BUNDLE: OnceLock<Bundle> = OnceLock::new();
    BUNDLE.get_or_init(|| official(&Workspace::find().unwrap(), Flavour::Calibrationnet).unwrap())
}

fn suite() -> Vec<Wasm> {
    let packages = SUITE.iter().map(|actor| actor.package);
    let module = |package: &str| Wasm {
        package: package.to_owned(),
        bytes: package.as_bytes().to_vec(),
    };
    packages.map(module).collect()
}

fn merged(additions: &[(&str, &[u8])]) -> Result<Bundle, Error> {
    let additions = additions
        .iter()
        .map(|(name, wasm)| (name.to_string(), wasm.to_vec()));
    assemble(official_bundle(), suite(), additions.collect())
}

#[test]
fn init_is_replaced_and_the_suite_follows_from_17_on() {
    let bundle = merged(&[]).unwrap();
    assert_eq!(bundle.wasm("init"), Some("holdfast_init".as_bytes()));
    assert_eq!(bundle.manifest().position("init"), Some(2));
    assert_eq!(bundle.manifest().position("holdfast_token"), Some(17));
    assert_eq!(bundle.manifest().position("holdfast_access"), Some(18));
    assert_eq!(bundle.manifest().entries().len(), 18);
}

#[test]
fn the_other_fifteen_official_actors_keep_their_very_bytes() {
    let bundle = merged(&[]).unwrap();
    let kept = OFFICIAL_NAMES.iter().filter(|name| **name != "init");
    for name in kept {
        assert_eq!(bundle.wasm(name), official_bundle().wasm(name), "{name}");
    }
}

#[test]
fn additions_follow_the_suite_in_the_order_given() {
    let bundle = merged(&[("acme_b", b"b"), ("acme_a", b"a")]).unwrap();
    assert_eq!(bundle.manifest().position("acme_b"), Some(19));
    assert_eq!(bundle.manifest().position("acme_a"), Some(20));
}

#[test]
fn an_addition_cannot_take_a_name_that_is_taken() {
    let refusal = merged(&[("holdfast_token", b"other")]).unwrap_err();
    assert!(matches!(refusal, Error::NameTwice(name) if name == "holdfast_token"));
}

#[test]
fn a_replaced_actor_keeps_its_number_and_its_neighbours() {
    let before = merged(&[("acme_a", b"a")]).unwrap();
    let after = before
        .with_replaced("holdfast_token", b"the next".to_vec())
        .unwrap();
    let changes = diff(&before, &after).changes;
    let changes: Vec<_> = changes.iter().map(|c| (c.name.as_str(), c.kind)).collect();
    assert_eq!(changes, [("holdfast_token", ChangeKind::Changed)]);
    assert_eq!(after.wasm("holdfast_token"), Some("the next".as_bytes()));
    assert_eq!(after.manifest().position("holdfast_token"), Some(17));
}

#[test]
fn what_is_not_in_the_bundle_cannot_be_replaced() {
    let refusal = merged(&[])
        .unwrap()
        .with_replaced("holdfast_nft", b"nft".to_vec());
    assert!(matches!(refusal, Err(Error::NothingToReplace(name)) if name == "holdfast_nft"));
}

#[test]
fn the_merged_bytes_depend_on_the_actors_only() {
    let bytes = merged(&[]).unwrap().car().write().unwrap();
    assert_eq!(bytes, merged(&[]).unwrap().car().write().unwrap());
    let read = Bundle::read(&bytes).unwrap();
    assert_eq!(read.root(), merged(&[]).unwrap().root());
    assert_eq!(read.car().write().unwrap(), bytes);
}

#[test]
fn the_official_manifest_is_encoded_as_the_official_release_encodes_it() {
    let entries = official_bundle().manifest().entries();
    let again = entries.iter().map(|entry| {
        let wasm = official_bundle().wasm(&entry.name).unwrap();
        (entry.name.clone(), wasm.to_vec())
    });
    let again = Bundle::from_actors(again.collect()).unwrap();
    assert_eq!(again.root(), Release::from(Flavour::Calibrationnet).manifest());
}

#[test]
fn inspect_shows_every_type_as_table_and_as_json() {
    let inspection = inspect(&merged(&[]).unwrap());
    let table = inspection.to_string();
    let json = serde_json::to_value(&inspection).unwrap();
    let token = &json["actors"][16];
    assert_eq!(token["type"], 17);
    assert_eq!(token["name"], "holdfast_token");
    assert_eq!(token["size"], "holdfast_token".len());
    let row = table
        .lines()
        .find(|line| line.contains("holdfast_token"))
        .unwrap();
    for part in ["17", "14", token["code"].as_str().unwrap()] {
        assert!(row.contains(part), "{part} is not in: {row}");
    }
}

#[test]
fn diff_names_what_was_added_and_what_changed() {
    let (before, after) = (official_bundle(), merged(&[]).unwrap());
    let diff = diff(before, &after);
    let changes: Vec<_> = diff.changes.iter().map(|c| (c.name.as_str(), c.kind)).collect();
    assert_eq!(
        changes,
        [
            ("init", ChangeKind::Changed),
            ("holdfast_token", ChangeKind::Added),
            ("holdfast_access", ChangeKind::Added)
        ]
    );
    assert!(diff.is_upgrade());
}

#[test]
fn a_name_that_goes_or_moves_is_no_upgrade() {
    let two = merged(&[("acme_a", b"a"), ("acme_b", b"b")]).unwrap();
    let gone = diff(&two, &merged(&[("acme_a", b"a")]).unwrap());
    assert_eq!(gone.changes[0].kind, ChangeKind::Removed);
    assert!(!gone.is_upgrade());
    let moved = diff(&two, &merged(&[("acme_b", b"b"), ("acme_a", b"a")]).unwrap());
    assert_eq!(moved.changes[0].kind, ChangeKind::Moved);
    assert!(!moved.is_upgrade());
    assert!(moved.to_string().contains("names must stay"));
}

#[test]
fn a_bundle_without_change_says_so() {
    let bundle = merged(&[]).unwrap();
    assert!(diff(&bundle, &bundle).to_string().contains("no change"));
}

#[test]
fn an_addition_is_a_name_and_a_file() {
    let addition: Module = "acme_a=some/file.wasm".parse().unwrap();
    assert_eq!(addition.name, "acme_a");
    assert_eq!(addition.file.to_str(), Some("some/file.wasm"));
    for bad in ["acme_a", "=file.wasm", "acme_a=", ""] {
        assert!(matches!(bad.parse::<Module>(), Err(Error::BadModule(_))), "{bad}");
    }
}

#[test]
fn the_suite_builds_into_a_verified_bundle_with_its_record_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("holdfast.car");
    let options = Options {
        release: Flavour::Calibrationnet.into(),
        additions: Vec::new(),
        replacements: Vec::new(),
        output: Some(path.clone()),
    };
    let workspace = Workspace::find().unwrap();
    let built = holdfast_bundle::build::build(&workspace, &options).unwrap();
    assert_eq!(Bundle::open(&path).unwrap().root(), built.bundle.root());
    let record = BuildRecord::beside(&path).unwrap();
    assert_eq!(record, built.record);
    assert_eq!(record.bundle, inspect(&built.bundle));
    assert!(record.compiler.starts_with("rustc 1."), "{}", record.compiler);
}
