//! Reading without opening more than the way to an entry.

use std::borrow::Cow;

use fvm_ipld_blockstore::Blockstore;

use super::block::Blocks;
use super::block_id::Place;
use super::wire::Wire;
use super::{Packed, Page, Top, Tree, TreeKey, unreadable};
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
        let found = up_to::<K, V>(&leaf, key)?.filter(|(found, _)| found == key);
        found.map(|(_, value)| read(value)).transpose()
    }

    /// The value under a key, if it can be told without reading a block.
    pub fn peek(&self, key: &K) -> Option<V> {
        let mut entries = self.0.is_leaf().then(|| self.0.entries::<K, V>())?;
        let (_, value) = entries.find_map(|entry| entry.ok().filter(|(other, _)| other == key))?;
        read(value).ok()
    }

    /// The entry with the greatest key that is not above `key`.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn floor<BS: Blockstore>(&self, store: &BS, key: &K) -> Result<Option<(K, V)>, ActorError> {
        let (leaf, left) = self.descend(store, key)?;
        match (up_to::<K, V>(&leaf, key)?, left) {
            (None, Some(left)) => last(store, left),
            (found, _) => found.map(|(key, value)| Ok((key, read(value)?))).transpose(),
        }
    }

    /// The leaf that a key belongs to, and what lies left of the way down: all of it is below the key.
    fn descend<BS: Blockstore>(
        &self,
        store: &BS,
        key: &K,
    ) -> Result<(Cow<'_, Wire>, Option<Place>), ActorError> {
        let mut node = Cow::Borrowed(&self.0);
        let mut left = None;
        while !node.is_leaf() {
            let child = node.child_of(key)?;
            left = child.before.or(left);
            node = Cow::Owned(child.place.load(store)?);
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
        walk(&mut Blocks::new(store), &self.0, start, &mut visit).map(drop)
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

/// A leaf's last entry whose key is not above `key`, its value as it is packed.
fn up_to<'l, K: TreeKey, V: Packed>(leaf: &'l Wire, key: &K) -> Result<Option<(K, &'l [u8])>, ActorError> {
    let mut found = None;
    for entry in leaf.entries::<K, V>() {
        let entry = entry?;
        if entry.0 > *key {
            break;
        }
        found = Some(entry);
    }
    Ok(found)
}

fn read<V: Packed>(mut packed: &[u8]) -> Result<V, ActorError> {
    V::unpack(&mut packed).ok_or_else(unreadable)
}

/// The last entry below a place.
fn last<BS: Blockstore, K: TreeKey, V: Packed>(
    store: &BS,
    place: Place,
) -> Result<Option<(K, V)>, ActorError> {
    let mut node = place.load(store)?;
    while !node.is_leaf() {
        let (_, child) = node.children::<K>().last().ok_or_else(unreadable)??;
        node = child.load(store)?;
    }
    let last = node.entries::<K, V>().last().transpose()?;
    last.map(|(key, value)| Ok((key, read(value)?))).transpose()
}

/// Gives whether to go on.
fn walk<BS: Blockstore, K: TreeKey, V: Packed>(
    blocks: &mut Blocks<'_, BS>,
    node: &Wire,
    start: Option<&K>,
    visit: &mut impl FnMut(K, V) -> Result<bool, ActorError>,
) -> Result<bool, ActorError> {
    if node.is_leaf() {
        for entry in node.entries::<K, V>() {
            let (key, value) = entry?;
            if start.is_none_or(|start| key >= *start) && !visit(key, read(value)?)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let first = start.map_or(Ok(0), |key| node.child_of(key).map(|child| child.number))?;
    for child in node.children::<K>().skip(first) {
        let (_, place) = child?;
        let child = blocks.load(place)?;
        if !walk(blocks, &child, start, visit)? {
            return Ok(false);
        }
    }
    Ok(true)
}
