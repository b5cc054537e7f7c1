//! The counter after an upgrade of its state. Interface, methods and invariants are the very files of the first
//! version, compiled against the new layout: only `state.rs` changed.

#[path = "../../counter/src/interface.rs"]
mod interface;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../../counter/src/invariants.rs"]
pub mod invariants;
#[path = "../../counter/src/methods/mod.rs"]
mod methods;
pub mod state;
#[path = "../../counter/src/state.rs"]
pub mod state_v1;

pub use interface::*;

/// The actor.
pub struct CounterActor;

holdfast_runtime::actor!(Counter => CounterActor);
