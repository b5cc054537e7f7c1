//! Keys of maps as bytes.

use fvm_shared::address::Address;

use super::varint;

/// A type that can be the key of a map. Keys are as short as they can be: bytes are what a write costs.
pub trait MapKey: Sized {
    /// The key as bytes, the same for equal keys and different for different ones.
    fn to_bytes(&self) -> Vec<u8>;
    /// The key back from its bytes; none if they are no key.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

impl MapKey for u64 {
    /// A varint.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(4);
        varint::put(*self, &mut out);
        out
    }

    fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let value = varint::take(&mut bytes)?;
        bytes.is_empty().then_some(value)
    }
}

impl MapKey for (u64, u64) {
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.0.to_bytes();
        out.extend(self.1.to_bytes());
        out
    }

    fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let first = varint::take(&mut bytes)?;
        let second = u64::from_bytes(bytes)?;
        Some((first, second))
    }
}

impl MapKey for Address {
    fn to_bytes(&self) -> Vec<u8> {
        Address::to_bytes(*self)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Address::from_bytes(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::MapKey;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_id_comes_back_from_its_bytes(id: u64) {
            prop_assert_eq!(u64::from_bytes(&id.to_bytes()), Some(id));
        }

        #[test]
        fn every_pair_comes_back_from_its_bytes(a: u64, b: u64) {
            prop_assert_eq!(<(u64, u64)>::from_bytes(&(a, b).to_bytes()), Some((a, b)));
        }

        #[test]
        fn bytes_that_decode_are_the_only_ones_for_their_key(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
            if let Some(id) = u64::from_bytes(&bytes) {
                prop_assert_eq!(id.to_bytes(), bytes);
            }
        }
    }
}
