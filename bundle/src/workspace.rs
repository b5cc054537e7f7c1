//! Where things lie in a checkout, and running other programs from there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Error, Release, Result};

/// A checkout of the project.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the checkout that holds the current folder.
    ///
    /// # Errors
    /// When the current folder is not inside one.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().map_err(Error::io("."))?;
        Self::at(&here)
    }

    /// Finds the checkout that holds a folder.
    ///
    /// # Errors
    /// When the folder is not inside one.
    pub fn at(folder: &Path) -> Result<Self> {
        folder
            .ancestors()
            .find(|folder| folder.join("bundle/official-car/go.mod").is_file())
            .map(|root| Self { root: root.into() })
            .ok_or_else(|| Error::NotACheckout(folder.into()))
    }

    /// The top folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where everything generated lies.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The cached official bundle of a release; a flavour alone means version 18 of the actors.
    pub fn official_car(&self, release: impl Into<Release>) -> PathBuf {
        let stem = release.into().file_stem();
        self.target().join(format!("official/{stem}.car"))
    }

    /// The merged bundle on the official actors of a release; a flavour alone means version 18 of the actors.
    pub fn bundle_car(&self, release: impl Into<Release>) -> PathBuf {
        let stem = release.into().file_stem();
        self.target().join(format!("bundle/holdfast-{stem}.car"))
    }
}

/// Writes a file so that no one ever sees half of it.
///
/// # Errors
/// When the folder or the file cannot be written.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let draft = tempfile::NamedTempFile::new_in(folder).map_err(Error::io(folder))?;
    std::fs::write(draft.path(), bytes).map_err(Error::io(draft.path()))?;
    allow_reading(draft.path())?;
    draft
        .persist(path)
        .map_err(|error| Error::io(path)(error.error))?;
    Ok(())
}

/// Temporary files are private to their user; a result is not.
#[cfg(unix)]
fn allow_reading(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(path, mode).map_err(Error::io(path))
}

#[cfg(not(unix))]
fn allow_reading(_: &Path) -> Result<()> {
    Ok(())
}

/// Runs a program to its end; its stderr stays the user's.
///
/// # Errors
/// When the program is not there or fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|source| no_program(command, source))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed {
        command: line(command),
        status,
        output: String::new(),
    })
}

/// Runs a program to its end and returns what it wrote to stdout.
///
/// # Errors
/// When the program is not there or fails; the last line of its stderr is in the error.
pub(crate) fn ask(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| no_program(command, source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = complaint.trim().lines().last().unwrap_or_default();
    Err(Error::Failed {
        command: line(command),
        status: output.status,
        output: last.to_owned(),
    })
}

fn no_program(command: &Command, source: std::io::Error) -> Error {
    Error::NoProgram {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    }
}

/// The command line, for messages.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
