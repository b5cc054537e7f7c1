//! Our Init beside the official one, on the real FVM: the same answers to every official call, and what we add.

#[path = "init/support.rs"]
mod support;

#[path = "init/calls.rs"]
mod calls;

#[path = "init/evm.rs"]
mod evm;

#[path = "init/pair.rs"]
mod pair;

#[path = "init/messages.rs"]
mod messages;

#[path = "init/differential.rs"]
mod differential;

#[path = "init/additions.rs"]
mod additions;

#[path = "init/births.rs"]
mod births;

#[path = "init/canonical.rs"]
mod canonical;

#[path = "stories/mod.rs"]
mod stories;
