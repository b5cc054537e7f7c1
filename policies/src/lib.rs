//! The rules of Holdfast: pure Rust, integers only, no FVM, no storage.
//!
//! A rule is a function from numbers to a number or a refusal. Actors ask it between reading and writing their
//! state, so a rule can be read, tested and proved without them.

pub mod access;
pub mod allowance;
pub mod amount;
pub mod supply;
pub mod votes;
