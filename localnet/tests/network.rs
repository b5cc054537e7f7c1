//! The network as a whole, on the real FVM with the real actors: one binary, so that actors are compiled once.

#[path = "network/support.rs"]
mod support;

#[path = "network/basics.rs"]
mod basics;
