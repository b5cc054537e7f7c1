//! The token's stories on the real FVM: one binary, so that actors are compiled once.

#[path = "token/allowances.rs"]
mod allowances;
#[path = "token/batch.rs"]
mod batch;
#[path = "token/callbacks.rs"]
mod callbacks;
#[path = "token/contracts.rs"]
mod contracts;
#[path = "token/creation.rs"]
mod creation;
#[path = "token/governor.rs"]
mod governor;
#[path = "token/holders.rs"]
mod holders;
#[path = "token/hostile.rs"]
mod hostile;
#[path = "token/matrix.rs"]
mod matrix;
#[path = "token/minting.rs"]
mod minting;
#[path = "token/model/mod.rs"]
mod model;
#[path = "token/multisig.rs"]
mod multisig;
#[path = "token/ownership.rs"]
mod ownership;
#[path = "token/pause.rs"]
mod pause;
#[path = "token/permits.rs"]
mod permits;
#[path = "token/recipients.rs"]
mod recipients;
#[path = "token/transfers.rs"]
mod transfers;
#[path = "token/upgrade.rs"]
mod upgrade;
#[path = "token/votes.rs"]
mod votes;
#[path = "token/world.rs"]
mod world;
