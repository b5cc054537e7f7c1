//! The manifest: which names an actor bundle knows, and their code.

use cid::Cid;
use serde::Serialize;

use crate::car::{Car, cbor_cid, code_cid};
use crate::{Error, Result};

/// The names of the official actors, in the order that every network's manifest has them.
pub const OFFICIAL_NAMES: [&str; 16] = [
    "system",
    "init",
    "cron",
    "account",
    "storagepower",
    "storageminer",
    "storagemarket",
    "paymentchannel",
    "multisig",
    "reward",
    "verifiedregistry",
    "datacap",
    "placeholder",
    "evm",
    "eam",
    "ethaccount",
];

const MANIFEST_VERSION: u32 = 1;
const LONGEST_NAME: usize = 64;

/// One line of a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The name that the type keeps for ever.
    pub name: String,
    /// The CID of the WASM module.
    #[serde(serialize_with = "crate::inspect::cid_text")]
    pub code: Cid,
}

/// The actor types of a bundle, in the order of their type numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    data: Cid,
    entries: Vec<Entry>,
}

impl Manifest {
    /// A manifest of these entries; the first has type number 1.
    ///
    /// # Errors
    /// When the list cannot be encoded.
    pub fn new(entries: Vec<Entry>) -> Result<Self> {
        let data = cbor_cid(&encode_list(&entries)?);
        Ok(Self { data, entries })
    }

    /// A list as it stands in the block `data`.
    pub(crate) fn from_list(data: Cid, list: Vec<(String, Cid)>) -> Self {
        let entries = list.into_iter();
        let entries = entries.map(|(name, code)| Entry { name, code }).collect();
        Self { data, entries }
    }

    /// Reads the manifest at the root of a CAR.
    ///
    /// # Errors
    /// When a block is missing or does not have the layout of a manifest.
    pub fn load(car: &Car) -> Result<Self> {
        let cid = car.root();
        let unreadable = |reason: String| Error::BadManifest {
            cid: Box::new(cid),
            reason,
        };
        let root = require(car, &cid, "the manifest")?;
        let (version, data): (u32, Cid) =
            fvm_ipld_encoding::from_slice(root).map_err(|e| unreadable(e.to_string()))?;
        if version != MANIFEST_VERSION {
            return Err(unreadable(format!("version {version}, not 1")));
        }
        let block = require(car, &data, "the manifest's list of actors")?;
        let list = fvm_ipld_encoding::from_slice(block).map_err(|e| unreadable(e.to_string()))?;
        Ok(Self::from_list(data, list))
    }

    /// The CID of the list of names and code, which the system actor f00 holds. The manifest's own CID is [`Bundle::root`].
    pub fn data(&self) -> Cid {
        self.data
    }

    /// The entries in the order of their type numbers.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The type number of a name, counted from 1.
    pub fn position(&self, name: &str) -> Option<u32> {
        let at = self.entries.iter().position(|entry| entry.name == name)?;
        u32::try_from(at).ok()?.checked_add(1)
    }

    /// The code of a name.
    pub fn code(&self, name: &str) -> Option<Cid> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        Some(entry.code)
    }

    /// The two blocks of the manifest, the root first.
    ///
    /// # Errors
    /// When the list cannot be encoded.
    pub(crate) fn blocks(&self) -> Result<[(Cid, Vec<u8>); 2]> {
        let data = encode_list(&self.entries)?;
        let data_cid = cbor_cid(&data);
        let root = encode(&(MANIFEST_VERSION, data_cid))?;
        Ok([(cbor_cid(&root), root), (data_cid, data)])
    }
}

/// A CAR with its manifest read and every code block present.
#[derive(Clone, Debug)]
pub struct Bundle {
    car: Car,
    manifest: Manifest,
}

