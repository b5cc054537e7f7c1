//! A map that needs no block of its own while it is small.

use fvm_ipld_blockstore::Blockstore;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::key::MapKey;
use super::map::{Map, Value};
use super::root::Root;
use crate::error::ActorError;

/// A map that is one field of the state root: up to `N` entries lie in the field, more lie in one tree behind it.
/// For collections that are small for most instances; every write of the root pays for the entries in it.
///
/// On the wire: `[entries, link or null]`, with no entries once there is a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "K: InlineKey, V: Value")]
pub struct InlineMap<K, V, const N: usize>(Vec<(K, V)>, Option<Root<K, V>>);

/// A key that can lie in the state root.
pub trait InlineKey: MapKey + Serialize + DeserializeOwned + Clone + PartialEq {}
impl<K: MapKey + Serialize + DeserializeOwned + Clone + PartialEq> InlineKey for K {}

impl<K, V, const N: usize> Default for InlineMap<K, V, N> {
    fn default() -> Self {
        Self(Vec::new(), None)
    }
}

impl<K: InlineKey, V: Value, const N: usize> InlineMap<K, V, N> {
    /// The value under a key.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn get<BS: Blockstore>(&self, store: &BS, key: &K) -> Result<Option<V>, ActorError> {
        match &self.1 {
            Some(root) => Map::load(store, root)?.get(key),
            None => Ok(self
                .0
                .iter()
                .find(|(other, _)| other == key)
                .map(|(_, value)| value.clone())),
        }
    }

    /// Turns what is under a key into something else, or into nothing; gives what was there before.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub fn change<BS: Blockstore>(
        &mut self,
        store: &BS,
        key: &K,
        change: impl FnOnce(Option<&V>) -> Result<Option<V>, ActorError>,
    ) -> Result<Option<V>, ActorError> {
        let Some(root) = &self.1 else {
            return self.change_inline(store, key, change);
        };
        let mut tree = Map::load(store, root)?;
        let before = tree.get(key)?;
        match change(before.as_ref())? {
            Some(value) => tree.set(key, value)?,
            None => drop(tree.delete(key)?),
        }
        self.1 = tree.flush_unless_empty()?;
        Ok(before)
    }

    /// Visits every entry. For invariants.
    ///
    /// # Errors
    /// Those of `visit`; USR_ILLEGAL_STATE when a block is missing.
    pub fn for_each<BS: Blockstore>(
        &self,
        store: &BS,
        mut visit: impl FnMut(K, &V) -> Result<(), ActorError>,
    ) -> Result<(), ActorError> {
        match &self.1 {
            Some(root) => Map::load(store, root)?.for_each(visit),
            None => self
                .0
                .iter()
                .try_for_each(|(key, value)| visit(key.clone(), value)),
        }
    }

    fn change_inline<BS: Blockstore>(
        &mut self,
        store: &BS,
        key: &K,
        change: impl FnOnce(Option<&V>) -> Result<Option<V>, ActorError>,
    ) -> Result<Option<V>, ActorError> {
        let at = self.0.iter().position(|(other, _)| other == key);
        let before = at.and_then(|at| self.0.get(at)).map(|(_, value)| value.clone());
        match (at, change(before.as_ref())?) {
            (Some(at), Some(value)) => self.0.splice(at..=at, [(key.clone(), value)]).for_each(drop),
            (Some(at), None) => drop(self.0.remove(at)),
            (None, Some(value)) => self.0.push((key.clone(), value)),
            (None, None) => {}
        }
        if self.0.len() > N {
            let mut tree = Map::empty(store);
            core::mem::take(&mut self.0)
                .into_iter()
                .try_for_each(|(key, value)| tree.set(&key, value))?;
            self.1 = Some(tree.flush()?);
        }
        Ok(before)
    }
}
