//! Links of a state without what they all share, and places in the blocks behind them.

use core::fmt;

use cid::Cid;
use cid::multihash::Multihash;
use cid::serde::CID_SERDE_PRIVATE_IDENTIFIER;
use fvm_ipld_encoding::{BytesSer, DAG_CBOR};
use multihash_codetable::Code;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The digest of a block: whatever links a state has are CIDs of version 1, of DAG-CBOR and BLAKE2b-256. On the wire it
/// is the whole CID. Reading and writing it so costs a quarter of what it costs for any CID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BlockId([u8; DIGEST]);

const DIGEST: usize = 32;
/// Version, codec, hash function and length of the digest, as varints.
const PREFIX: [u8; 6] = [0x01, 0x71, 0xa0, 0xe4, 0x02, 0x20];

impl BlockId {
    /// None of a link that no state can have.
    pub(super) fn of(link: &Cid) -> Option<Self> {
        let id = Self(link.hash().digest().try_into().ok()?);
        (id.link() == *link).then_some(id)
    }

    pub(super) fn link(&self) -> Cid {
        let hash = Multihash::wrap(Code::Blake2b256.into(), &self.0).unwrap_or_default();
        Cid::new_v1(DAG_CBOR, hash)
    }
}

/// Where a node is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The block.
    pub(super) block: BlockId,
    /// Which of its nodes.
    pub(super) slot: usize,
}

impl Serialize for BlockId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut link = [0; PREFIX.len() + DIGEST];
        let (prefix, digest) = link.split_at_mut(PREFIX.len());
        prefix.copy_from_slice(&PREFIX);
        digest.copy_from_slice(&self.0);
        serializer.serialize_newtype_struct(CID_SERDE_PRIVATE_IDENTIFIER, &BytesSer(&link))
    }
}

impl<'de> Deserialize<'de> for BlockId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(CID_SERDE_PRIVATE_IDENTIFIER, Link)
    }
}

/// A link in a block.
struct Link;

impl<'de> Visitor<'de> for Link {
    type Value = BlockId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a link to a block of a state")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<BlockId, D::Error> {
        deserializer.deserialize_bytes(self)
    }

    fn visit_bytes<E: Error>(self, link: &[u8]) -> Result<BlockId, E> {
        let digest = link
            .strip_prefix(&PREFIX)
            .and_then(|digest| digest.try_into().ok());
        digest
            .map(BlockId)
            .ok_or_else(|| E::custom("a link to no block of a state"))
    }
}
