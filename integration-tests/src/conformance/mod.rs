//! Suites that judge an actor by a standard, whoever wrote it: ours and OpenZeppelin's contracts run through the same
//! cases, so the suites are judged too.
//!
//! A suite is a list of [`Case`]s, each a sentence. Every case starts from its own fork of one prepared `World`, and
//! [`check`] names every case that fails. What a subject is made of, and what its standard leaves open, a trait tells
//! ([`Subject`] and its like); everything else the suite finds out by itself, through the Solidity interface.
//!
//! ```no_run
//! use holdfast_integration_tests::conformance::{Cast, HoldfastToken, check, erc20};
//!
//! check(erc20::CASES, &HoldfastToken, Cast::mixed);
//! ```

mod access;
pub mod erc20;
pub mod evm_face;
pub mod frc46;
mod openzeppelin;
pub mod ownership;
pub mod receiver;
mod refusal;
mod stage;
mod suite;
mod token;
pub mod votes;

pub use access::HoldfastAccess;
pub use erc20::{Erc20Subject, SUPPLY};
pub use evm_face::FaceSubject;
pub use frc46::{Frc46Refusal, Frc46Subject};
pub use openzeppelin::OpenZeppelin;
pub use receiver::ReceiverSubject;
pub use refusal::Refusal;
pub use stage::{Cast, Stage, Subject};
pub use suite::{Case, Failed, check, failures};
pub use token::HoldfastToken;

pub(crate) use suite::cases;
