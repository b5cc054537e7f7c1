//! What the counter keeps since its second version: it also counts how often it was raised.

use core::ops::{Deref, DerefMut};

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Array;
use holdfast_runtime::state::{State, Version, decode};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{ConstructorParams, state_v1};

/// The state's root block: what is new, then what there was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct CounterState {
    /// The layout's version.
    pub version: Version<2>,
    /// How often the counter was raised.
    pub raises: u64,
    /// Everything that the first version had.
    pub first: state_v1::CounterState,
}

impl State for CounterState {
    const VERSION: Option<u64> = Some(2);

    /// The first version did not count its raises, but it kept them.
    fn upgrade<BS: Blockstore>(store: &BS, _version: u64, block: &[u8]) -> Result<Self, ActorError> {
        let first: state_v1::CounterState = decode(store, block)?;
        let raises = Array::load(store, &first.history)?.len();
        Ok(Self {
            version: Version,
            raises,
            first,
        })
    }
}

impl Deref for CounterState {
    type Target = state_v1::CounterState;
    fn deref(&self) -> &Self::Target {
        &self.first
    }
}

impl DerefMut for CounterState {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.first
    }
}

impl CounterState {
    /// The state of a new counter.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block cannot be stored.
    pub fn new<BS: Blockstore>(
        store: &BS,
        owner: ActorID,
        params: ConstructorParams,
    ) -> Result<Self, ActorError> {
        let first = state_v1::CounterState::new(store, owner, params)?;
        Ok(Self {
            version: Version,
            raises: 0,
            first,
        })
    }

    /// Raises the counter for `who`, and counts that.
    ///
    /// # Errors
    /// As that of the first version.
    pub fn raise<BS: Blockstore>(&mut self, store: &BS, who: ActorID, by: u64) -> Result<u64, ActorError> {
        self.raises += 1;
        self.first.raise(store, who, by)
    }
}
