//! The first inputs of the fuzz targets, without a fuzzer.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use holdfast_fuzz::{Access, Init, Token, by_calldata, by_number, policy};

type Target = fn(&[u8]);

/// What the programs in `fuzz_targets` run.
const TARGETS: [(&str, Target); 7] = [
    ("access_calldata", by_calldata::<Access>),
    ("access_number", by_number::<Access>),
    ("init_calldata", by_calldata::<Init>),
    ("init_number", by_number::<Init>),
    ("policy", policy),
    ("token_calldata", by_calldata::<Token>),
    ("token_number", by_number::<Token>),
];

fn entries(folder: &str) -> impl Iterator<Item = PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|entry| entry.unwrap().path())
}

fn names(folder: &str) -> BTreeSet<String> {
    entries(folder).map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn every_target_has_a_program_and_first_inputs() {
    let targets = BTreeSet::from(TARGETS.map(|(name, _)| name.to_owned()));
    assert_eq!(names("fuzz_targets"), targets);
    assert_eq!(names("corpus"), targets);
}

#[test]
fn what_has_to_hold_holds_for_every_first_input() {
    for (name, target) in TARGETS {
        for input in entries(&format!("corpus/{name}")) {
            // Shown if the target fails.
            println!("{}", input.display());
            target(&fs::read(&input).unwrap());
        }
    }
}
