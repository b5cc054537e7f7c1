//! The token on the test double of the machine, ordered as the token is.

mod allowances;
mod batch;
mod callbacks;
mod creation;
mod desk;
mod holders;
mod invariants;
mod mint_and_burn;
mod permits;
mod recipients;
mod roles;
mod transfers;
mod votes;
