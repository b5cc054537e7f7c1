//! Typed collections in an actor's state.
//!
//! A field of a state is a [`Root`]: a bare CID on the wire that knows its key and value types. [`Map`] and
//! [`Array`] open it. [`TopMap`] keeps the top of a map inside the state root, which saves a block a write.

mod array;
mod hash;
mod key;
mod link;
mod map;
mod root;
mod top_map;

pub use array::Array;
pub use key::MapKey;
pub use link::Link;
pub use map::{Map, Page, Value};
pub use root::{Layout, Narrow, Official, Root};
pub use top_map::{SMALL, TopMap};
