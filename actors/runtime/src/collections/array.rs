//! A list with a dense index.

use fvm_ipld_amt::Amt;
use fvm_ipld_blockstore::Blockstore;

use super::map::Value;
use super::page::Page;
use super::root::Root;
use crate::error::{ActorError, Context};

/// Bits of the index that a level uses up.
const BIT_WIDTH: u32 = 3;

/// An open list of `V` by index. Changes are in memory until [`Array::flush`].
pub struct Array<BS: Blockstore, V: Value> {
    amt: Amt<V, BS>,
    stored: Option<Root<u64, V>>,
}

impl<BS: Blockstore, V: Value> Array<BS, V> {
    /// A new, empty list. Nothing is stored before [`Array::flush`].
    pub fn empty(store: BS) -> Self {
        Self {
            amt: Amt::new_with_bit_width(store, BIT_WIDTH),
            stored: None,
        }
    }

    /// Opens a stored list.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the block is missing or is no list.
    pub fn load(store: BS, root: &Root<u64, V>) -> Result<Self, ActorError> {
        let amt = Amt::load(root.cid(), store).or_illegal_state("opening a list")?;
        Ok(Self {
            amt,
            stored: Some(root.clone()),
        })
    }

    /// How many values are in it.
    pub fn len(&self) -> u64 {
        self.amt.count()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at an index.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn get(&self, index: u64) -> Result<Option<V>, ActorError> {
        Ok(self.amt.get(index).or_illegal_state("reading a list")?.cloned())
    }

    /// Puts a value at an index. A value that is there already costs nothing.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or the index is beyond the largest.
    pub fn set(&mut self, index: u64, value: V) -> Result<(), ActorError> {
        if self.amt.get(index).or_illegal_state("reading a list")? == Some(&value) {
            return Ok(());
        }
        self.stored = None;
        self.amt.set(index, value).or_illegal_state("writing a list")
    }

    /// Puts a value behind the last one of a list without gaps; gives its index.
    ///
    /// # Errors
    /// As [`Array::set`]; USR_ILLEGAL_STATE when values were deleted, so that the place is taken.
    pub fn push(&mut self, value: V) -> Result<u64, ActorError> {
        let index = self.len();
        if self.get(index)?.is_some() {
            return Err(ActorError::illegal_state(format!(
                "a list with gaps has a value at {index} already"
            )));
        }
        self.set(index, value)?;
        Ok(index)
    }

    /// Removes the value at an index, if there is one.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn delete(&mut self, index: u64) -> Result<Option<V>, ActorError> {
        let old = self.amt.delete(index).or_illegal_state("deleting from a list")?;
        if old.is_some() {
            self.stored = None;
        }
        Ok(old)
    }

    /// Stores what changed and gives the new root. Without a change nothing is written.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub fn flush(&mut self) -> Result<Root<u64, V>, ActorError> {
        if let Some(root) = &self.stored {
            return Ok(root.clone());
        }
        let root = Root::new(self.amt.flush().or_illegal_state("storing a list")?);
        self.stored = Some(root.clone());
        Ok(root)
    }

    /// Reads `limit` values from the index `start` on, by rising index.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn page(&self, start: Option<u64>, limit: u64) -> Result<Page<u64, V>, ActorError> {
        let mut entries = Vec::new();
        let (_, next) = self
            .amt
            .for_each_ranged(start, Some(limit), |index, value| {
                entries.push((index, value.clone()));
                Ok(())
            })
            .or_illegal_state("paging through a list")?;
        Ok(Page { entries, next })
    }
}
