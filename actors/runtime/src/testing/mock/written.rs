//! How much an actor has written.

use std::cell::Cell;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;

use super::Mock;

/// What all calls so far have written; a block that was there already adds nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many blocks.
    pub blocks: usize,
    /// How long they are together.
    pub bytes: usize,
}

impl Mock {
    /// How much has been written, by calls that failed too.
    ///
    /// # Panics
    /// Never: what counts takes every block.
    pub fn written(&self) -> Written {
        let counter = Counter::default();
        self.store.copy_to(&counter).expect("a counter takes every block");
        counter.0.get()
    }
}

/// Counts blocks and keeps none.
#[derive(Default)]
struct Counter(Cell<Written>);

impl Blockstore for Counter {
    fn get(&self, _: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn put_keyed(&self, _: &Cid, block: &[u8]) -> anyhow::Result<()> {
        let Written { blocks, bytes } = self.0.get();
        self.0.set(Written {
            blocks: blocks + 1,
            bytes: bytes + block.len(),
        });
        Ok(())
    }
}
