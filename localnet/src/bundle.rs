//! Reading a bundle of actors: a CAR with one root, the manifest `[1, data]`, whose data block lists `(name, code CID)`.

use std::path::Path;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::CborStore;

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
    pub(crate) store: MemStore,
}

impl Bundle {
    /// Read a bundle from the bytes of a CAR. Every block's hash is checked.
    ///
    /// # Errors
    /// When the bytes are no CAR with one manifest root, or when a listed actor's code is absent.
    pub fn from_car(car: &[u8]) -> Result<Self> {
        let store = MemStore::new();
        let roots = load_car(&store, car)?;
        let [manifest] = roots.as_slice() else {
            return Err(Error::Bundle(format!(
                "a bundle has one root, this CAR has {}",
                roots.len()
            )));
        };
        let (version, data): (u32, Cid) = read(&store, manifest, "manifest")?;
        if version != 1 {
            return Err(Error::Bundle(format!(
                "manifest version {version} is not supported, the only one is 1"
            )));
        }
        let actors: Vec<(String, Cid)> = read(&store, &data, "manifest data")?;
        for (name, code) in &actors {
            if !store.has(code).map_err(Error::Machine)? {
                return Err(Error::Bundle(format!(
                    "the code {code} of actor {name} is not in the CAR"
                )));
            }
        }
        Ok(Self {
            manifest: *manifest,
            data,
            actors,
            store,
        })
    }

    /// Read a bundle from a CAR file.
    ///
    /// # Errors
    /// As [`Bundle::from_car`], and when the file cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let car =
            std::fs::read(path).map_err(|e| Error::Bundle(format!("cannot read {}: {e}", path.display())))?;
        Self::from_car(&car)
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

/// Put every block of a CAR into `store`, checking hashes; gives the roots.
pub(crate) fn load_car(store: &MemStore, car: &[u8]) -> Result<Vec<Cid>> {
    fvm_ipld_car::load_car(store, car).map_err(|e| Error::Bundle(format!("not a valid CAR: {e}")))
}

fn read<T: serde::de::DeserializeOwned>(store: &MemStore, cid: &Cid, what: &str) -> Result<T> {
    match store.get_cbor(cid) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(Error::Bundle(format!("{what} {cid} is not in the CAR"))),
        Err(e) => Err(Error::Bundle(format!("{what} {cid} cannot be read: {e}"))),
    }
}
