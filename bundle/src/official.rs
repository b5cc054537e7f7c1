//! Getting the official bundle: four sources, one check.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::manifest::OFFICIAL_NAMES;
use crate::workspace::{run, write_atomically};
use crate::{Bundle, Error, Flavour, Result, Workspace};

/// The variable that names a CAR, or a folder of CARs, to use before any other source.
pub const BUNDLE_VARIABLE: &str = "HOLDFAST_OFFICIAL_BUNDLE";

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
    let file = match source {
        Source::Cache if !kept.is_file() => return Ok(None),
        Source::Cache => kept.clone(),
        Source::Named(path) => named_file(path, flavour),
        Source::Lotus => from_lotus(workspace, flavour)?,
        Source::Release => from_release(workspace, flavour)?,
    };
    let bytes = std::fs::read(&file).map_err(Error::io(&file))?;
    let bundle = checked(&bytes, flavour, &file.display().to_string())?;
    if file != kept {
        write_atomically(&kept, &bytes)?;
    }
    if matches!(source, Source::Lotus | Source::Release) {
        std::fs::remove_file(&file).map_err(Error::io(&file))?;
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

fn from_lotus(workspace: &Workspace, flavour: Flavour) -> Result<PathBuf> {
    let folder = workspace.target().join("official");
    std::fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
    eprintln!(
        "fetching the official {flavour} actors v18 out of Lotus v1.36.1 through the Go module proxy \
         (the first time: about 1 minute to download, 75 s to compile)"
    );
    let program = folder.join("official-car");
    let module = workspace.root().join("bundle/official-car");
    run(Command::new("go")
        .current_dir(module)
        .args(["build", "-buildvcs=false", "-o"])
        .args([program.as_path(), Path::new(".")]))?;
    let file = folder.join(format!("{flavour}.lotus"));
    run(Command::new(program).arg(flavour.name()).arg(&file))?;
    Ok(file)
}

fn from_release(workspace: &Workspace, flavour: Flavour) -> Result<PathBuf> {
    let url = format!("{RELEASES}/builtin-actors-{flavour}.car");
    eprintln!("fetching the official {flavour} actors v18 from {url}");
    let file = workspace.target().join(format!("official/{flavour}.release"));
    run(Command::new("curl")
        .args(["--fail", "--location", "--silent", "--show-error"])
        .args(["--connect-timeout", "20", "--retry", "2", "--output"])
        .arg(&file)
        .arg(&url))?;
    Ok(file)
}

#[cfg(test)]
mod tests;
