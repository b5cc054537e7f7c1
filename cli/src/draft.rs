//! Files that commands make: whole or not at all.

use std::fs::{File, Permissions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::{Builder, NamedTempFile};

/// A file in the making, beside the place where it will be.
pub(crate) struct Draft {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    replace: bool,
}

impl Draft {
    /// Begins a file.
    ///
    /// # Errors
    /// When something is at its place and is not to be replaced, or the folder cannot be written.
    pub(crate) fn new(path: &Path, replace: bool) -> Result<Self> {
        if !replace && path.exists() {
            bail!("{} exists: give --force to replace it", path.display());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = Builder::new();
        #[cfg(unix)]
        builder.permissions(common());
        let file = builder.tempfile_in(folder.unwrap_or(Path::new(".")));
        let file = file.with_context(|| format!("{}: cannot be written", path.display()))?;
        Ok(Self {
            file: BufWriter::new(file),
            path: path.to_owned(),
            replace,
        })
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// When the disk is full, or somebody else was faster.
    pub(crate) fn finish(self) -> Result<()> {
        let failed = || format!("{}: cannot be written", self.path.display());
        let file = self.file.into_inner().map_err(|error| error.into_error());
        let file = file.with_context(failed)?;
        file.as_file().sync_all().with_context(failed)?;
        let placed = if self.replace {
            file.persist(&self.path)
        } else {
            file.persist_noclobber(&self.path)
        };
        placed
            .map(|_: File| ())
            .map_err(|error| error.error)
            .with_context(failed)
    }
}

/// What the user's mask leaves of reading and writing by everybody, as for any new file.
#[cfg(unix)]
fn common() -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(0o666)
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
