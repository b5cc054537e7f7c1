//! Typed collections in an actor's state.
//!
//! [`Tree`] is the map to take: ordered, packed, its top a field of the state root. [`Map`] is the official actors' HAMT,
//! for state that they share with us; a field is then a [`Root`], a bare CID on the wire that knows its types.
//! [`Array`] is a list with a dense index, [`Link`] one value in a block of its own.

mod array;
mod hash;
mod key;
mod link;
mod map;
mod packed;
mod page;
mod record;
mod root;
mod schema;
mod tree;
mod varint;

pub use array::Array;
pub use key::MapKey;
pub use link::Link;
pub use map::{Map, Value};
pub use packed::{Packed, TreeKey, take};
pub use page::Page;
pub use record::Recorded;
pub use root::{Layout, Official, Root};
pub use tree::{Cold, Edit, Hot, Top, Tree};