impl Bundle {
    /// Reads a bundle; what it returns has all its blocks and good hashes.
    ///
    /// # Errors
    /// When the bytes are no CAR, a block is damaged or missing, or the manifest cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let car = Car::read(bytes)?;
        let manifest = Manifest::load(&car)?;
        for Entry { name, code } in manifest.entries() {
            require(&car, code, &format!("the code of {name}"))?;
        }
        Ok(Self { car, manifest })
    }

    /// Reads the bundle in a file.
    ///
    /// # Errors
    /// Those of [`Bundle::read`], and when the file cannot be read.
    pub fn open(path: &std::path::Path) -> Result<Self> {
        Self::read(&std::fs::read(path).map_err(Error::io(path))?)
    }

    /// A bundle of these actors (name and WASM), in this order: the manifest first, then the code in the order of the type numbers.
    ///
    /// # Errors
    /// When a name is malformed or stands twice, or a code stands twice.
    pub fn from_actors(actors: Vec<(String, Vec<u8>)>) -> Result<Self> {
        let mut entries: Vec<Entry> = Vec::with_capacity(actors.len());
        let mut modules = Vec::with_capacity(actors.len());
        for (name, wasm) in actors {
            let code = code_cid(&wasm);
            check_name(&name)?;
            check_new(&entries, &name, code)?;
            entries.push(Entry { name, code });
            modules.push((code, wasm));
        }
        let manifest = Manifest::new(entries)?;
        let [root, data] = manifest.blocks()?;
        let mut car = Car::new(root.0);
        for (cid, block) in [root, data].into_iter().chain(modules) {
            car.insert(cid, block);
        }
        Ok(Self { car, manifest })
    }

    /// The same bundle with another module behind a name.
    ///
    /// # Errors
    /// When the bundle has no such name, or the code stands under another one.
    pub fn with_replaced(&self, name: &str, wasm: Vec<u8>) -> Result<Self> {
        let mut actors = self.actors();
        replace(&mut actors, name, wasm)?;
        Self::from_actors(actors)
    }

    /// Names and modules, in the order of the type numbers.
    pub(crate) fn actors(&self) -> Vec<(String, Vec<u8>)> {
        let entries = self.manifest.entries().iter();
        let actors = entries.map(|entry| {
            let wasm = self.car.block(&entry.code).unwrap_or_default();
            (entry.name.clone(), wasm.to_vec())
        });
        actors.collect()
    }

    /// The manifest's CID, which is the root of the CAR.
    pub fn root(&self) -> Cid {
        self.car.root()
    }

    /// The names and their code.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The CAR below.
    pub fn car(&self) -> &Car {
        &self.car
    }

    /// The WASM module of a name.
    pub fn wasm(&self, name: &str) -> Option<&[u8]> {
        self.car.block(&self.manifest.code(name)?)
    }
}

pub(crate) fn replace(actors: &mut [(String, Vec<u8>)], name: &str, wasm: Vec<u8>) -> Result<()> {
    let found = actors.iter_mut().find(|(known, _)| known == name);
    let (_, code) = found.ok_or_else(|| Error::NothingToReplace(name.to_owned()))?;
    *code = wasm;
    Ok(())
}

/// Accepts a name for a manifest.
///
/// # Errors
/// When the name is empty, longer than 64 characters, or has other characters than a-z, 0-9 and _.
pub fn check_name(name: &str) -> Result<()> {
    let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase());
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if starts_well && name.len() <= LONGEST_NAME && name.chars().all(allowed) {
        return Ok(());
    }
    Err(Error::BadName(name.to_owned()))
}

fn check_new(entries: &[Entry], name: &str, code: Cid) -> Result<()> {
    if entries.iter().any(|entry| entry.name == name) {
        return Err(Error::NameTwice(name.to_owned()));
    }
    match entries.iter().find(|entry| entry.code == code) {
        None => Ok(()),
        Some(first) => Err(Error::CodeTwice {
            first: first.name.clone(),
            second: name.to_owned(),
            code: Box::new(code),
        }),
    }
}

fn require<'a>(car: &'a Car, cid: &Cid, what: &str) -> Result<&'a [u8]> {
    car.block(cid).ok_or_else(|| Error::MissingBlock {
        what: what.to_owned(),
        cid: Box::new(*cid),
    })
}

fn encode_list(entries: &[Entry]) -> Result<Vec<u8>> {
    let list = entries.iter().map(|entry| (entry.name.as_str(), entry.code));
    encode(&list.collect::<Vec<_>>())
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>> {
    fvm_ipld_encoding::to_vec(value).map_err(|e| Error::NotACar(e.to_string()))
}
