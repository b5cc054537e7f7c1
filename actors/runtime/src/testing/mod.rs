//! For tests only: a double of the machine, texts that pin an interface, and the gathering of broken invariants.

pub mod golden;
mod mock;
pub(crate) mod owed;
mod violations;

pub use mock::{Mock, RECEIVER, Reply};
pub use violations::Violations;
