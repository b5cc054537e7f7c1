//! One page of a collection.

/// Some entries, and where the next ones are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<K, V> {
    /// The entries by rising key.
    pub entries: Vec<(K, V)>,
    /// The key that the next page starts with; none after the last page.
    pub next: Option<K>,
}
