//! Ethereum addresses and the Filecoin addresses they stand for.

use alloy_primitives::{Address as AlloyAddress, keccak256};
use fvm_shared::address::{Address, Payload};
use k256::ecdsa::VerifyingKey;

use crate::ids::EAM;

/// A 20-byte Ethereum address.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EthAddress(pub [u8; 20]);

impl std::fmt::Debug for EthAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl std::fmt::Display for EthAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", AlloyAddress::from(self.0))
    }
}

impl EthAddress {
    /// The masked form of an actor id: 0xff, eleven zeros, the id as a big-endian u64.
    pub fn from_id(id: u64) -> Self {
        let mut bytes = [0; 20];
        bytes[0] = 0xff;
        bytes[12..].copy_from_slice(&id.to_be_bytes());
        Self(bytes)
    }

    /// The id, if this is a masked id.
    pub fn as_id(&self) -> Option<u64> {
        let (mask, id) = self.0.split_at(12);
        let masked = mask[0] == 0xff && mask[1..].iter().all(|b| *b == 0);
        masked.then(|| id.iter().fold(0, |n, b| (n << 8) | u64::from(*b)))
    }

    /// The 0x form of an f410 or id address; other addresses have none without looking the actor up.
    pub fn from_filecoin(address: &Address) -> Option<Self> {
        match address.payload() {
            Payload::ID(id) => Some(Self::from_id(*id)),
            Payload::Delegated(d) if d.namespace() == EAM => d.subaddress().try_into().ok().map(Self),
            _ => None,
        }
    }

    /// The Filecoin form: f0 for a masked id, f410 otherwise.
    pub fn to_filecoin(self) -> Address {
        match self.as_id() {
            Some(id) => Address::new_id(id),
            None => Address::new_delegated(EAM, &self.0).unwrap_or_else(|_| Address::new_id(0)),
        }
    }

    pub(crate) fn of_key(key: &VerifyingKey) -> Self {
        let point = key.to_encoded_point(false);
        let hash = keccak256(&point.as_bytes()[1..]);
        let mut out = [0; 20];
        out.copy_from_slice(&hash[12..]);
        Self(out)
    }
}
