//! The bundle that the tests run: always built from the sources as they are now.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use holdfast_bundle::build::assemble;
use holdfast_bundle::suite::SUITE;
use holdfast_bundle::wasm::{Toolchain, build_with};
use holdfast_bundle::{Flavour, Result, Workspace, official};
use holdfast_localnet::Bundle;

/// Actors and how they were compiled.
pub struct Built {
    /// The actors.
    pub bundle: Bundle,
    /// What `rustc --version` said.
    pub compiler: String,
    /// Our actors' WASM modules by name, bytes.
    pub sizes: BTreeMap<String, usize>,
}

/// The calibrationnet flavour with the suite.
pub static CALIBRATION: LazyLock<Built> = LazyLock::new(|| with_actors(Flavour::Calibrationnet, &[]));

/// The official actors of a flavour with the suite and, behind it, the actors of further packages of this workspace.
///
/// # Panics
/// When the official bundle cannot be had or a package does not compile.
pub fn with_actors(flavour: Flavour, packages: &[&str]) -> Built {
    build(flavour, packages).unwrap_or_else(|error| panic!("no bundle: {error}"))
}

fn build(flavour: Flavour, packages: &[&str]) -> Result<Built> {
    let workspace = Workspace::at(env!("CARGO_MANIFEST_DIR").as_ref())?;
    let toolchain = Toolchain::choose(&workspace)?;
    let suite = SUITE.iter().map(|actor| actor.package);
    let all: Vec<&str> = suite.chain(packages.iter().copied()).collect();
    let modules = build_with(&workspace, &toolchain, &all)?;
    let merged = assemble(&official(&workspace, flavour)?, modules, Vec::new())?;
    let sizes = SUITE.iter().filter_map(|actor| {
        let wasm = merged.wasm(actor.name)?;
        Some((actor.name.to_owned(), wasm.len()))
    });
    Ok(Built {
        sizes: sizes.collect(),
        compiler: toolchain.compiler().to_owned(),
        bundle: Bundle::from_car(&merged.car().write()?)
            .unwrap_or_else(|error| panic!("a readable bundle: {error}")),
    })
}
