//! The holdfast command. Data goes to stdout, progress to stderr, and an error is one sentence.

mod commands;
mod demo;
mod draft;
mod output;
mod progress;
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
    /// Make and show the keys of readers
    #[command(subcommand)]
    Keys(commands::keys::KeysCommand),
    /// Encrypt a file of a data set, and wrap the key for readers
    Encrypt(commands::encrypt::EncryptArgs),
    /// Decrypt a file with a reader's key and the envelope that the actor keeps
    Decrypt(commands::encrypt::DecryptArgs),
    /// Wrap the key of an envelope for other readers; it stops no old reader, who has the key already
    Rewrap(commands::encrypt::RewrapArgs),
    /// Put a list of subjects under a root, and prove that somebody is on it
    #[command(subcommand)]
    AllowList(commands::allow_list::AllowListCommand),
    /// Put the access log of a gateway under a root, and prove an entry
    #[command(subcommand)]
    Log(commands::log::LogCommand),
    /// Start a Filecoin network in this process and tell the stories of a token and of a data set on it
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
        Command::Keys(command) => commands::keys::run(command),
        Command::Encrypt(args) => commands::encrypt::run_encrypt(args),
        Command::Decrypt(args) => commands::encrypt::run_decrypt(args),
        Command::Rewrap(args) => commands::encrypt::run_rewrap(args),
        Command::AllowList(command) => commands::allow_list::run(command),
        Command::Log(command) => commands::log::run(command),
        Command::Demo(args) => demo::run(args),
    }
}
