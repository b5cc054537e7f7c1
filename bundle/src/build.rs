//! The merged bundle: the official actors, our Init in the place of theirs, the suite from 17 on, then what was added.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::inspect::{Inspection, inspect};
use crate::manifest::replace;
use crate::official::official;
use crate::suite::{Place, SUITE};
use crate::verify::verify;
use crate::wasm::{Toolchain, Wasm, build_with};
use crate::workspace::write_atomically;
use crate::{ActorsVersion, Bundle, Error, Release, Result, Workspace};

/// A WASM module that is not the suite's: it joins the bundle after the suite, or stands instead of a module of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The name in the manifest; a new one should carry its maker's prefix.
    pub name: String,
    /// The file with the module.
    pub file: PathBuf,
}

impl FromStr for Module {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once('=') {
            Some((name, file)) if !name.is_empty() && !file.is_empty() => Ok(Self {
                name: name.to_owned(),
                file: file.into(),
            }),
            _ => Err(Error::BadModule(text.to_owned())),
        }
    }
}

/// What to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The official actors to build on.
    pub release: Release,
    /// Modules that follow the suite, in this order.
    pub additions: Vec<Module>,
    /// Modules that stand instead of those of the suite: the next version of an actor, to rehearse its upgrade.
    pub replacements: Vec<Module>,
    /// Where to write; [`Workspace::bundle_car`] when absent.
    pub output: Option<PathBuf>,
}

/// How a bundle was made; it lies beside the CAR as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildRecord {
    /// What `rustc --version` printed. Another compiler gives other code CIDs.
    pub compiler: String,
    /// Where the WASM standard library came from.
    pub wasm_std: String,
    /// The version of the official actors.
    pub actors: ActorsVersion,
    /// The flavour of the official actors.
    pub flavour: String,
    /// The manifest CID of the official actors.
    pub official_manifest: String,
    /// The contents of the merged bundle.
    pub bundle: Inspection,
}

impl BuildRecord {
    /// Reads the record that lies beside a CAR.
    ///
    /// # Errors
    /// When it is missing or malformed.
    pub fn beside(car: &Path) -> Result<Self> {
        let path = record_path(car);
        let text = std::fs::read(&path).map_err(Error::io(&path))?;
        serde_json::from_slice(&text).map_err(|error| Error::io(&path)(error.into()))
    }
}

/// A bundle on disk.
#[derive(Clone, Debug)]
pub struct Built {
    /// The CAR.
    pub path: PathBuf,
    /// The same bundle in memory.
    pub bundle: Bundle,
    /// How it was made.
    pub record: BuildRecord,
}

/// Builds the suite, merges it with the official actors, verifies the result and writes it.
///
/// Progress goes to stderr.
///
/// # Errors
/// When the official bundle cannot be had, an actor does not compile, a module cannot be read, a replaced name is not there, or the
/// result breaks a rule of [`verify`].
pub fn build(workspace: &Workspace, options: &Options) -> Result<Built> {
    let official = official(workspace, options.release)?;
    let toolchain = Toolchain::choose(workspace)?;
    let packages: Vec<&str> = SUITE.iter().map(|actor| actor.package).collect();
    eprintln!("compiling {} to WASM", packages.join(", "));
    let suite = build_with(workspace, &toolchain, &packages)?;
    let mut bundle = assemble(&official, suite, read(&options.additions)?)?;
    for (name, wasm) in read(&options.replacements)? {
        bundle = bundle.with_replaced(&name, wasm)?;
    }
    let kept = workspace.bundle_car(options.release);
    let path = options.output.clone().unwrap_or(kept);
    verify_new(&path, &bundle, &official)?;
    let record = BuildRecord {
        compiler: toolchain.compiler().to_owned(),
        wasm_std: toolchain.std().origin().to_owned(),
        actors: options.release.actors,
        flavour: options.release.flavour.name().to_owned(),
        official_manifest: official.root().to_string(),
        bundle: inspect(&bundle),
    };
    write(&path, &bundle, &record)?;
    Ok(Built { path, bundle, record })
}

/// Puts the compiled suite and the additions (name and module) into an official bundle.
///
/// # Errors
/// When a name is malformed or stands twice, or a code stands twice.
pub fn assemble(official: &Bundle, suite: Vec<Wasm>, additions: Vec<(String, Vec<u8>)>) -> Result<Bundle> {
    let mut actors = official.actors();
    for Wasm { package, bytes } in suite {
        let Some(actor) = SUITE.iter().find(|actor| actor.package == package) else {
            actors.push((package, bytes));
            continue;
        };
        match actor.place {
            Place::Type(_) => actors.push((actor.name.to_owned(), bytes)),
            Place::Official => replace(&mut actors, actor.name, bytes)?,
        }
    }
    actors.extend(additions);
    Bundle::from_actors(actors)
}

fn read(modules: &[Module]) -> Result<Vec<(String, Vec<u8>)>> {
    modules
        .iter()
        .map(|Module { name, file }| {
            let wasm = std::fs::read(file).map_err(Error::io(file))?;
            Ok((name.clone(), wasm))
        })
        .collect()
}

/// A file with the same bytes has been verified when it was written.
fn verify_new(path: &Path, bundle: &Bundle, official: &Bundle) -> Result<()> {
    let bytes = bundle.car().write()?;
    if std::fs::read(path).is_ok_and(|kept| kept == bytes) {
        return Ok(());
    }
    eprintln!("verifying the bundle: its rules, and that the FVM compiles every module");
    verify(bundle, Some(official))
}

fn write(path: &Path, bundle: &Bundle, record: &BuildRecord) -> Result<()> {
    let record_path = record_path(path);
    let text = serde_json::to_string_pretty(record).map_err(|error| Error::io(&record_path)(error.into()))?;
    write_atomically(path, &bundle.car().write()?)?;
    write_atomically(&record_path, format!("{text}\n").as_bytes())
}

fn record_path(car: &Path) -> PathBuf {
    car.with_extension("json")
}
