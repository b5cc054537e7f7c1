//! The actors of a network, ready to run: what [`holdfast_bundle`] reads and checks, in a store.

use std::path::Path;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use holdfast_bundle::manifest::Manifest;

use crate::error::{Error, Result};
use crate::store::MemStore;

/// The actors a network starts with.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// CID of the manifest, the CAR's only root.
    pub manifest: Cid,
    /// CID of the manifest's data, which the system actor holds.
    pub data: Cid,
    /// Names and code CIDs; the position plus one is the actor's type number.
    pub actors: Vec<(String, Cid)>,
    pub(crate) list: Manifest,
    pub(crate) store: MemStore,
}

impl Bundle {
    /// Read a bundle from the bytes of a CAR. Every block's hash is checked.
    ///
    /// # Errors
    /// When the bytes are no CAR with one manifest root, or when a listed actor's code is absent.
    pub fn from_car(car: &[u8]) -> Result<Self> {
        Self::new(&holdfast_bundle::Bundle::read(car).map_err(refused)?)
    }

    /// Read a bundle from a CAR file.
    ///
    /// # Errors
    /// As [`Bundle::from_car`], and when the file cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::new(&holdfast_bundle::Bundle::open(path.as_ref()).map_err(refused)?)
    }

    /// Take the actors of a bundle that has been read or built.
    ///
    /// # Errors
    /// When a block cannot be stored.
    pub fn new(bundle: &holdfast_bundle::Bundle) -> Result<Self> {
        let store = MemStore::new();
        for (cid, block) in bundle.car().blocks() {
            store.put_keyed(cid, block).map_err(Error::Machine)?;
        }
        let list = bundle.manifest().clone();
        let entries = list.entries().iter();
        let actors = entries.map(|entry| (entry.name.clone(), entry.code)).collect();
        Ok(Self {
            manifest: bundle.root(),
            data: list.data(),
            actors,
            list,
            store,
        })
    }

    /// Code CID of the actor with this name.
    ///
    /// # Errors
    /// When the bundle has no such actor.
    pub fn code(&self, name: &str) -> Result<Cid> {
        let found = self.actors.iter().find(|(n, _)| n == name).map(|(_, code)| *code);
        found.ok_or_else(|| Error::Bundle(format!("there is no actor named {name}")))
    }

    /// Type number of the actor with this name: its position in the manifest, counted from 1.
    pub fn actor_type(&self, name: &str) -> Option<u32> {
        self.actors
            .iter()
            .zip(1u32..)
            .find(|((n, _), _)| n == name)
            .map(|(_, number)| number)
    }

    /// Name of the actor with this code.
    pub fn name(&self, code: &Cid) -> Option<&str> {
        self.actors
            .iter()
            .find(|(_, c)| c == code)
            .map(|(name, _)| name.as_str())
    }
}

/// What [`holdfast_bundle`] refuses.
pub(crate) fn refused(error: holdfast_bundle::Error) -> Error {
    Error::Bundle(error.to_string())
}
