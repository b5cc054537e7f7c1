//! Changes that belong together: each node is read and stored at most once.

use fvm_ipld_blockstore::Blockstore;

use super::block::Blocks;
use super::node::{Child, Node};
use super::settle::settle;
use super::{Packed, Top, Tree, TreeKey, unreadable};
use crate::error::ActorError;

/// An open tree. Changes count with [`Edit::finish`].
#[must_use = "changes have to be stored with `Edit::finish`"]
pub struct Edit<'a, BS: Blockstore, K: TreeKey, V: Packed, T: Top> {
    tree: &'a mut Tree<K, V, T>,
    blocks: Blocks<'a, BS>,
    top: Node<K, V>,
    changed: bool,
}

impl<'a, BS: Blockstore, K: TreeKey, V: Packed, T: Top> Edit<'a, BS, K, V, T> {
    pub(super) fn open(tree: &'a mut Tree<K, V, T>, store: &'a BS) -> Result<Self, ActorError> {
        let top = Node::open(tree.0.clone(), None)?;
        let blocks = Blocks::new(store);
        Ok(Self {
            tree,
            blocks,
            top,
            changed: false,
        })
    }

    /// The value under a key, with the changes made so far.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn get(&mut self, key: &K) -> Result<Option<&V>, ActorError> {
        let mut node = &mut self.top;
        loop {
            match node {
                Node::Leaf(entries) => return entries.get(key),
                Node::Branch(children) => node = child_of(children, key)?.open(&mut self.blocks)?,
            }
        }
    }

    /// The entry with the greatest key that is not above `key`, with the changes made so far.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn floor(&mut self, key: &K) -> Result<Option<(K, V)>, ActorError> {
        floor(&mut self.top, &mut self.blocks, key)
    }

    /// Puts a value under a key, or removes what is there. A value that is there already costs nothing.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or unreadable.
    pub fn put(&mut self, key: &K, value: Option<V>) -> Result<(), ActorError> {
        if self.get(key)? == value.as_ref() {
            return Ok(());
        }
        self.changed = true;
        let mut node = &mut self.top;
        loop {
            match node {
                Node::Leaf(entries) => {
                    entries.put(key, value);
                    return Ok(());
                }
                Node::Branch(children) => node = child_of(children, key)?.open_changed(&mut self.blocks)?,
            }
        }
    }

    /// Stores what changed.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub fn finish(mut self) -> Result<(), ActorError> {
        if core::mem::take(&mut self.changed) {
            let top = core::mem::replace(&mut self.top, Node::empty());
            self.tree.0 = settle::<BS, K, V, T>(&mut self.blocks, top)?;
        }
        Ok(())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<BS: Blockstore, K: TreeKey, V: Packed, T: Top> Drop for Edit<'_, BS, K, V, T> {
    fn drop(&mut self) {
        if self.changed {
            crate::testing::owed::forget("an edit of a tree was dropped unfinished".to_owned());
        }
    }
}

fn child_of<'n, K: TreeKey, V>(
    children: &'n mut [Child<K, V>],
    key: &K,
) -> Result<&'n mut Child<K, V>, ActorError> {
    up_to(children, key).next_back().ok_or_else(unreadable)
}

/// The children that begin at or below a key. The last of them is the one whose place the key is in.
fn up_to<'n, K: TreeKey, V>(
    children: &'n mut [Child<K, V>],
    key: &K,
) -> impl DoubleEndedIterator<Item = &'n mut Child<K, V>> {
    let after = children
        .iter()
        .skip(1)
        .take_while(|child| child.low.as_ref().is_some_and(|low| low <= key));
    let count = after.count().saturating_add(1);
    children.iter_mut().take(count)
}

/// A child can have lost all that is not above the key; then it is the one before that answers.
fn floor<BS: Blockstore, K: TreeKey, V: Packed>(
    node: &mut Node<K, V>,
    blocks: &mut Blocks<'_, BS>,
    key: &K,
) -> Result<Option<(K, V)>, ActorError> {
    match node {
        Node::Leaf(entries) => entries.floor(key),
        Node::Branch(children) => {
            let mut found = up_to(children, key)
                .rev()
                .map(|child| floor(child.open(blocks)?, blocks, key));
            found.find_map(Result::transpose).transpose()
        }
    }
}
