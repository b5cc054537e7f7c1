//! Moving a state tree to another bundle, as the migration of a network upgrade does it.
//!
//! Every actor gets the code that stands under its name in the new manifest, the system actor f00 gets the new manifest
//! as its state, and everything else stays bit for bit. That is Lotus' migration (`UpgradeActorsV18`) with its checks,
//! so both give the same state root.

mod plan;
mod report;
mod state_car;

pub use report::{MovedType, Upgrade};
pub use state_car::upgrade_car;

use cid::Cid;
use fvm::system_actor::{SYSTEM_ACTOR_ID, State as SystemState};
use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::CborStore;
use fvm_ipld_hamt::{BytesKey, Hamt};
use fvm_shared::HAMT_BIT_WIDTH;
use fvm_shared::address::Address;
use fvm_shared::state::{ActorState, StateRoot, StateTreeVersion};
use multihash_codetable::Code::Blake2b256;
use serde::de::DeserializeOwned;

use crate::manifest::Manifest;
use crate::{Error, Result};
use plan::Plan;

/// The only version of the state tree since the FVM began.
const STATE_TREE_VERSION: u64 = 5;

type Actors<S> = Hamt<S, ActorState>;

/// Writes the state tree of the new bundle beside the old one, into the same store. What lies below the actors' heads is
/// not read. The manifest's own blocks have to be in the store before the new state is used.
///
/// # Errors
/// When the state tree is not of version 5, lacks a block or the system actor, when an actor has code that the state's
/// own manifest does not list, or when a name of that manifest is missing in the new one.
pub fn upgrade<S: Blockstore>(store: &S, root: &Cid, to: &Manifest) -> Result<Upgrade> {
    let tree = Tree { store, root };
    let (actors, info) = tree.load()?;
    let from = tree.manifest(&actors)?;
    let mut plan = Plan::new(&from, to)?;
    let system_state = SystemState {
        builtin_actors: to.data(),
    };
    let system_head = tree.put(&system_state)?;

    let mut moved = Actors::new_with_bit_width(store, HAMT_BIT_WIDTH);
    let mut refusal = None;
    let walked = actors.for_each_cacheless(|key, actor| {
        let id = Address::from_bytes(key)?.id()?;
        let Some(code) = plan.code(actor.code) else {
            let found = (id, actor.code);
            refusal = refusal.filter(|(first, _)| *first < id).or(Some(found));
            return Ok(());
        };
        let mut actor = ActorState {
            code,
            ..actor.clone()
        };
        if id == SYSTEM_ACTOR_ID {
            actor.state = system_head;
        }
        moved.set(key.clone(), actor)?;
        Ok(())
    });
    walked.map_err(|error| tree.unreadable(error))?;
    if let Some((id, code)) = refusal {
        return Err(tree.unknown_code(id, code, &from));
    }
    let state_root = StateRoot {
        version: StateTreeVersion::V5,
        actors: moved.flush().map_err(|error| tree.unreadable(error))?,
        info,
    };
    let after = tree.put(&state_root)?;
    Ok(plan.report(*root, after))
}

/// The old state tree.
struct Tree<'a, S> {
    store: &'a S,
    root: &'a Cid,
}

impl<'a, S: Blockstore> Tree<'a, S> {
    /// The actors, and the link to the tree's information, which no one reads and everyone keeps.
    fn load(&self) -> Result<(Actors<&'a S>, Cid)> {
        let (version, actors, info): (u64, Cid, Cid) = self.get(self.root, "the root of the state tree")?;
        if version != STATE_TREE_VERSION {
            let root = Box::new(*self.root);
            return Err(Error::StateTreeVersion { root, version });
        }
        let actors = Actors::load_with_bit_width(&actors, self.store, HAMT_BIT_WIDTH);
        let actors = actors.map_err(|error| self.unreadable(error))?;
        Ok((actors, info))
    }

    /// The manifest that the state itself runs by.
    fn manifest(&self, actors: &Actors<&'a S>) -> Result<Manifest> {
        let key = BytesKey(Address::new_id(SYSTEM_ACTOR_ID).to_bytes());
        let system = actors.get(&key).map_err(|error| self.unreadable(error))?;
        let system = system.ok_or_else(|| Error::NoSystemActor(Box::new(*self.root)))?;
        let state: SystemState = self.get(&system.state, "the state of the system actor f00")?;
        let data = state.builtin_actors;
        let list = self.get(
            &data,
            "the manifest's list of actors that the system actor f00 names",
        )?;
        Ok(Manifest::from_list(data, list))
    }

    fn get<T: DeserializeOwned>(&self, cid: &Cid, what: &str) -> Result<T> {
        let block = self.store.get(cid).map_err(|error| self.unreadable(error))?;
        let block = block.ok_or_else(|| Error::MissingBlock {
            what: what.to_owned(),
            cid: Box::new(*cid),
        })?;
        let value = fvm_ipld_encoding::from_slice(&block);
        value.map_err(|error| self.unreadable(format!("{what}: {error}")))
    }

    fn put(&self, value: &impl serde::Serialize) -> Result<Cid> {
        let cid = self.store.put_cbor(value, Blake2b256);
        cid.map_err(|error| self.unreadable(error))
    }

    fn unreadable(&self, reason: impl ToString) -> Error {
        Error::BadStateTree {
            root: Box::new(*self.root),
            reason: reason.to_string(),
        }
    }

    fn unknown_code(&self, id: u64, code: Cid, manifest: &Manifest) -> Error {
        Error::UnknownCode {
            root: Box::new(*self.root),
            id,
            code: Box::new(code),
            manifest: Box::new(manifest.data()),
        }
    }
}

#[cfg(test)]
mod tests;
