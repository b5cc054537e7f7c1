//! Writing a state by hand: for tests and tools that need one which messages would take hours to reach.

use fvm_ipld_encoding::CborStore;
use fvm_shared::address::Address;
use multihash_codetable::Code::Blake2b256;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::genesis::exec;
use crate::network::Network;

impl Network {
    /// Give the actor at an address another state, as no message could. Blocks that it links to have to be in
    /// [`Network::store`].
    ///
    /// # Errors
    /// When there is no actor, or the state does not encode.
    pub fn set_state<T: Serialize>(&mut self, address: &Address, state: &T) -> Result<()> {
        let head = self.store.put_cbor(state, Blake2b256).map_err(Error::machine)?;
        let mut tree = self.tree()?;
        let id = tree.lookup_id(address).map_err(exec)?;
        let id = id.ok_or(Error::NoActor(*address))?;
        tree.mutate_actor(id, |actor| {
            actor.state = head;
            Ok(())
        })
        .map_err(exec)?;
        self.head.root = tree.flush().map_err(exec)?;
        Ok(())
    }
}
