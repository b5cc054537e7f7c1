//! Getting the official bundle: four sources, one check.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::{NamedTempFile, TempPath};

use crate::manifest::OFFICIAL_NAMES;
use crate::workspace::{run, write_atomically};
use crate::{Bundle, Error, Flavour, Result, Workspace};

/// The variable that names a CAR, or a folder of CARs, to use before any other source.
pub const BUNDLE_VARIABLE: &str = "HOLDFAST_OFFICIAL_BUNDLE";

const LOTUS: &str = "Lotus v1.36.1";
const RELEASES: &str = "https://github.com/filecoin-project/builtin-actors/releases/download/v18.0.0";

/// One place an official bundle can come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// The file or folder that the user named.
    Named(PathBuf),
    /// What an earlier run has kept.
    Cache,
    /// The bundle that is embedded in Lotus, through the Go module proxy.
    Lotus,
    /// The release of the official actors.
    Release,
}

/// The verified official bundle of a flavour; it is fetched when it is not there yet, and kept in `target/official`.
///
/// Progress and refused sources go to stderr.
///
/// # Errors
/// When no source has a bundle with the pinned manifest.
pub fn official(workspace: &Workspace, flavour: Flavour) -> Result<Bundle> {
    let named = std::env::var_os(BUNDLE_VARIABLE).map(PathBuf::from);
    from_sources(workspace, flavour, &sources(named))
}

fn sources(named: Option<PathBuf>) -> Vec<Source> {
    let named = named.map(Source::Named);
    let rest = [Source::Cache, Source::Lotus, Source::Release];
    named.into_iter().chain(rest).collect()
}

fn from_sources(workspace: &Workspace, flavour: Flavour, sources: &[Source]) -> Result<Bundle> {
    let mut tried = Vec::new();
    for source in sources {
        match take(workspace, flavour, source) {
            Ok(Some(bundle)) => return Ok(bundle),
            Ok(None) => {}
            Err(error) => {
                eprintln!("{error}");
                tried.push(format!("  {error}"));
            }
        }
    }
    let flavour = flavour.name();
    Err(Error::NoOfficialBundle { flavour, tried })
}

/// `None` when the source has nothing to say, which is no failure.
fn take(workspace: &Workspace, flavour: Flavour, source: &Source) -> Result<Option<Bundle>> {
    let kept = workspace.official_car(flavour);
    let (bytes, origin) = match source {
        Source::Cache if !kept.is_file() => return Ok(None),
        Source::Cache => (read(&kept)?, kept.display().to_string()),
        Source::Named(path) => {
            let file = named_file(path, flavour);
            (read(&file)?, file.display().to_string())
        }
        Source::Lotus => (from_lotus(workspace, flavour)?, LOTUS.to_owned()),
        Source::Release => (from_release(workspace, flavour)?, RELEASES.to_owned()),
    };
    let bundle = checked(&bytes, flavour, &origin)?;
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
pub fn checked(bytes: &[u8], flavour: Flavour, origin: &str) -> Result<Bundle> {
    let bundle = Bundle::read(bytes)?;
    let (expected, found) = (flavour.manifest(), bundle.root());
    if found != expected {
        return Err(Error::WrongManifest {
            origin: origin.to_owned(),
            flavour: flavour.name(),
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

fn named_file(path: &Path, flavour: Flavour) -> PathBuf {
    if !path.is_dir() {
        return path.to_path_buf();
    }
    let released = path.join(format!("builtin-actors-{flavour}.car"));
    if released.is_file() {
        released
    } else {
        path.join(format!("{flavour}.car"))
    }
}

fn from_lotus(workspace: &Workspace, flavour: Flavour) -> Result<Vec<u8>> {
    eprintln!(
        "fetching the official {flavour} actors v18 out of {LOTUS} through the Go module proxy \
         (the first time: about 1 minute to download, 75 s to compile)"
    );
    let file = draft(workspace)?;
    let program = workspace.target().join("official/official-car");
    let module = workspace.root().join("bundle/official-car");
    run(Command::new("go")
        .current_dir(module)
        .args(["build", "-buildvcs=false", "-o"])
        .args([program.as_path(), Path::new(".")]))?;
    run(Command::new(program).arg(flavour.name()).arg(&file))?;
    read(&file)
}

fn from_release(workspace: &Workspace, flavour: Flavour) -> Result<Vec<u8>> {
    let url = format!("{RELEASES}/builtin-actors-{flavour}.car");
    eprintln!("fetching the official {flavour} actors v18 from {url}");
    let file = draft(workspace)?;
    run(Command::new("curl")
        .args(["--fail", "--location", "--silent", "--show-error"])
        .args(["--connect-timeout", "20", "--output"])
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
