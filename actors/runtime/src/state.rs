//! The root block of an actor's state: a CBOR tuple that carries its version first.
//!
//! New code reads every earlier version and writes the newest, at the first write after an upgrade.

use cid::Cid;
use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_ipld_encoding::DAG_CBOR;
use multihash_codetable::Code;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{ActorError, Context};
use crate::schema::{Schema, Shape};

/// The root of an actor's state.
pub trait State: Serialize + DeserializeOwned {
    /// The number in the first field; none for a layout that someone else fixed (Init's).
    const VERSION: Option<u64>;

    /// Reads a block of an earlier version and brings it up to date. A second version decodes the first
    /// with [`decode`], which in turn knows how to read what came before it.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE for a version that this code does not know.
    fn upgrade<BS: Blockstore>(_store: &BS, version: u64, _block: &[u8]) -> Result<Self, ActorError> {
        Err(ActorError::illegal_state(format!(
            "state version {version} is unknown to this code"
        )))
    }
}

/// The first field of a versioned state. Any other number does not decode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version<const N: u64>;

impl<const N: u64> Serialize for Version<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        N.serialize(serializer)
    }
}

impl<'de, const N: u64> Deserialize<'de> for Version<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            n if n == N => Ok(Self),
            n => Err(D::Error::custom(format!(
                "state version {n} where {N} is expected"
            ))),
        }
    }
}

impl<const N: u64> Schema for Version<N> {
    fn shape() -> Shape {
        Shape::Uint(64)
    }

    fn sample() -> Self {
        Self
    }
}

/// Reads the block behind a root.
///
/// # Errors
/// USR_ILLEGAL_STATE when it is missing.
pub fn get<BS: Blockstore>(store: &BS, root: &Cid) -> Result<Vec<u8>, ActorError> {
    let block = store.get(root).or_illegal_state("reading the state's root")?;
    block.ok_or_else(|| ActorError::illegal_state(format!("the state's root {root} is missing")))
}

/// Decodes a root block of whatever version.
///
/// # Errors
/// USR_ILLEGAL_STATE when it is none of the versions that this code knows.
pub fn decode<S: State, BS: Blockstore>(store: &BS, block: &[u8]) -> Result<S, ActorError> {
    if let Some(newest) = S::VERSION {
        let found = version_of(block)?;
        if found != newest {
            return S::upgrade(store, found, block);
        }
    }
    fvm_ipld_encoding::from_slice(block).or_illegal_state("the state does not decode")
}

/// Room for most roots, in bytes: growing a buffer while it is written costs gas.
const USUAL_BYTES: usize = 1_024;

/// Encodes a root block. What could not be read again is not written.
///
/// # Errors
/// USR_ILLEGAL_STATE when a field cannot be encoded, or the first one is not the version that the type names.
pub fn encode<S: State>(state: &S) -> Result<Vec<u8>, ActorError> {
    let mut block = Vec::with_capacity(USUAL_BYTES);
    fvm_ipld_encoding::to_writer(&mut block, state).or_illegal_state("the state does not encode")?;
    match S::VERSION {
        Some(named) if version_of(&block)? != named => Err(ActorError::illegal_state(format!(
            "the state's first field is not its version, {named}"
        ))),
        _ => Ok(block),
    }
}

/// Stores a root block.
///
/// # Errors
/// USR_ILLEGAL_STATE when the store refuses it.
pub fn put<BS: Blockstore>(store: &BS, block: &[u8]) -> Result<Cid, ActorError> {
    store
        .put(Code::Blake2b256, &Block::new(DAG_CBOR, block))
        .or_illegal_state("the state cannot be stored")
}

/// The unsigned integer that opens a CBOR array of fewer than 256 fields.
fn version_of(block: &[u8]) -> Result<u64, ActorError> {
    let wrong = || ActorError::illegal_state("the state is no tuple that starts with its version");
    let rest = match block {
        [0x81..=0x97, rest @ ..] | [0x98, _, rest @ ..] => rest,
        _ => return Err(wrong()),
    };
    match rest {
        [n @ 0..=23, ..] => Ok(u64::from(*n)),
        [24, n, ..] => Ok(u64::from(*n)),
        [25, a, b, ..] => Ok(u64::from(u16::from_be_bytes([*a, *b]))),
        _ => Err(wrong()),
    }
}
