//! Stories on the real FVM.
//!
//! A [`World`] is a network in this process whose actors are checked after every message: all named invariants of
//! every actor, FIL over the whole state tree, and that a failed message changed nothing. A story reads as one:
//!
//! ```ignore
//! let mut w = World::new();
//! let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 1));
//! let token = w.create_token(&alice, plain("Story", 100, &alice));
//! w.call::<method::Transfer>(&alice, token, &transfer(&bob, 5)).emits(..).ok();
//! w.evm(&bob, token, IToken::transferCall { .. }).reverts(ERC20InsufficientBalance { .. });
//! ```

pub mod abi;
mod answer;
pub mod bundle;
mod check;
mod event;
pub mod gas;
mod registry;
mod token;
mod world;

pub use answer::{Answer, Failure};
pub use event::{cbor_event, log};
pub use token::{TokenParams, tokens};
pub use world::{EvmCall, World};
