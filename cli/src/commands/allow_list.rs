//! `holdfast allow-list`: lists of subjects under a Merkle root.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use data_encoding::HEXLOWER;
use holdfast_client::AllowList;

use crate::output::{grouped, print};
use crate::progress::{PROGRESS_LINES, Progress};

/// What to do with a list. One subject a line: 0x.., f410.., or f0.. for an actor without an f410 address
#[derive(Debug, Subcommand)]
pub(crate) enum AllowListCommand {
    /// Print the root, which the owner gives to the actor
    Root {
        /// The list
        file: PathBuf,
    },
    /// Print the path of a subject to the root, as `ListProof.path` takes it
    Prove {
        /// The list
        file: PathBuf,
        /// The subject, in any form that the list takes
        subject: String,
    },
}

/// Runs it.
///
/// # Errors
/// When a line names no subject, two name the same, or the subject is not on the list.
pub(crate) fn run(command: &AllowListCommand) -> Result<()> {
    match command {
        AllowListCommand::Root { file } => {
            let list = read(file)?;
            eprintln!("{} subjects", grouped(list.len() as u64));
            print(&format!("0x{}", HEXLOWER.encode(&list.root())))
        }
        AllowListCommand::Prove { file, subject } => {
            let subject = holdfast_client::subject(subject)?;
            let path = read(file)?.prove(&subject)?;
            print(&format!("0x{}", HEXLOWER.encode(path.as_flattened())))
        }
    }
}

fn read(path: &Path) -> Result<AllowList> {
    let shown = || path.display().to_string();
    let file = File::open(path).with_context(|| format!("{}: cannot be read", shown()))?;
    let mut progress = Progress::of("lines read");
    let told = |lines| {
        if lines % PROGRESS_LINES == 0 {
            progress.at(lines);
        }
    };
    AllowList::read(BufReader::new(file), told).with_context(shown)
}
