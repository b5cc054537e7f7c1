//! What can go wrong with a bundle, each as one sentence.

use std::path::{Path, PathBuf};

use cid::Cid;

use crate::Release;
use crate::verify::Problem;

/// Why a bundle could not be fetched, read, built or accepted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The command runs outside the project's folder.
    #[error(
        "{} is not inside a Holdfast checkout: change into the folder that holds rust-toolchain.toml and bundle/official-car",
        .0.display()
    )]
    NotACheckout(PathBuf),
    /// No official bundle has this flavour.
    #[error("{0:?} is not a flavour: choose calibrationnet, mainnet, devnet or testing-fake-proofs")]
    UnknownFlavour(String),
    /// No official bundle of this version is pinned.
    #[error("{0:?} is not a version of the official actors: choose 17, 18 or 19")]
    UnknownActorsVersion(String),
    /// The bytes are not a CAR of version 1.
    #[error("not a CAR of version 1: {0}")]
    NotACar(String),
    /// A bundle or a state has exactly one root.
    #[error("the CAR has {0} roots, it must have 1")]
    Roots(usize),
    /// The bytes of a block do not have the hash that its CID promises.
    #[error("block {expected} is damaged: its bytes hash to {actual}")]
    DamagedBlock {
        /// The CID the CAR gives.
        expected: Box<Cid>,
        /// The CID of the bytes.
        actual: Box<Cid>,
    },
    /// The CID uses a hash other than blake2b-256 or sha2-256.
    #[error("block {0} has a hash function that is not supported: use blake2b-256")]
    UnknownHash(Cid),
    /// A block that is needed is not there.
    #[error("{what} is missing: there is no block {cid}")]
    MissingBlock {
        /// What it holds.
        what: String,
        /// The missing block.
        cid: Box<Cid>,
    },
    /// The manifest cannot be read.
    #[error("manifest {cid} cannot be read: {reason}")]
    BadManifest {
        /// The manifest's root.
        cid: Box<Cid>,
        /// What is wrong with it.
        reason: String,
    },
    /// An official bundle is not the pinned one.
    #[error("{origin}: the manifest is {found}, but {release} is pinned to {expected}")]
    WrongManifest {
        /// Where the bundle came from.
        origin: String,
        /// The bundle that was asked for.
        release: Release,
        /// The pinned manifest CID.
        expected: Box<Cid>,
        /// The manifest CID of the bundle that was offered.
        found: Box<Cid>,
    },
    /// None of the sources of the official bundle gave a good one.
    #[error(
        "no source has the official bundle {release}; put its CAR into a file and name it in HOLDFAST_OFFICIAL_BUNDLE. Tried:\n{}",
        tried.join("\n")
    )]
    NoOfficialBundle {
        /// The bundle that was asked for.
        release: Release,
        /// One sentence a source.
        tried: Vec<String>,
    },
    /// A program could not be started.
    #[error("{program} cannot be started ({source}): install it and try again")]
    NoProgram {
        /// The program.
        program: String,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A program ended with a failure.
    #[error("`{command}` failed with {status}{}", sentence(output))]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: std::process::ExitStatus,
        /// The last line it wrote.
        output: String,
    },
    /// The answer of a program cannot be understood.
    #[error("`{command}` answered something unexpected: {reason}")]
    Answer {
        /// The command line.
        command: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The compiler is too old for the FVM's WASM features.
    #[error("{found} cannot build actors: install rustc 1.88 or newer")]
    OldCompiler {
        /// The version that was found.
        found: String,
    },
    /// There is no standard library for wasm32.
    #[error(
        "no WASM standard library: run `rustup target add wasm32-unknown-unknown`, or on Debian `apt-get install rustc-web rust-web-src`. Tried:\n{}",
        .0.join("\n")
    )]
    NoWasmStd(Vec<String>),
    /// `HOLDFAST_WASM_STD` has a value that means nothing.
    #[error("HOLDFAST_WASM_STD={0:?} means nothing: use installed, rustup or debian")]
    UnknownWasmStd(String),
    /// The name of an actor in the manifest is malformed.
    #[error(
        "{0:?} cannot be the name of an actor: use 1 to 64 characters out of a-z, 0-9 and _, letter first"
    )]
    BadName(String),
    /// A module is not given as name=file.wasm.
    #[error("{0:?} names no module: write name=file.wasm")]
    BadModule(String),
    /// Two actors would have the same name.
    #[error("the name {0} stands twice in the manifest")]
    NameTwice(String),
    /// Two actors would have the same code.
    #[error("{first} and {second} have the same code {code}: a code CID may stand once in a manifest")]
    CodeTwice {
        /// The earlier name.
        first: String,
        /// The later name.
        second: String,
        /// The code they share.
        code: Box<Cid>,
    },
    /// An actor that should be replaced is not there.
    #[error("the bundle has no actor {0} to replace")]
    NothingToReplace(String),
    /// A state tree cannot be read.
    #[error("state {root} cannot be read: {reason}")]
    BadStateTree {
        /// The state root.
        root: Box<Cid>,
        /// What is wrong with it.
        reason: String,
    },
    /// A state tree has a version that no network with these actors has.
    #[error("state {root} is a tree of version {version}: only version 5 can be upgraded")]
    StateTreeVersion {
        /// The state root.
        root: Box<Cid>,
        /// The version it has.
        version: u64,
    },
    /// A state tree lacks the actor that holds the manifest.
    #[error("state {0} has no system actor f00, so no manifest")]
    NoSystemActor(Box<Cid>),
    /// A state tree holds an actor of no known type.
    #[error(
        "state {root}: the actor f0{id} has code {code}, which the state's own manifest {manifest} does not list"
    )]
    UnknownCode {
        /// The state root.
        root: Box<Cid>,
        /// The lowest id of such an actor.
        id: u64,
        /// Its code.
        code: Box<Cid>,
        /// The manifest data CID that f00 holds.
        manifest: Box<Cid>,
    },
    /// A name stays: every later bundle has it.
    #[error(
        "the new manifest {manifest} lacks {}, which the state's manifest has: every later bundle keeps the names of the earlier ones",
        names.join(", ")
    )]
    NamesGone {
        /// The missing names.
        names: Vec<String>,
        /// The manifest data CID of the new bundle.
        manifest: Box<Cid>,
    },
    /// The bundle breaks rules.
    #[error("the bundle is refused:\n{}", problems(.0))]
    Refused(Vec<Problem>),
}

/// What the functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Names the file or folder in a failure of the system.
    pub(crate) fn io(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::Io { path, source }
    }
}

fn sentence(output: &str) -> String {
    if output.is_empty() {
        String::new()
    } else {
        format!(": {output}")
    }
}

fn problems(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(|p| format!("  {p}")).collect();
    lines.join("\n")
}
