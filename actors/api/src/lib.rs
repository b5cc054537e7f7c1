//! The front door of every actor: its methods, parameters, returns, errors and events.
//!
//! Whoever calls an actor imports this crate and never the actor itself. One module an actor; in each the method
//! table is the page to start with.

pub mod access;
pub mod init;
pub mod token;
