//! For tests only: a double of the machine, and the gathering of broken invariants.

mod mock;
mod violations;

pub use mock::{Mock, RECEIVER, Reply};
pub use violations::Violations;
