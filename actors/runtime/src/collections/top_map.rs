//! A map whose top lies inside the state root.

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use serde::{Deserialize, Serialize};

use super::map::{Map, Page, Value};
use super::root::Root;
use crate::error::ActorError;

/// Entries that lie in the state root before the map moves into blocks of its own.
pub const SMALL: usize = 32;
/// Trees of a map that has moved.
const TREES: usize = 8;

/// A map by actor id that is one field of the state root: at first the entries themselves, beyond [`SMALL`] of
/// them the links to eight trees. Either way a write saves the block that a map's own root would cost.
///
/// On the wire: `[entries, links]`, one of the two empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "V: Value")]
pub struct TopMap<V>(Vec<(u64, V)>, Vec<Option<Cid>>);

impl<V: Value> Default for TopMap<V> {
    fn default() -> Self {
        Self(Vec::new(), Vec::new())
    }
}

type Tree<BS, V> = Map<BS, u64, V>;

impl<V: Value> TopMap<V> {
    /// The value under an id.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn get<BS: Blockstore>(&self, store: &BS, id: u64) -> Result<Option<V>, ActorError> {
        match self.1.get(tree_of(id)) {
            None => Ok(self
                .find(id)
                .ok()
                .and_then(|at| self.0.get(at))
                .map(|(_, value)| value.clone())),
            Some(None) => Ok(None),
            Some(Some(link)) => Tree::load(store, &Root::new(*link))?.get(&id),
        }
    }

    /// Changes some entries at once: each tree is opened and stored at most once. None removes.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub fn update<BS: Blockstore>(
        &mut self,
        store: &BS,
        changes: impl IntoIterator<Item = (u64, Option<V>)>,
    ) -> Result<(), ActorError> {
        let mut changes: Vec<(u64, Option<V>)> = changes.into_iter().collect();
        if self.1.is_empty() {
            for (id, value) in changes {
                self.update_small(id, value);
            }
            if self.0.len() <= SMALL {
                return Ok(());
            }
            changes = core::mem::take(&mut self.0)
                .into_iter()
                .map(|(id, value)| (id, Some(value)))
                .collect();
            self.1 = vec![None; TREES];
        }
        changes.sort_by_key(|(id, _)| tree_of(*id));
        changes
            .chunk_by(|a, b| tree_of(a.0) == tree_of(b.0))
            .try_for_each(|chunk| self.update_tree(store, chunk))
    }

    /// Puts one value under an id.
    ///
    /// # Errors
    /// As [`TopMap::update`].
    pub fn set<BS: Blockstore>(&mut self, store: &BS, id: u64, value: V) -> Result<(), ActorError> {
        self.update(store, [(id, Some(value))])
    }

    /// Visits every entry. For invariants.
    ///
    /// # Errors
    /// Those of `visit`; USR_ILLEGAL_STATE when a block is missing.
    pub fn for_each<BS: Blockstore>(
        &self,
        store: &BS,
        mut visit: impl FnMut(u64, &V) -> Result<(), ActorError>,
    ) -> Result<(), ActorError> {
        self.0.iter().try_for_each(|(id, value)| visit(*id, value))?;
        self.1
            .iter()
            .flatten()
            .try_for_each(|link| Tree::load(store, &Root::new(*link))?.for_each(&mut visit))
    }

    /// Reads up to `limit` entries from the id `start` on, in the map's own order. A cursor stays good when
    /// its entry is removed. Entries that come or go between two pages can move their neighbours, so a full
    /// list is read at one state.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn page<BS: Blockstore>(
        &self,
        store: &BS,
        start: Option<u64>,
        limit: usize,
        blank: V,
    ) -> Result<Page<u64, V>, ActorError> {
        let mut entries = Vec::new();
        let mut cursor = start;
        for tree in start.map_or(0, tree_of)..TREES {
            let Some(open) = self.open(store, tree)? else {
                cursor = None;
                continue;
            };
            let room = limit.saturating_sub(entries.len());
            let page = open.page(cursor.take().as_ref(), room, blank.clone())?;
            entries.extend(page.entries);
            if page.next.is_some() {
                return Ok(Page {
                    entries,
                    next: page.next,
                });
            }
        }
        Ok(Page { entries, next: None })
    }

    /// A tree by its number; while the map is small, one made of its entries in memory.
    fn open<'a, BS: Blockstore>(
        &self,
        store: &'a BS,
        tree: usize,
    ) -> Result<Option<Tree<&'a BS, V>>, ActorError> {
        if let Some(link) = self.1.get(tree) {
            return link.map(|link| Tree::load(store, &Root::new(link))).transpose();
        }
        let mut small = Tree::empty(store);
        self.0
            .iter()
            .filter(|(id, _)| tree_of(*id) == tree)
            .try_for_each(|(id, v)| small.set(id, v.clone()))?;
        Ok(Some(small))
    }

    fn find(&self, id: u64) -> Result<usize, usize> {
        self.0.binary_search_by_key(&id, |(other, _)| *other)
    }

    fn update_small(&mut self, id: u64, value: Option<V>) {
        match (self.find(id), value) {
            (Ok(at), Some(value)) => self.0.splice(at..=at, [(id, value)]).for_each(drop),
            (Ok(at), None) => drop(self.0.remove(at)),
            (Err(at), Some(value)) => self.0.insert(at, (id, value)),
            (Err(_), None) => {}
        }
    }

    fn update_tree<BS: Blockstore>(
        &mut self,
        store: &BS,
        chunk: &[(u64, Option<V>)],
    ) -> Result<(), ActorError> {
        let link = chunk.first().and_then(|(id, _)| self.1.get_mut(tree_of(*id)));
        let link = link.ok_or_else(|| ActorError::illegal_state("a map has fewer than eight trees"))?;
        let root = link.map(Root::new);
        let mut tree = Tree::load_or_empty(store, root.as_ref())?;
        for (id, value) in chunk {
            match value {
                Some(value) => tree.set(id, value.clone())?,
                None => drop(tree.delete(id)?),
            }
        }
        *link = tree.flush_unless_empty()?.map(|root| *root.cid());
        Ok(())
    }
}

/// Ids are given out one after the other, so their last bits spread evenly.
fn tree_of(id: u64) -> usize {
    id.rem_euclid(TREES as u64) as usize
}
