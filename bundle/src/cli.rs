//! `holdfast bundle ..`: the commands, which only call the library.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::build::{Module, Options, build};
use crate::car::Car;
use crate::upgrade::upgrade_car;
use crate::wasm::{Toolchain, build_with, module_file};
use crate::workspace::write_atomically;
use crate::{ActorsVersion, Bundle, Error, Flavour, Release, Result, Workspace};
use crate::{diff, inspect, official, verify};

/// What `holdfast bundle` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum BundleCommand {
    /// Build the suite and merge it with the official actors
    Build {
        /// Which official actors
        #[command(flatten)]
        official: OfficialActors,
        /// Append a WASM module after the suite; may be given more than once
        #[arg(long, value_name = "NAME=FILE.wasm")]
        add: Vec<Module>,
        /// Put a WASM module in the place of one of the suite, to rehearse its upgrade; may be given more than once
        #[arg(long, value_name = "NAME=FILE.wasm")]
        replace: Vec<Module>,
        /// Where to write [default: target/bundle/holdfast-FLAVOUR.car, with -vVERSION unless it is 18]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Compile an actor of this workspace to WASM, as `build` does, and print where it lies
    Wasm {
        /// The cargo package
        package: String,
    },
    /// Fetch the official bundle, compare it with the pinned manifest and print where it lies
    Official {
        /// Which official actors
        #[command(flatten)]
        official: OfficialActors,
    },
    /// Print names, type numbers, sizes and code CIDs
    Inspect {
        /// Which bundle
        #[command(flatten)]
        input: Input,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Check every rule that a bundle keeps
    Verify {
        /// Which bundle
        #[command(flatten)]
        input: Input,
    },
    /// Move a state tree to another bundle, as a network upgrade does
    Upgrade {
        /// A CAR whose root is the state root
        #[arg(long, value_name = "FILE")]
        state: PathBuf,
        /// The CAR of the new bundle
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Where to write the new state; without it the command only says what would change
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what changes from one bundle to another
    Diff {
        /// The older CAR
        before: PathBuf,
        /// The newer CAR
        after: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Which official actors a command is about.
#[derive(Clone, Copy, Debug, Args)]
pub struct OfficialActors {
    /// The version of the official actors: 17, 18 or 19
    #[arg(long, value_name = "VERSION", default_value_t)]
    actors: ActorsVersion,
    /// The flavour of the official actors
    #[arg(long, default_value = "calibrationnet")]
    flavour: Flavour,
}

impl OfficialActors {
    fn release(self) -> Release {
        Release::new(self.actors, self.flavour)
    }
}

/// Which bundle a command reads.
#[derive(Clone, Debug, Args)]
pub struct Input {
    /// The CAR [default: target/bundle/holdfast-FLAVOUR.car, with -vVERSION unless it is 18]
    car: Option<PathBuf>,
    /// Its official actors
    #[command(flatten)]
    official: OfficialActors,
}

impl Input {
    fn path(&self) -> Result<PathBuf> {
        match &self.car {
            Some(path) => Ok(path.clone()),
            None => Ok(Workspace::find()?.bundle_car(self.official.release())),
        }
    }
}

/// Runs a command. Results go to stdout, progress to stderr.
///
/// # Errors
/// Those of the function behind the command.
pub fn run(command: &BundleCommand) -> Result<()> {
    match command {
        BundleCommand::Build {
            official,
            add,
            replace,
            output,
        } => run_build(&Options {
            release: official.release(),
            additions: add.clone(),
            replacements: replace.clone(),
            output: output.clone(),
        }),
        BundleCommand::Wasm { package } => run_wasm(package),
        BundleCommand::Official { official } => run_official(official.release()),
        BundleCommand::Inspect { input, json } => show(&inspect(&Bundle::open(&input.path()?)?), *json),
        BundleCommand::Verify { input } => run_verify(input),
        BundleCommand::Upgrade {
            state,
            to,
            output,
            json,
        } => run_upgrade(state, to, output.as_deref(), *json),
        BundleCommand::Diff { before, after, json } => {
            show(&diff(&Bundle::open(before)?, &Bundle::open(after)?), *json)
        }
    }
}

fn run_build(options: &Options) -> Result<()> {
    let built = build(&Workspace::find()?, options)?;
    print(&format!("{}\n{}", built.path.display(), built.record.bundle))
}

fn run_wasm(package: &str) -> Result<()> {
    let workspace = Workspace::find()?;
    let toolchain = Toolchain::choose(&workspace)?;
    build_with(&workspace, &toolchain, &[package])?;
    print(&module_file(&workspace, package).display().to_string())
}

fn run_official(release: Release) -> Result<()> {
    let workspace = Workspace::find()?;
    let bundle = official(&workspace, release)?;
    let path = workspace.official_car(release);
    print(&format!("{}\nmanifest {}", path.display(), bundle.root()))
}

fn run_verify(input: &Input) -> Result<()> {
    let path = input.path()?;
    let official = official(&Workspace::find()?, input.official.release())?;
    let bundle = Bundle::open(&path)?;
    verify(&bundle, Some(&official))?;
    let count = bundle.manifest().entries().len();
    let path = path.display();
    print(&format!("{path}: {count} actors, every rule is kept"))
}

fn run_upgrade(state: &Path, to: &Path, output: Option<&Path>, json: bool) -> Result<()> {
    let bytes = std::fs::read(state).map_err(Error::io(state))?;
    let (car, report) = upgrade_car(&Car::read(&bytes)?, &Bundle::open(to)?)?;
    if let Some(path) = output {
        write_atomically(path, &car.write()?)?;
    }
    show(&report, json)
}

fn show<T: Serialize + std::fmt::Display>(value: &T, json: bool) -> Result<()> {
    if !json {
        return print(&value.to_string());
    }
    let text = serde_json::to_string_pretty(value).map_err(|e| Error::io("stdout")(e.into()))?;
    print(&text)
}

/// A reader that has seen enough, as `head` does, is no failure.
fn print(text: &str) -> Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(Error::io("stdout")),
    }
}
