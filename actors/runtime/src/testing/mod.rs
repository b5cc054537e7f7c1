//! For tests and tools only: a double of the machine, a store at a moment, texts that pin an interface, and the gathering of broken invariants.

pub mod golden;
mod mock;
mod moment;
pub(crate) mod owed;
mod violations;

pub use mock::{Mock, RECEIVER, Reply, Written};
pub use moment::Moment;
pub use violations::Violations;
