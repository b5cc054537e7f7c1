//! `holdfast keys`: the X25519 keys of readers.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use holdfast_client::ReaderKey;

use crate::output::print;

/// What to do with a key.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a key, in a new file that only you can read, and print its public key
    New {
        /// The file; one that exists is never replaced
        file: PathBuf,
    },
    /// Print the public key, which owners encrypt to
    Show {
        /// The file
        file: PathBuf,
    },
}

/// Runs it.
///
/// # Errors
/// When the file cannot be written or read, or is open to others.
pub(crate) fn run(command: &KeysCommand) -> Result<()> {
    let key = match command {
        KeysCommand::New { file } => {
            let key = ReaderKey::generate();
            key.save(file)?;
            key
        }
        KeysCommand::Show { file } => ReaderKey::load(file)?,
    };
    print(&key.public().to_string())
}
