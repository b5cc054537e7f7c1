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

/// Changes to a map, of which each tree is opened and stored at most once. They count with [`Edit::finish`].
#[must_use = "changes have to be stored with `Edit::finish`"]
pub struct Edit<'a, BS: Blockstore, V: Value> {
    top: &'a mut TopMap<V>,
    store: &'a BS,
    trees: Vec<(usize, Tree<&'a BS, V>)>,
}

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

    /// Opens the map for reads and writes that belong together.
    pub fn edit<'a, BS: Blockstore>(&'a mut self, store: &'a BS) -> Edit<'a, BS, V> {
        Edit {
            top: self,
            store,
            trees: Vec::new(),
        }
    }

    /// Changes some entries at once. None removes.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub fn update<BS: Blockstore>(
        &mut self,
        store: &BS,
        changes: impl IntoIterator<Item = (u64, Option<V>)>,
    ) -> Result<(), ActorError> {
        let mut edit = self.edit(store);
        changes
            .into_iter()
            .try_for_each(|(id, value)| edit.put(id, value))?;
        edit.finish()
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

    /// Reads up to `limit` entries from the id `start` on, in the map's own order; the entry of the cursor may be gone. A
    /// full list is read at one state: entries that come or go between two pages can move their neighbours.
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
}

impl<'a, BS: Blockstore, V: Value> Edit<'a, BS, V> {
    /// The value under an id, with the changes made so far.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn get(&mut self, id: u64) -> Result<Option<V>, ActorError> {
        if self.top.1.is_empty() {
            self.top.get(self.store, id)
        } else {
            self.tree(id)?.get(&id)
        }
    }

    /// Puts a value under an id, or removes what is there.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn put(&mut self, id: u64, value: Option<V>) -> Result<(), ActorError> {
        if self.top.1.is_empty() {
            self.top.update_small(id, value);
            return self.move_if_large();
        }
        match value {
            Some(value) => self.tree(id)?.set(&id, value),
            None => self.tree(id)?.delete(&id).map(|_| ()),
        }
    }

    /// Stores what changed.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub fn finish(mut self) -> Result<(), ActorError> {
        for (at, mut tree) in core::mem::take(&mut self.trees) {
            let link = tree.flush_unless_empty()?.map(|root| *root.cid());
            *self.top.1.get_mut(at).ok_or_else(too_few_trees)? = link;
        }
        Ok(())
    }

    fn move_if_large(&mut self) -> Result<(), ActorError> {
        if self.top.0.len() <= SMALL {
            return Ok(());
        }
        self.top.1 = vec![None; TREES];
        let entries = core::mem::take(&mut self.top.0);
        entries
            .into_iter()
            .try_for_each(|(id, value)| self.put(id, Some(value)))
    }

    fn tree(&mut self, id: u64) -> Result<&mut Tree<&'a BS, V>, ActorError> {
        let wanted = tree_of(id);
        let open = match self.trees.iter().position(|(at, _)| *at == wanted) {
            Some(open) => open,
            None => {
                let root = self.top.1.get(wanted).ok_or_else(too_few_trees)?.map(Root::new);
                self.trees
                    .push((wanted, Tree::load_or_empty(self.store, root.as_ref())?));
                self.trees.len().saturating_sub(1)
            }
        };
        self.trees
            .get_mut(open)
            .map(|(_, tree)| tree)
            .ok_or_else(too_few_trees)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<BS: Blockstore, V: Value> Drop for Edit<'_, BS, V> {
    fn drop(&mut self) {
        if self.trees.iter().any(|(_, tree)| tree.is_changed()) {
            crate::testing::owed::forget("an edit of a map was dropped unfinished".to_owned());
        }
    }
}

fn too_few_trees() -> ActorError {
    ActorError::illegal_state("a map has fewer than eight trees")
}

/// Ids are given out one after the other, so their last bits spread evenly.
fn tree_of(id: u64) -> usize {
    id.rem_euclid(TREES as u64) as usize
}
