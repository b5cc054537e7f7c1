//! The holdfast command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use holdfast_bundle::cli::BundleCommand;

/// Native actors for Filecoin, and a network to try them on.
#[derive(Debug, Parser)]
#[command(name = "holdfast", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build, inspect and verify bundles of actors
    #[command(subcommand)]
    Bundle(BundleCommand),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Bundle(command) => holdfast_bundle::cli::run(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("holdfast: {error}");
            ExitCode::FAILURE
        }
    }
}
