//! CIDs of content that lives outside the chain.

use cid::Cid;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize, Serializer};

use crate::schema::{Schema, Shape};

/// The longest foreign CID that is accepted, bytes.
pub const MAX_FOREIGN_CID: usize = 128;

/// A CID that is data and no link.
///
/// The FVM refuses DAG-CBOR blocks with links that it cannot follow: other hashes than blake2b-256, other
/// codecs, or blocks that it does not have. Content, metadata and manifests are therefore stored as byte strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ForeignCid(pub Cid);

impl Serialize for ForeignCid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fvm_ipld_encoding::strict_bytes::serialize(&self.0.to_bytes(), serializer)
    }
}

impl<'de> Deserialize<'de> for ForeignCid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: Vec<u8> = fvm_ipld_encoding::strict_bytes::deserialize(deserializer)?;
        Self::from_bytes(&bytes).map_err(D::Error::custom)
    }
}

impl ForeignCid {
    /// The CID in some bytes, which have to be its shortest form.
    ///
    /// # Errors
    /// Why they are none, in words.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let len = bytes.len();
        if len > MAX_FOREIGN_CID {
            return Err(format!(
                "a CID of {len} bytes exceeds the limit of {MAX_FOREIGN_CID} bytes"
            ));
        }
        let cid = Cid::try_from(bytes).map_err(|no| no.to_string())?;
        // The library stops reading where the CID ends, and takes numbers in longer forms than the shortest.
        if cid.to_bytes() != bytes {
            let shortest = cid.encoded_len();
            return Err(format!(
                "{cid} has {shortest} bytes in its shortest form, not {len}"
            ));
        }
        Ok(Self(cid))
    }
}

impl Schema for ForeignCid {
    fn shape() -> Shape {
        Shape::ForeignCid
    }
    /// A raw block with a SHA2-256 hash, as IPFS has them.
    fn sample() -> Self {
        let hash = cid::multihash::Multihash::wrap(0x12, &[7; 32]).unwrap_or_default();
        Self(Cid::new_v1(0x55, hash))
    }
}
