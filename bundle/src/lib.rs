//! Builds, inspects and verifies the bundle of actors: the official ones, our Init in the place of theirs, and the suite.
//!
//! [`official()`] fetches the official actors and checks them against a pinned manifest. [`wasm::build`] compiles actors so that
//! the same sources and compiler give the same bytes everywhere. [`build::build`] merges both into one CAR, [`verify()`] checks every
//! rule of a bundle, [`inspect()`] and [`diff()`] show what is inside.

pub mod build;
pub mod car;
pub mod cli;
mod diff;
mod error;
mod flavour;
mod inspect;
pub mod manifest;
mod official;
mod release;
pub mod suite;
pub mod types_library;
pub mod upgrade;
mod verify;
pub mod wasm;
mod workspace;

pub use diff::{Change, ChangeKind, Diff, diff};
pub use error::{Error, Result};
pub use flavour::Flavour;
pub use inspect::{ActorType, Inspection, inspect};
pub use manifest::Bundle;
pub use official::{BUNDLE_VARIABLE, checked, official};
pub use release::{ActorsVersion, Release};
pub use verify::{Facts, Problem, facts, verify};
pub use workspace::Workspace;
