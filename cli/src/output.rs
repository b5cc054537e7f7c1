//! Data goes to stdout through here.

use std::io::{ErrorKind, Write};

use anyhow::{Context, Result};

/// Writes a line, or many, to stdout. A reader that stops early, as `head` does, is no error.
///
/// # Errors
/// When stdout cannot be written.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let written = out
        .write_all(text.trim_end_matches('\n').as_bytes())
        .and_then(|()| out.write_all(b"\n"));
    match written {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to stdout"),
    }
}

/// Writes a value as indented JSON.
///
/// # Errors
/// When stdout cannot be written.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<()> {
    print(&format!("{value:#}"))
}
