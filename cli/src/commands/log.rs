//! `holdfast log`: the access log of a gateway under a Merkle root.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use data_encoding::HEXLOWER;
use holdfast_client::{AccessLog, MAX_ENTRY};

use crate::output::{grouped, print};
use crate::progress::{PROGRESS_LINES, Progress};

/// What to do with a log. Every line is an entry, without its line break
#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Print the root, which the gateway gives to the actor
    Root {
        /// The log
        file: PathBuf,
    },
    /// Print the path of an entry to the root
    Prove {
        /// The log
        file: PathBuf,
        /// The number of the entry, from 0
        entry: u64,
    },
}

/// Runs it.
///
/// # Errors
/// When an entry is too long, or there is no such entry.
pub(crate) fn run(command: &LogCommand) -> Result<()> {
    match command {
        LogCommand::Root { file } => {
            let log = read(file)?;
            let root = log.root()?;
            eprintln!("{} entries", grouped(log.count()));
            print(&format!("0x{}", HEXLOWER.encode(&root)))
        }
        LogCommand::Prove { file, entry } => {
            let path = read(file)?.prove(*entry)?;
            print(&format!("0x{}", HEXLOWER.encode(path.as_flattened())))
        }
    }
}

fn read(path: &Path) -> Result<AccessLog> {
    let shown = || path.display().to_string();
    let unread = || format!("{}: cannot be read", shown());
    let mut input = BufReader::new(File::open(path).with_context(unread)?);
    let (mut log, mut line) = (AccessLog::new(), Vec::new());
    let mut progress = Progress::of("entries read");
    loop {
        line.clear();
        // One byte more than an entry and its line break: enough to see that it is too long.
        let limit = MAX_ENTRY as u64 + 2;
        let read = input.by_ref().take(limit).read_until(b'\n', &mut line);
        if read.with_context(unread)? == 0 {
            break;
        }
        log.push(line.strip_suffix(b"\n").unwrap_or(&line))
            .with_context(shown)?;
        if log.count() % PROGRESS_LINES == 0 {
            progress.at(log.count());
        }
    }
    Ok(log)
}
