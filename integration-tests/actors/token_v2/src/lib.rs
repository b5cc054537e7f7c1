//! The token after an upgrade of its state, with one method more. Everything that is not about the new field are the
//! very files of the first version, compiled against the new layout.

#[path = "../../../../actors/token/src/account.rs"]
pub mod account;
#[path = "../../../../actors/token/src/eip712.rs"]
pub mod eip712;
#[path = "../../../../actors/token/src/events.rs"]
mod events;
mod interface;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../../../../actors/token/src/invariants.rs"]
pub mod invariants;
#[path = "../../../../actors/token/src/ledger.rs"]
mod ledger;
#[path = "../../../../actors/token/src/methods/mod.rs"]
mod methods;
#[path = "../../../../actors/token/src/recipient.rs"]
mod recipient;
#[path = "../../../../actors/token/src/roles.rs"]
mod roles;
pub mod state;
#[path = "../../../../actors/token/src/state.rs"]
pub mod state_v1;
#[path = "../../../../actors/token/src/votes.rs"]
pub mod votes;

pub use interface::{TokenV2, method};

/// The actor.
pub struct TokenActor;

holdfast_runtime::actor!(TokenV2 => TokenActor);
