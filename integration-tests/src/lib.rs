//! Stories on the real FVM.
//!
//! A [`World`] is a network in this process whose actors are checked after every message: all named invariants of
//! every actor, FIL over the whole state tree, and that a failed message changed nothing. A story reads as one:
//!
//! ```no_run
//! use holdfast_integration_tests::reverts::insufficient_balance;
//! use holdfast_integration_tests::{World, tokens};
//! use holdfast_localnet::Kind;
//!
//! let mut w = World::new();
//! let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
//! let token = w.story_token(&alice);
//! w.frc46(token).transfer(&alice, &carol, tokens(5)).ok();
//! let short = insufficient_balance(w.eth(&carol), &tokens(5), &tokens(6));
//! w.erc20(token).transfer(&carol, &alice, tokens(6)).reverts(short);
//! ```

pub mod abi;
pub mod access;
mod answer;
pub mod bench;
pub mod bundle;
pub mod carried;
pub mod chart;
mod check;
pub mod conformance;
mod council;
pub mod cuts;
pub mod eip712;
mod event;
mod faces;
pub mod gas;
pub mod hostile;
mod message;
pub mod model;
mod party;
pub mod permit;
mod registry;
pub mod reverts;
pub mod solidity;
mod token;
pub mod votes;
mod world;

pub use answer::{Answer, Failure};
pub use council::Council;
pub use event::{cbor_event, log};
pub use faces::{Erc20, Frc46};
pub use message::Message;
pub use party::{Nobody, Party};
pub use registry::NextVersions;
pub use token::{TokenParams, endless, tokens};
pub use world::{EvmCall, World};
