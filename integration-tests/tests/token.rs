//! The token's stories on the real FVM: one binary, so that actors are compiled once.

#[path = "token/first.rs"]
mod first;
