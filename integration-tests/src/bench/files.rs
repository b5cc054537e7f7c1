//! The files that figures are committed in.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::chart::millions;

/// A file from the top of the project.
pub(super) fn file(name: &str) -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.with_file_name(name)
}

/// Committed figures.
pub(super) fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = std::fs::read(file(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Gas in millions, as tables show it.
pub(super) fn cell(gas: u64) -> String {
    if gas < 100_000_000 {
        format!("{:.2}", millions(gas))
    } else {
        format!("{:.0}", millions(gas))
    }
}

/// Writes what was measured, and says of each file whether it has changed.
///
/// # Errors
/// When a file cannot be written.
pub fn write(files: impl IntoIterator<Item = (PathBuf, String)>) -> std::io::Result<()> {
    for (path, text) in files {
        let before = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(&path, &text)?;
        let verdict = if before == text {
            "as before"
        } else {
            "has changed"
        };
        println!("{}: {verdict}", path.display());
    }
    Ok(())
}
