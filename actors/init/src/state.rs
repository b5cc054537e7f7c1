//! The layout that the machine and every Filecoin tool read: the official one, byte for byte.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Map, Official, Root};
use holdfast_runtime::record;
use holdfast_runtime::state::State as ActorState;

/// The first id that is not reserved for the actors of the genesis.
pub const FIRST_ID: ActorID = 100;

/// Robust addresses (f1 to f4) and the ids behind them.
pub type AddressMap<BS> = Map<BS, Address, ActorID, Official>;

record! {
    /// The root of the state. No version field: the layout is the network's, not ours.
    pub struct State {
        /// Robust addresses and the ids behind them.
        pub address_map: Root<Address, ActorID, Official>,
        /// The id of the next actor.
        pub next_id: ActorID,
        /// The network's name.
        pub network_name: String,
    }
}

impl ActorState for State {
    const VERSION: Option<u64> = None;
}

/// The id behind an address, and whether it was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    /// The id.
    pub(crate) id: ActorID,
    /// Whether the f4 address had it already.
    pub(crate) existing: bool,
}

impl State {
    /// The state of a new network: no address, ids from 100 on.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses the empty map.
    pub fn new<BS: Blockstore>(store: BS, network_name: String) -> Result<Self, ActorError> {
        Ok(Self {
            address_map: AddressMap::empty(store).flush()?,
            next_id: FIRST_ID,
            network_name,
        })
    }

    /// Opens the address map.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn addresses<BS: Blockstore>(&self, store: BS) -> Result<AddressMap<BS>, ActorError> {
        AddressMap::load(store, &self.address_map)
    }

    /// Maps a new f2 address, and an f4 address if there is one, to an id: the one that the f4 address has, else
    /// the next.
    ///
    /// # Errors
    /// USR_FORBIDDEN when the f2 address has an id already; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn assign<BS: Blockstore>(
        &mut self,
        store: BS,
        robust: &Address,
        delegated: Option<&Address>,
    ) -> Result<Assigned, ActorError> {
        let mut map = self.addresses(store)?;
        let known = delegated.map(|address| map.get(address)).transpose()?.flatten();
        let assigned = match known {
            Some(id) => Assigned { id, existing: true },
            None => Assigned {
                id: self.take_id()?,
                existing: false,
            },
        };
        if let (Some(address), false) = (delegated, assigned.existing) {
            map.set(address, assigned.id)?;
        }
        if let Some(taken) = map.get(robust)? {
            return Err(ActorError::forbidden(format!(
                "{robust} has the id {taken} already"
            )));
        }
        map.set(robust, assigned.id)?;
        self.address_map = map.flush()?;
        Ok(assigned)
    }

    fn take_id(&mut self) -> Result<ActorID, ActorError> {
        let id = self.next_id;
        let next = id.checked_add(1);
        self.next_id = next.ok_or_else(|| ActorError::illegal_state("all 2^64 ids are taken"))?;
        Ok(id)
    }
}
