//! What the guest book keeps.

use holdfast_runtime::collections::Tree;
use holdfast_runtime::state::{State, Version};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

/// The state's root block.
#[derive(Clone, Debug, Default, Serialize_tuple, Deserialize_tuple)]
pub struct GuestBookState {
    /// The layout's version.
    pub version: Version<1>,
    /// How many have signed.
    pub guests: u64,
    /// Who signed, with the place in the book.
    pub places: Tree<u64, u64>,
}

impl State for GuestBookState {
    const VERSION: Option<u64> = Some(1);
}
