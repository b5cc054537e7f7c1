//! A store that counts.

use std::cell::Cell;
use std::rc::Rc;

use cid::Cid;
use fvm_ipld_blockstore::{Blockstore, MemoryBlockstore};

/// Counts blocks that are read and written.
#[derive(Clone, Default)]
pub struct Counting {
    blocks: Rc<MemoryBlockstore>,
    puts: Rc<Cell<u32>>,
    gets: Rc<Cell<u32>>,
    /// Of all blocks that were written.
    pub bytes: Rc<Cell<usize>>,
}

impl Blockstore for Counting {
    fn get(&self, cid: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        self.gets.set(self.gets.get() + 1);
        self.blocks.get(cid)
    }
    fn put_keyed(&self, cid: &Cid, block: &[u8]) -> anyhow::Result<()> {
        self.puts.set(self.puts.get() + 1);
        self.bytes.set(self.bytes.get() + block.len());
        self.blocks.put_keyed(cid, block)
    }
}

impl Counting {
    /// What `run` reads and writes, in blocks.
    pub fn count<T>(&self, run: impl FnOnce() -> T) -> (T, u32, u32) {
        let (gets, puts) = (self.gets.get(), self.puts.get());
        let out = run();
        (out, self.gets.get() - gets, self.puts.get() - puts)
    }
}
