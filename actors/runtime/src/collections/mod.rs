//! Typed collections in an actor's state.
//!
//! A field of a state is a [`Root`]: a bare CID on the wire that knows its key and value types. [`Map`] and
//! [`Array`] open it. [`TopMap`] keeps the top of a map inside the state root, which saves a block a write;
//! [`InlineMap`] keeps a small map there. [`Link`] is one value in a block of its own.

mod array;
mod hash;
mod inline_map;
mod key;
mod link;
mod map;
mod root;
mod schema;
mod top_map;

pub use array::Array;
pub use inline_map::{InlineKey, InlineMap};
pub use key::MapKey;
pub use link::Link;
pub use map::{Map, Page, Value};
pub use root::{Layout, Narrow, Official, Ordered, Root};
pub use top_map::{Edit, SMALL, TopMap};
