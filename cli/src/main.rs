//! The holdfast command. Data goes to stdout, progress to stderr, and an error is one sentence.

mod commands;
mod demo;
mod output;
#[cfg(test)]
mod round_trips;

use std::process::ExitCode;

use anyhow::Result;
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
    /// Print an actor's interface as JSON, Solidity or a page of the docs
    Idl(commands::idl::IdlArgs),
    /// Encode parameters or calldata, with a ready line that sends them
    Encode(commands::encode::EncodeArgs),
    /// Decode parameters, return values, events, state and revert data
    Decode(commands::decode::DecodeArgs),
    /// Print the type numbers of the suite, for whoever creates actors
    Types(commands::types::TypesArgs),
    /// Print the measured gas of messages beside their goals
    Gas(commands::gas::GasArgs),
    /// Start a Filecoin network in this process and tell the token's story on it
    Demo(demo::DemoArgs),
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("holdfast: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    match command {
        Command::Bundle(command) => Ok(holdfast_bundle::cli::run(command)?),
        Command::Idl(args) => commands::idl::run(args),
        Command::Encode(args) => commands::encode::run(args),
        Command::Decode(args) => commands::decode::run(args),
        Command::Types(args) => commands::types::run(args),
        Command::Gas(args) => commands::gas::run(args),
        Command::Demo(args) => demo::run(args),
    }
}
