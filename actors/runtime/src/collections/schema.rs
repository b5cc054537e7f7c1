//! What collections look like in a state: the source of `decode state`.

use super::inline_map::InlineMap;
use super::link::Link;
use super::map::Value;
use super::root::{Layout, Root};
use super::top_map::TopMap;
use crate::schema::{Field, RecordShape, Schema, Shape};

fn field(name: &'static str, doc: &'static str, shape: Shape) -> Field {
    Field { name, doc, shape }
}

fn record(name: &'static str, doc: &'static str, fields: Vec<Field>) -> Shape {
    Shape::Record(RecordShape { name, doc, fields })
}

/// The entries of a map that lie in the state root.
fn entries<K: Schema, V: Schema>() -> Shape {
    let key = field("key", "What it is found by.", K::shape());
    let value = field("value", "What is found.", V::shape());
    Shape::List(Box::new(record("Entry", "An entry of a map.", vec![key, value])))
}

fn optional_link() -> Shape {
    Shape::Optional(Box::new(Shape::Link))
}

impl<V: Schema + Value> Schema for TopMap<V> {
    fn shape() -> Shape {
        let entries = entries::<u64, V>();
        let entries = field(
            "entries",
            "The entries by rising id, while there are few.",
            entries,
        );
        let trees = Shape::List(Box::new(optional_link()));
        let trees = field("trees", "The roots of eight trees, once there are many.", trees);
        record("TopMap", "A map by actor id.", vec![entries, trees])
    }

    /// An empty one.
    fn sample() -> Self {
        Self::default()
    }
}

impl<K: Schema, V: Schema, const N: usize> Schema for InlineMap<K, V, N> {
    fn shape() -> Shape {
        let entries = field("entries", "The entries, while there are few.", entries::<K, V>());
        let tree = field(
            "tree",
            "The root of the tree, once there are many.",
            optional_link(),
        );
        record(
            "InlineMap",
            "A map that is small for most instances.",
            vec![entries, tree],
        )
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

/// A key of two actors.
impl Schema for (u64, u64) {
    fn shape() -> Shape {
        let first = field("first", "The first id.", Shape::Uint(64));
        let second = field("second", "The second id.", Shape::Uint(64));
        record("Ids", "Two actor ids.", vec![first, second])
    }

    fn sample() -> Self {
        (1_234, 5_678)
    }
}
