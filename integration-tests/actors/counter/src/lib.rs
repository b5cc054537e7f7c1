//! A counter that shows everything an actor of the suite can use; read it before you write one.
//!
//! Whoever calls raises it and owns the points they raised. Points can be bought with FIL, given away (the
//! recipient is told by the receiver hook) and listed; the owner withdraws the FIL. Its interface would be a module
//! of the `api` crate if the counter were more than an example.
//!
//! Invariants: `points_sum_to_height`, `history_sums_to_height`, `names_fit`, `cash_is_in_the_balance`.

mod interface;
#[cfg(not(target_arch = "wasm32"))]
pub mod invariants;
mod methods;
pub mod state;

pub use interface::*;

/// The actor.
pub struct CounterActor;

holdfast_runtime::actor!(Counter => CounterActor);
