//! 0x addresses and the actors behind them.

use fvm_shared::ActorID;
use fvm_shared::address::{Address, Payload};
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize, Serializer};

use crate::caller::EAM_ACTOR_ID;
use crate::error::ActorError;
use crate::runtime::Runtime;
use crate::schema::{Schema, Shape};

/// An Ethereum address, 20 bytes. In CBOR a byte string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EthAddress(pub [u8; 20]);

/// An id as an address: 0xff, eleven zeros, the id in big-endian.
const MASK: [u8; 12] = [0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

impl EthAddress {
    /// 0x00..00.
    pub const ZERO: Self = Self([0; 20]);

    /// The masked form of an id: 0xff, eleven zeros, eight bytes of id.
    pub fn from_id(id: ActorID) -> Self {
        let mut bytes = [0; 20];
        let (mask, tail) = bytes.split_at_mut(12);
        mask.copy_from_slice(&MASK);
        tail.copy_from_slice(&id.to_be_bytes());
        Self(bytes)
    }

    /// The id, if this is the masked form of one.
    pub fn as_id(&self) -> Option<ActorID> {
        let (mask, tail) = self.0.split_at(12);
        (mask == MASK).then(|| tail.iter().fold(0, |id, byte| (id << 8) | u64::from(*byte)))
    }

    /// Whether the EVM reserves this address for precompiles: 0x00..00 to 0x00..ff and 0xfe..00 to 0xfe..ff,
    /// the ranges in which the Ethereum Address Manager creates nothing.
    pub fn is_reserved(&self) -> bool {
        let [first, middle @ .., _] = &self.0;
        matches!(first, 0 | 0xfe) && middle.iter().all(|byte| *byte == 0)
    }

    /// As a Filecoin address: f0 for the masked form, f410 else.
    ///
    /// # Errors
    /// Never for 20 bytes; USR_ILLEGAL_STATE if the address library changes its mind.
    pub fn to_filecoin(self) -> Result<Address, ActorError> {
        match self.as_id() {
            Some(id) => Ok(Address::new_id(id)),
            None => Address::new_delegated(EAM_ACTOR_ID, &self.0)
                .map_err(|e| ActorError::illegal_state(format!("{self} has no f410 form: {e}"))),
        }
    }

    /// The 20 bytes of an f410 address; none for every other.
    pub fn from_delegated(address: &Address) -> Option<Self> {
        match address.payload() {
            Payload::Delegated(f4) if f4.namespace() == EAM_ACTOR_ID => {
                f4.subaddress().try_into().ok().map(Self)
            }
            _ => None,
        }
    }

    /// As the 32-byte word of an event's topic or of an argument.
    pub fn to_word(self) -> [u8; 32] {
        let mut word = [0; 32];
        word.split_at_mut(12).1.copy_from_slice(&self.0);
        word
    }
}

/// The one 0x form of an actor, as the EVM actor writes it: its f410 address if it has one, else the masked id.
///
/// The machine charges the look-up of an actor when a message first touches it.
pub fn canonical<R: Runtime>(rt: &R, id: ActorID) -> EthAddress {
    let delegated = rt.delegated_address(id);
    delegated
        .as_ref()
        .and_then(EthAddress::from_delegated)
        .unwrap_or_else(|| EthAddress::from_id(id))
}

impl core::fmt::Display for EthAddress {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for EthAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for EthAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: Vec<u8> = fvm_ipld_encoding::strict_bytes::deserialize(deserializer)?;
        let len = bytes.len();
        let exact = <[u8; 20]>::try_from(bytes);
        exact
            .map(Self)
            .map_err(|_| D::Error::custom(format!("an Ethereum address has 20 bytes, not {len}")))
    }
}

impl Schema for EthAddress {
    fn shape() -> Shape {
        Shape::Fixed(20)
    }
    fn sample() -> Self {
        Self::from_id(1234)
    }
}
