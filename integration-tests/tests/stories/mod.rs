//! The stories of `stories/*.json` on localnet. The tests on Lotus tell the same files; `stories/README.md` says how one is
//! written.

mod names;
mod play;
mod story;

use std::path::{Path, PathBuf};

use holdfast_bundle::Flavour;
use holdfast_integration_tests::World;
use holdfast_integration_tests::bundle::with_actors;
use holdfast_localnet::Options;

use self::story::Story;

/// The test actors that stories are about, by their packages. `scripts/lotus` names them too.
const TEST_ACTORS: &[&str] = &["holdfast_test_canonical"];

/// The files, in the order of their names.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let entries = std::fs::read_dir(folder).expect("the folder of the stories");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_story = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let mut files: Vec<PathBuf> = paths.filter(is_story).collect();
    files.sort();
    files
}

#[test]
fn every_story_goes_as_it_is_written() {
    let files = files();
    assert!(files.len() >= 2, "{files:?}");
    let bundle = with_actors(Flavour::Calibrationnet, TEST_ACTORS).bundle;
    let start = World::with(&Options::new(bundle));
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a story");
        let story: Story = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let otherwise = play::play(start.fork(), &story);
        assert!(otherwise.is_empty(), "{}:\n{}", story.title, otherwise.join("\n"));
    }
}
