//! The network as a whole, on the real FVM with the real actors: one binary, so that actors are compiled once.

#[path = "network/support.rs"]
mod support;

#[path = "network/evm.rs"]
mod evm;
#[path = "network/genesis.rs"]
mod genesis;
#[path = "network/null_rounds.rs"]
mod null_rounds;
#[path = "network/open.rs"]
mod open;
#[path = "network/pool.rs"]
mod pool;
#[path = "network/reads.rs"]
mod reads;
#[path = "network/tipsets.rs"]
mod tipsets;
#[path = "network/traces.rs"]
mod traces;
#[path = "network/transfers.rs"]
mod transfers;
#[path = "network/upgrade.rs"]
mod upgrade;
