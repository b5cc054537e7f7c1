//! Paths reach panic texts and so the code's CID: here they lose what is particular to a machine.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{TARGET, Toolchain, cargo};
use crate::workspace::{ask, line};
use crate::{Error, Result, Workspace};

/// Pairs of a folder of this machine and the name it gets in the code.
pub(super) fn prefixes(workspace: &Workspace, toolchain: &Toolchain) -> Result<Vec<(String, String)>> {
    let mut pairs = vec![(workspace.root().to_path_buf(), "/holdfast")];
    let registries = registries(workspace, toolchain)?;
    pairs.extend(registries.into_iter().map(|folder| (folder, "/registry")));
    let sources = toolchain.std_folders().into_iter();
    pairs.extend(sources.map(|folder| (folder, "/rust")));
    Ok(pairs
        .into_iter()
        .map(|(from, to)| (from.display().to_string(), to.to_owned()))
        .collect())
}

/// The folders that hold the dependencies' sources; cargo fetches what is missing.
fn registries(workspace: &Workspace, toolchain: &Toolchain) -> Result<BTreeSet<PathBuf>> {
    let mut metadata = cargo(workspace, toolchain);
    metadata.args(["metadata", "--locked", "--format-version", "1"]);
    metadata.args(["--filter-platform", TARGET]);
    let answer = ask(&mut metadata)?;
    let unexpected = |reason: &str| Error::Answer {
        command: line(&metadata),
        reason: reason.to_owned(),
    };
    let answer: Value = serde_json::from_str(&answer).map_err(|error| unexpected(&error.to_string()))?;
    let packages = answer["packages"]
        .as_array()
        .ok_or_else(|| unexpected("no list of packages"))?;
    let outside = packages.iter().filter(|package| !package["source"].is_null());
    let manifests = outside.filter_map(|package| package["manifest_path"].as_str());
    let folders = manifests.filter_map(|path| Path::new(path).ancestors().nth(2));
    Ok(folders.map(Path::to_path_buf).collect())
}
