//! Records as values of a tree.

use core::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, Serialize, Serializer};

use super::packed::{Packed, take};
use super::varint;
use crate::error::{ActorError, Context};
use crate::schema::{Schema, Shape};

/// A record in its CBOR, for what a tree holds and messages seldom read: it is decoded when it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded<T> {
    bytes: Vec<u8>,
    record: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Recorded<T> {
    /// A record to put into a tree.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when it cannot be encoded.
    pub fn new(record: &T) -> Result<Self, ActorError> {
        let bytes = fvm_ipld_encoding::to_vec(record).or_illegal_state("a record does not encode")?;
        let record = PhantomData;
        Ok(Self { bytes, record })
    }

    /// Its bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The record.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when it is none.
    pub fn read(&self) -> Result<T, ActorError> {
        fvm_ipld_encoding::from_slice(&self.bytes).or_illegal_state("a record does not decode")
    }
}

impl<T: Clone + PartialEq> Packed for Recorded<T> {
    /// A length, then the CBOR.
    fn pack(&self, out: &mut Vec<u8>) {
        varint::put(self.bytes.len() as u64, out);
        out.extend_from_slice(&self.bytes);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(varint::take(bytes)?).ok()?;
        let bytes = take(length, bytes)?.to_vec();
        let record = PhantomData;
        Some(Self { bytes, record })
    }

    fn skip(bytes: &mut &[u8]) -> Option<()> {
        let length = usize::try_from(varint::take(bytes)?).ok()?;
        take(length, bytes).map(drop)
    }
}

/// For tools that show a state.
impl<T: Serialize + DeserializeOwned> Serialize for Recorded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.read().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<T: Schema + Serialize + DeserializeOwned> Schema for Recorded<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn sample() -> Self {
        Self::new(&T::sample()).unwrap_or(Self {
            bytes: Vec::new(),
            record: PhantomData,
        })
    }
}
