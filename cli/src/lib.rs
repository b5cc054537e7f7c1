//! What the command knows of the actors, for itself and for the integration tests.

pub mod registry;
pub mod target;
