//! A typed link to one value in a block of its own.

use core::marker::PhantomData;

use cid::Cid;
use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_ipld_encoding::{CborStore, DAG_CBOR};
use multihash_codetable::Code;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{ActorError, Context};

/// A link to a `T` in its own block: for what a state root should not carry through every write.
pub struct Link<T> {
    cid: Cid,
    value: PhantomData<fn() -> T>,
}

impl<T> Link<T> {
    /// Wraps the CID of a stored value.
    pub(super) fn new(cid: Cid) -> Self {
        Self {
            cid,
            value: PhantomData,
        }
    }
}

impl<T: Serialize + DeserializeOwned> Link<T> {
    /// Stores a value and links it.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses the block.
    pub fn store<BS: Blockstore>(store: &BS, value: &T) -> Result<Self, ActorError> {
        let cid = store
            .put_cbor(value, Code::Blake2b256)
            .or_illegal_state("storing a linked value")?;
        Ok(Self::new(cid))
    }

    /// Reads the value.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the block is missing or is no `T`.
    pub fn load<BS: Blockstore>(&self, store: &BS) -> Result<T, ActorError> {
        decoded(&self.block(store)?)
    }

    /// Reads the value, lets `change` work on it, and links what it became. A value that stays the same costs
    /// nothing more.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE as above.
    pub fn update<BS: Blockstore, U>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut T) -> Result<U, ActorError>,
    ) -> Result<U, ActorError> {
        let before = self.block(store)?;
        let mut value = decoded(&before)?;
        let out = change(&mut value)?;
        let after = fvm_ipld_encoding::to_vec(&value).or_illegal_state("a linked value does not encode")?;
        if after != before {
            let stored = store.put(Code::Blake2b256, &Block::new(DAG_CBOR, after));
            *self = Self::new(stored.or_illegal_state("storing a linked value")?);
        }
        Ok(out)
    }

    fn block<BS: Blockstore>(&self, store: &BS) -> Result<Vec<u8>, ActorError> {
        let block = store.get(&self.cid).or_illegal_state("reading a linked value")?;
        block.ok_or_else(|| ActorError::illegal_state(format!("the linked block {} is missing", self.cid)))
    }
}

fn decoded<T: DeserializeOwned>(block: &[u8]) -> Result<T, ActorError> {
    fvm_ipld_encoding::from_slice(block).or_illegal_state("a linked value does not decode")
}

impl<T> Clone for Link<T> {
    fn clone(&self) -> Self {
        Self {
            cid: self.cid,
            value: PhantomData,
        }
    }
}

impl<T> PartialEq for Link<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cid == other.cid
    }
}

impl<T> Eq for Link<T> {}

impl<T> core::fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Link({})", self.cid)
    }
}

impl<T> Serialize for Link<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.cid.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Link<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cid::deserialize(deserializer).map(Self::new)
    }
}
