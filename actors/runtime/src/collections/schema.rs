//! What collections look like in a state: the source of `decode state`.

use serde::Serialize;

use super::link::Link;
use super::packed::{Packed, TreeKey};
use super::root::{Layout, Root};
use super::tree::{Top, Tree};
use crate::schema::{Field, RecordShape, Schema, Shape, TreeShape};

impl<K: TreeKey + Schema + Serialize, V: Packed + Schema + Serialize, T: Top> Schema for Tree<K, V, T> {
    fn shape() -> Shape {
        Shape::Tree(TreeShape {
            key: Box::new(K::shape()),
            value: Box::new(V::shape()),
            unpack: |bytes| fvm_ipld_encoding::to_vec(&Self::unpack(bytes)?).ok(),
        })
    }

    /// An empty one.
    fn sample() -> Self {
        Self::default()
    }
}

impl<K, V, L: Layout> Schema for Root<K, V, L> {
    fn shape() -> Shape {
        Shape::Link
    }

    fn sample() -> Self {
        Self::new(Schema::sample())
    }
}

impl<T> Schema for Link<T> {
    fn shape() -> Shape {
        Shape::Link
    }

    fn sample() -> Self {
        Self::new(Schema::sample())
    }
}

/// A key of two parts, such as two actors.
impl<A: Schema, B: Schema> Schema for (A, B) {
    fn shape() -> Shape {
        let part = |name, doc, shape| Field { name, doc, shape };
        Shape::Record(RecordShape {
            name: "Pair",
            doc: "A key of two parts.",
            fields: vec![
                part("first", "The first one.", A::shape()),
                part("second", "The second one.", B::shape()),
            ],
        })
    }

    fn sample() -> Self {
        (A::sample(), B::sample())
    }
}
