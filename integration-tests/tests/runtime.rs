//! The runtime on the real FVM: test actors that go where the test double cannot.

#[path = "runtime/support.rs"]
mod support;

#[path = "runtime/faces.rs"]
mod faces;
#[path = "runtime/limits.rs"]
mod limits;
#[path = "runtime/rules.rs"]
mod rules;
#[path = "runtime/upgrade.rs"]
mod upgrade;
