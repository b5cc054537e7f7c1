//! The suites of `src/conformance` on our actors and on contracts that others wrote.

#[path = "conformance/erc20.rs"]
mod erc20;
#[path = "conformance/evm_face.rs"]
mod evm_face;
#[path = "conformance/faults.rs"]
mod faults;
#[path = "conformance/frc46.rs"]
mod frc46;
#[path = "conformance/ownership.rs"]
mod ownership;
#[path = "conformance/votes.rs"]
mod votes;
