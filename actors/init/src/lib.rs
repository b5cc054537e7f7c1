//! The Init actor of a Holdfast bundle, in the place of the official one.
//!
//! Init is the only actor that may create actors. It hands out ids one after the other and keeps the map from
//! robust addresses to ids, which the machine itself reads.
//!
//! To every call that the official Init answers, this one gives the same answer, and its state has the same bytes
//! ([`state`]). What it adds, for the types from 17 on: [`methods::exec_native`] creates them for accounts and
//! multisigs, [`methods::exec`] for every actor and contract, [`methods::create`] for Ethereum wallets, and
//! [`methods::exec_canonical`] gives a type the one instance whose address everybody knows. The README lists each
//! difference.

mod creation;
mod guard;
#[cfg(not(target_arch = "wasm32"))]
pub mod invariants;
pub mod methods;
pub mod state;

pub use guard::Guarded;

/// The Init actor.
pub struct InitActor;

holdfast_runtime::actor!(Guarded => InitActor);
