//! Reading without opening more than the way to an entry.

use std::borrow::Cow;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;

use super::node::Wire;
use super::{Packed, Page, Top, Tree, TreeKey};
use crate::error::ActorError;

impl<K: TreeKey, V: Packed, T: Top> Tree<K, V, T> {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.bytes.is_empty() && self.0.links.is_empty()
    }

    /// The value under a key.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn get<BS: Blockstore>(&self, store: &BS, key: &K) -> Result<Option<V>, ActorError> {
        let (leaf, _) = self.descend(store, key)?;
        let found = up_to(&leaf, key)?.filter(|(found, _)| found == key);
        Ok(found.map(|(_, value)| value))
    }

    /// The value under a key, if it can be told without reading a block.
    pub fn peek(&self, key: &K) -> Option<V> {
        let mut entries = self.0.is_leaf().then(|| self.0.entries::<K, V>())?;
        let found = entries.find_map(|entry| entry.ok().filter(|(other, _)| other == key));
        found.map(|(_, value)| value)
    }

    /// The entry with the greatest key that is not above `key`.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn floor<BS: Blockstore>(&self, store: &BS, key: &K) -> Result<Option<(K, V)>, ActorError> {
        let (leaf, left) = self.descend(store, key)?;
        match (up_to(&leaf, key)?, left) {
            (None, Some(left)) => last(store, left),
            (found, _) => Ok(found),
        }
    }

    /// The leaf that a key belongs to, and the link of what lies left of the way down: all of it is below the key.
    fn descend<BS: Blockstore>(
        &self,
        store: &BS,
        key: &K,
    ) -> Result<(Cow<'_, Wire>, Option<Cid>), ActorError> {
        let mut node = Cow::Borrowed(&self.0);
        let mut left = None;
        while !node.is_leaf() {
            let child = node.child_of(key)?;
            if let Some(sibling) = child.checked_sub(1) {
                left = Some(*node.link(sibling)?);
            }
            node = Cow::Owned(Wire::load(store, node.link(child)?)?);
        }
        Ok((node, left))
    }

    /// Visits the entries from `start` on, or all of them, by rising key, until `visit` says no.
    ///
    /// # Errors
    /// Those of `visit`; USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn visit<BS: Blockstore>(
        &self,
        store: &BS,
        start: Option<&K>,
        mut visit: impl FnMut(K, V) -> Result<bool, ActorError>,
    ) -> Result<(), ActorError> {
        walk(store, &self.0, start, &mut visit).map(drop)
    }

    /// Visits every entry by rising key. For invariants.
    ///
    /// # Errors
    /// As [`Tree::visit`].
    pub fn for_each<BS: Blockstore>(
        &self,
        store: &BS,
        mut visit: impl FnMut(K, V) -> Result<(), ActorError>,
    ) -> Result<(), ActorError> {
        self.visit(store, None, |key, value| visit(key, value).map(|()| true))
    }

    /// Reads up to `limit` entries from `start` on, or from the beginning.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn page<BS: Blockstore>(
        &self,
        store: &BS,
        start: Option<&K>,
        limit: usize,
    ) -> Result<Page<K, V>, ActorError> {
        let (mut entries, mut next) = (Vec::new(), None);
        self.visit(store, start, |key, value| {
            if entries.len() < limit {
                entries.push((key, value));
                return Ok(true);
            }
            next = Some(key);
            Ok(false)
        })?;
        Ok(Page { entries, next })
    }
}

/// A leaf's last entry whose key is not above `key`.
fn up_to<K: TreeKey, V: Packed>(leaf: &Wire, key: &K) -> Result<Option<(K, V)>, ActorError> {
    let mut found = None;
    for entry in leaf.entries() {
        let entry: (K, V) = entry?;
        if entry.0 > *key {
            break;
        }
        found = Some(entry);
    }
    Ok(found)
}

/// The last entry below a link.
fn last<BS: Blockstore, K: TreeKey, V: Packed>(store: &BS, link: Cid) -> Result<Option<(K, V)>, ActorError> {
    let mut node = Wire::load(store, &link)?;
    while let Some(link) = node.links.last() {
        node = Wire::load(store, link)?;
    }
    node.entries().last().transpose()
}

/// Gives whether to go on.
fn walk<BS: Blockstore, K: TreeKey, V: Packed>(
    store: &BS,
    node: &Wire,
    start: Option<&K>,
    visit: &mut impl FnMut(K, V) -> Result<bool, ActorError>,
) -> Result<bool, ActorError> {
    if node.is_leaf() {
        for entry in node.entries() {
            let (key, value) = entry?;
            if start.is_none_or(|start| key >= *start) && !visit(key, value)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let first = start.map_or(Ok(0), |key| node.child_of(key))?;
    for link in node.links.iter().skip(first) {
        if !walk(store, &Wire::load(store, link)?, start, visit)? {
            return Ok(false);
        }
    }
    Ok(true)
}
