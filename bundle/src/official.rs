//! Getting the official bundle: four sources, one check.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::{NamedTempFile, TempPath};

use crate::manifest::OFFICIAL_NAMES;
use crate::workspace::{run, write_atomically};
use crate::{Bundle, Error, Release, Result, Workspace};

/// The variable that names a CAR, or a folder of CARs, to use before any other source.
pub const BUNDLE_VARIABLE: &str = "HOLDFAST_OFFICIAL_BUNDLE";

const LOTUS: &str = "Lotus v1.36.1";
const RELEASES: &str = "https://github.com/filecoin-project/builtin-actors/releases/download";

/// One place an official bundle can come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// The file or folder that the user named.
    Named(PathBuf),
    /// What an earlier run has kept.
    Cache,
    /// The bundle that is embedded in Lotus, through the Go module proxy.
    Lotus,
    /// The releases of the official actors.
    GitHub,
}

/// The verified official bundle of a release; it is fetched when it is not there yet, and kept in `target/official`.
/// A flavour alone means version 18 of the actors.
///
/// Progress and refused sources go to stderr.
///
/// # Errors
/// When no source has a bundle with the pinned manifest.
pub fn official(workspace: &Workspace, release: impl Into<Release>) -> Result<Bundle> {
    let named = std::env::var_os(BUNDLE_VARIABLE).map(PathBuf::from);
    from_sources(workspace, release.into(), &sources(named))
}

fn sources(named: Option<PathBuf>) -> Vec<Source> {
    let named = named.map(Source::Named);
    let rest = [Source::Cache, Source::Lotus, Source::GitHub];
    named.into_iter().chain(rest).collect()
}

fn from_sources(workspace: &Workspace, release: Release, sources: &[Source]) -> Result<Bundle> {
    let mut tried = Vec::new();
    for source in sources {
        match take(workspace, release, source) {
            Ok(Some(bundle)) => return Ok(bundle),
            Ok(None) => {}
            Err(error) => {
                eprintln!("{error}");
                tried.push(format!("  {error}"));
            }
        }
    }
    Err(Error::NoOfficialBundle { release, tried })
}

/// `None` when the source has nothing to say, which is no failure.
fn take(workspace: &Workspace, release: Release, source: &Source) -> Result<Option<Bundle>> {
    let kept = workspace.official_car(release);
    let (bytes, origin) = match source {
        Source::Cache if !kept.is_file() => return Ok(None),
        Source::Cache => (read(&kept)?, kept.display().to_string()),
        Source::Named(path) => {
            let file = named_file(path, release);
            (read(&file)?, file.display().to_string())
        }
        Source::Lotus => (from_lotus(workspace, release)?, LOTUS.to_owned()),
        Source::GitHub => (from_github(workspace, release)?, RELEASES.to_owned()),
    };
    let bundle = checked(&bytes, release, &origin)?;
    if *source != Source::Cache {
        write_atomically(&kept, &bytes)?;
    }
    Ok(Some(bundle))
}

/// Reads an official bundle and compares it with the pinned manifest.
///
/// `origin` names the source in the error.
///
/// # Errors
/// When the bytes are no complete bundle, or have another manifest, or other names.
pub fn checked(bytes: &[u8], release: impl Into<Release>, origin: &str) -> Result<Bundle> {
    let release = release.into();
    let bundle = Bundle::read(bytes)?;
    let (expected, found) = (release.manifest(), bundle.root());
    if found != expected {
        return Err(Error::WrongManifest {
            origin: origin.to_owned(),
            release,
            expected: Box::new(expected),
            found: Box::new(found),
        });
    }
    let entries = bundle.manifest().entries();
    if !entries.iter().map(|e| e.name.as_str()).eq(OFFICIAL_NAMES) {
        return Err(Error::BadManifest {
            cid: Box::new(found),
            reason: "its names are not the 16 official ones".to_owned(),
        });
    }
    Ok(bundle)
}

fn named_file(path: &Path, release: Release) -> PathBuf {
    if !path.is_dir() {
        return path.to_path_buf();
    }
    let stem = release.file_stem();
    let released = path.join(format!("builtin-actors-{stem}.car"));
    if released.is_file() {
        released
    } else {
        path.join(format!("{stem}.car"))
    }
}

fn from_lotus(workspace: &Workspace, release: Release) -> Result<Vec<u8>> {
    eprintln!(
        "fetching the official bundle {release} out of {LOTUS} through the Go module proxy \
         (the first time: about 1 minute to download, 75 s to compile)"
    );
    let file = draft(workspace)?;
    let program = workspace.target().join("official/official-car");
    let module = workspace.root().join("bundle/official-car");
    run(Command::new("go")
        .current_dir(module)
        .args(["build", "-buildvcs=false", "-o"])
        .args([program.as_path(), Path::new(".")]))?;
    run(Command::new(program)
        .arg(release.actors.to_string())
        .arg(release.flavour.name())
        .arg(&file))?;
    read(&file)
}

fn from_github(workspace: &Workspace, release: Release) -> Result<Vec<u8>> {
    let (tag, flavour) = (release.actors.tag(), release.flavour);
    let url = format!("{RELEASES}/{tag}/builtin-actors-{flavour}.car");
    eprintln!("fetching the official bundle {release} from {url}");
    let file = draft(workspace)?;
    run(Command::new("curl")
        .args(["--fail", "--location", "--silent", "--show-error"])
        .args(["--connect-timeout", "20", "--max-time", "600"])
        .args(["--retry", "3", "--retry-all-errors", "--output"])
        .arg(&file)
        .arg(&url))?;
    read(&file)
}

/// A file of its own for each run, removed when dropped: two runs at once do not disturb each other.
fn draft(workspace: &Workspace) -> Result<TempPath> {
    let folder = workspace.target().join("official");
    std::fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    let file = NamedTempFile::new_in(&folder).map_err(Error::io(&folder))?;
    Ok(file.into_temp_path())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(Error::io(path))
}

#[cfg(test)]
mod tests;
