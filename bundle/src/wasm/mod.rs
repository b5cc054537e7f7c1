//! Building actors to WASM, so that the same sources and compiler give the same bytes everywhere.

mod remap;
mod std_source;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::run;
use crate::{Error, Result, Workspace};

pub use std_source::{Toolchain, WasmStd};

/// The target that the FVM runs.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The FVM refuses reference types and multi-value; the others save gas and size.
const TARGET_FEATURES: &str = "-reference-types,-multivalue,+bulk-memory,+sign-ext,+mutable-globals";

/// Bytes. Every invocation pays for its initial memory, so the stack is kept small.
const SHADOW_STACK: u32 = 65_536;

/// Variables that would change the code behind the user's back.
const FOREIGN_VARIABLES: &[&str] = &[
    "CARGO",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_INCREMENTAL",
    "CARGO_TARGET_DIR",
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
    "RUSTC",
    "RUSTC_BOOTSTRAP",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];

/// One actor, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wasm {
    /// The cargo package.
    pub package: String,
    /// The module.
    pub bytes: Vec<u8>,
}

/// Compiles workspace packages to WASM modules, in the given order.
///
/// # Errors
/// When there is no WASM standard library or a package does not compile.
pub fn build(packages: &[&str]) -> Result<Vec<Wasm>> {
    let workspace = Workspace::find()?;
    let toolchain = Toolchain::choose(&workspace)?;
    build_with(&workspace, &toolchain, packages)
}

/// Like [`build`], in a given checkout with a given toolchain.
///
/// # Errors
/// When a package does not compile.
pub fn build_with(workspace: &Workspace, toolchain: &Toolchain, packages: &[&str]) -> Result<Vec<Wasm>> {
    let flags = flags(&remap::prefixes(workspace, toolchain)?);
    packages
        .iter()
        .map(|package| build_one(workspace, toolchain, &flags, package))
        .collect()
}

/// Where the module of a workspace package lies once it is built.
pub fn module_file(workspace: &Workspace, package: &str) -> PathBuf {
    workspace
        .target()
        .join(format!("wasm/{TARGET}/wasm/{package}.wasm"))
}

/// A cargo run a package: together they would share features, and one package's bytes would depend on its neighbours.
fn build_one(workspace: &Workspace, toolchain: &Toolchain, flags: &str, package: &str) -> Result<Wasm> {
    let target = workspace.target().join("wasm");
    let mut cargo = cargo(workspace, toolchain);
    cargo
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        .args(["rustc", "--locked", "--profile", "wasm", "--target", TARGET])
        .args(["--package", package, "--lib", "--crate-type", "cdylib"])
        .args([Path::new("--target-dir"), &target])
        .args(toolchain.cargo_arguments());
    run(&mut cargo)?;
    let file = module_file(workspace, package);
    let bytes = std::fs::read(&file).map_err(Error::io(&file))?;
    let package = package.to_owned();
    Ok(Wasm { package, bytes })
}

/// A cargo that only the checkout and the chosen toolchain can influence.
fn cargo(workspace: &Workspace, toolchain: &Toolchain) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace.root());
    for (name, _) in std::env::vars_os() {
        let profile = name.to_string_lossy().starts_with("CARGO_PROFILE_");
        if profile || FOREIGN_VARIABLES.iter().any(|foreign| name == *foreign) {
            cargo.env_remove(&name);
        }
    }
    cargo.envs(toolchain.variables());
    cargo
}

fn flags(prefixes: &[(String, String)]) -> String {
    let mut flags = vec![
        format!("-Ctarget-feature={TARGET_FEATURES}"),
        format!("-Clink-arg=-zstack-size={SHADOW_STACK}"),
    ];
    let remaps = prefixes.iter();
    flags.extend(remaps.map(|(from, to)| format!("--remap-path-prefix={from}={to}")));
    flags.join("\u{1f}")
}
