//! The files of the data set, on disk: what is published is encrypted.

use std::fs::{self, File};
use std::path::PathBuf;

use anyhow::{Context, Result};
use cid::Cid;
use holdfast_client::{EpochKey, decrypt, encrypt};
use holdfast_runtime::foreign_cid::ForeignCid;
use multihash_codetable::{Code, MultihashDigest};
use tempfile::TempDir;

use super::scene::{GENOMES, WARD};

/// The codec of bytes that have no structure.
const RAW: u64 = 0x55;

/// Folder, name and text of each file.
const TEXTS: [(&str, &str, &str); 2] = [
    (
        WARD,
        "rounds.csv",
        "bed,pulse,temperature\n1,72,36.8\n2,81,37.4\n",
    ),
    (
        GENOMES,
        "variants.csv",
        "sample,gene,variant\nA,BRCA1,c.68_69del\n",
    ),
];

/// Where the provider keeps the files; the folder goes when the story is over.
pub(super) struct Files(TempDir);

impl Files {
    pub(super) fn new() -> Result<Self> {
        let folder = TempDir::new().context("no temporary folder")?;
        for (name, _, _) in TEXTS {
            fs::create_dir(folder.path().join(name))?;
        }
        Ok(Self(folder))
    }

    /// Encrypts all files under the key of a key epoch, in the place of what was there; gives their names with their CIDs.
    pub(super) fn encrypt(&self, key: &EpochKey) -> Result<Vec<(String, ForeignCid)>> {
        let encrypted = TEXTS.iter().map(|(folder, name, text)| {
            let path = self.path(folder)?;
            encrypt(key, &mut text.as_bytes(), &mut File::create(&path)?)?;
            let cid = ForeignCid(Cid::new_v1(RAW, Code::Sha2_256.digest(&fs::read(&path)?)));
            Ok((format!("{folder}/{name}"), cid))
        });
        encrypted.collect()
    }

    /// The bytes of a folder's file as the provider has them.
    pub(super) fn fetch(&self, folder: &str) -> Result<Vec<u8>> {
        let path = self.path(folder)?;
        fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
    }

    fn path(&self, folder: &str) -> Result<PathBuf> {
        let (_, name, _) = in_folder(folder)?;
        Ok(self.0.path().join(folder).join(name).with_extension("fee"))
    }
}

/// Opens the bytes of a file.
///
/// # Errors
/// When they are encrypted under another key.
pub(super) fn open(bytes: &[u8], key: &EpochKey) -> Result<String> {
    let mut text = Vec::new();
    decrypt(key, &mut &*bytes, &mut text)?;
    Ok(String::from_utf8(text)?)
}

/// What is in a folder's file.
pub(super) fn text(folder: &str) -> Result<&'static str> {
    in_folder(folder).map(|(_, _, text)| *text)
}

fn in_folder(folder: &str) -> Result<&'static (&'static str, &'static str, &'static str)> {
    let found = TEXTS.iter().find(|(name, _, _)| *name == folder);
    found.with_context(|| format!("there is no folder `{folder}`"))
}
