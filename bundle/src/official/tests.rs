//! The sources of the official bundle, with the real one: fetching it is what every other test needs too.

use super::*;
use crate::{ActorsVersion, Flavour};

const FLAVOUR: Flavour = Flavour::Calibrationnet;

fn release() -> Release {
    FLAVOUR.into()
}

fn real() -> Vec<u8> {
    let workspace = Workspace::find().unwrap();
    official(&workspace, FLAVOUR).unwrap();
    std::fs::read(workspace.official_car(FLAVOUR)).unwrap()
}

/// A checkout in a temporary folder, with nothing fetched yet.
fn empty_checkout() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let module = folder.path().join("bundle/official-car");
    std::fs::create_dir_all(&module).unwrap();
    std::fs::write(module.join("go.mod"), "module test").unwrap();
    let workspace = Workspace::at(&module).unwrap();
    (folder, workspace)
}

#[test]
fn the_real_bundle_has_the_pinned_manifest_and_the_sixteen_names() {
    let bundle = checked(&real(), FLAVOUR, "test").unwrap();
    assert_eq!(bundle.root(), release().manifest());
    assert_eq!(bundle.manifest().position("init"), Some(2));
    assert_eq!(bundle.manifest().position("ethaccount"), Some(16));
    assert_eq!(bundle.manifest().position("holdfast_token"), None);
}

#[test]
fn every_version_can_be_had_and_has_its_pinned_manifest() {
    let workspace = Workspace::find().unwrap();
    for actors in ActorsVersion::ALL {
        let release = Release::new(actors, Flavour::TestingFakeProofs);
        let bundle = official(&workspace, release).unwrap();
        assert_eq!(bundle.root(), release.manifest(), "{release}");
        let kept = Bundle::open(&workspace.official_car(release)).unwrap();
        assert_eq!(kept.root(), bundle.root(), "{release}");
    }
}

#[test]
fn a_wrong_manifest_cid_is_refused_and_named() {
    let refusal = checked(&real(), Flavour::Mainnet, "some.car").unwrap_err();
    let sentence = refusal.to_string();
    for part in [
        "some.car",
        "mainnet",
        Release::from(Flavour::Mainnet).pinned_manifest(),
        release().pinned_manifest(),
    ] {
        assert!(sentence.contains(part), "{part} is not in: {sentence}");
    }
}

#[test]
fn another_version_of_the_actors_is_refused_and_named() {
    let other = Release::new(ActorsVersion::V17, FLAVOUR);
    let sentence = checked(&real(), other, "some.car").unwrap_err().to_string();
    let expected = format!(
        "calibrationnet of the actors v17 is pinned to {}",
        other.manifest()
    );
    assert!(sentence.contains(&expected), "{sentence}");
}

#[test]
fn one_flipped_bit_in_the_official_code_is_refused() {
    let mut bytes = real();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let refusal = checked(&bytes, FLAVOUR, "test").unwrap_err();
    assert!(matches!(refusal, Error::DamagedBlock { .. }), "{refusal}");
}

#[test]
fn a_named_file_is_used_and_kept_in_the_cache() {
    let (folder, workspace) = empty_checkout();
    let file = folder.path().join("mine.car");
    std::fs::write(&file, real()).unwrap();
    from_sources(&workspace, release(), &[Source::Named(file)]).unwrap();
    from_sources(&workspace, release(), &[Source::Cache]).unwrap();
}

#[test]
fn a_named_folder_is_searched_for_the_flavour_under_both_its_names() {
    for name in ["calibrationnet.car", "builtin-actors-calibrationnet.car"] {
        let (folder, workspace) = empty_checkout();
        std::fs::write(folder.path().join(name), real()).unwrap();
        let source = Source::Named(folder.path().to_path_buf());
        from_sources(&workspace, release(), &[source]).unwrap();
    }
}

#[test]
fn a_bad_source_is_passed_over_for_the_next() {
    let (folder, workspace) = empty_checkout();
    let bad = folder.path().join("bad.car");
    let good = folder.path().join("good.car");
    std::fs::write(&bad, b"no car").unwrap();
    std::fs::write(&good, real()).unwrap();
    let sources = [Source::Named(bad), Source::Cache, Source::Named(good)];
    let bundle = from_sources(&workspace, release(), &sources).unwrap();
    assert_eq!(bundle.root(), release().manifest());
}

#[test]
fn a_cached_file_that_was_changed_is_not_used() {
    let (_folder, workspace) = empty_checkout();
    let kept = workspace.official_car(FLAVOUR);
    let mut bytes = real();
    *bytes.last_mut().unwrap() ^= 1;
    write_atomically(&kept, &bytes).unwrap();
    let refusal = from_sources(&workspace, release(), &[Source::Cache]).unwrap_err();
    assert!(refusal.to_string().contains(crate::BUNDLE_VARIABLE));
}

#[test]
fn what_the_user_names_is_tried_before_everything_else() {
    let named = Source::Named("/some/file".into());
    let order = sources(Some("/some/file".into()));
    let expected = [named, Source::Cache, Source::Lotus, Source::GitHub];
    assert_eq!(order, expected);
}
