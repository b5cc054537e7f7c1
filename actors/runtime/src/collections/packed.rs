//! Keys and values as packed bytes, for the nodes of trees: bytes written are what a message costs.

use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;

use super::varint;
use crate::evm::Bytes32;

/// A value that lies in a node of a tree.
pub trait Packed: Clone + PartialEq {
    /// Appends the value's bytes.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes a value from the front of `bytes`; none if there is none.
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
    /// Passes over a value at the front of `bytes`: what a value costs that nobody looks at.
    fn skip(bytes: &mut &[u8]) -> Option<()> {
        Self::unpack(bytes).map(drop)
    }
}

/// A key of a tree. Nodes hold keys in rising order, each as its distance from the one before.
pub trait TreeKey: Ord + Clone {
    /// Appends the key's bytes.
    fn pack_after(&self, before: Option<&Self>, out: &mut Vec<u8>);
    /// Takes a key from the front of `bytes`; none if there is none.
    fn unpack_after(before: Option<&Self>, bytes: &mut &[u8]) -> Option<Self>;
}

/// For trees that are sets.
impl Packed for () {
    fn pack(&self, _: &mut Vec<u8>) {}

    fn unpack(_: &mut &[u8]) -> Option<Self> {
        Some(())
    }
}

impl Packed for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        varint::put(*self, out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        varint::take(bytes)
    }
}

impl Packed for Bytes32 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        take(32, bytes)?.try_into().ok().map(Self)
    }
}

impl Packed for String {
    fn pack(&self, out: &mut Vec<u8>) {
        varint::put(self.len() as u64, out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(varint::take(bytes)?).ok()?;
        core::str::from_utf8(take(length, bytes)?).ok().map(str::to_owned)
    }
}

/// Set in the length of a negative amount.
const NEGATIVE: u8 = 0x80;

impl Packed for TokenAmount {
    /// A length, then the magnitude without leading zeros.
    fn pack(&self, out: &mut Vec<u8>) {
        let (sign, magnitude) = self.atto().to_bytes_be();
        let magnitude = if sign == Sign::NoSign { &[] } else { &magnitude[..] };
        let negative = if sign == Sign::Minus { NEGATIVE } else { 0 };
        // The FVM knows no amount of more than 127 bytes.
        out.push(negative | magnitude.len() as u8);
        out.extend_from_slice(magnitude);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = *take(1, bytes)?.first()?;
        let sign = if length & NEGATIVE == 0 {
            Sign::Plus
        } else {
            Sign::Minus
        };
        let magnitude = take(usize::from(length & !NEGATIVE), bytes)?;
        Some(TokenAmount::from_atto(BigInt::from_bytes_be(sign, magnitude)))
    }

    fn skip(bytes: &mut &[u8]) -> Option<()> {
        let length = *take(1, bytes)?.first()?;
        take(usize::from(length & !NEGATIVE), bytes).map(drop)
    }
}

/// Takes so many bytes from the front; none if there are fewer.
pub fn take<'a>(length: usize, bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(head)
}

impl TreeKey for u64 {
    fn pack_after(&self, before: Option<&Self>, out: &mut Vec<u8>) {
        varint::put(self.wrapping_sub(before.copied().unwrap_or(0)), out);
    }

    fn unpack_after(before: Option<&Self>, bytes: &mut &[u8]) -> Option<Self> {
        before.copied().unwrap_or(0).checked_add(varint::take(bytes)?)
    }
}

/// Hashes are as good as random: nothing is gained from the one before.
impl TreeKey for Bytes32 {
    fn pack_after(&self, _: Option<&Self>, out: &mut Vec<u8>) {
        self.pack(out);
    }

    fn unpack_after(_: Option<&Self>, bytes: &mut &[u8]) -> Option<Self> {
        Self::unpack(bytes)
    }
}

impl<A: TreeKey, B: TreeKey> TreeKey for (A, B) {
    fn pack_after(&self, before: Option<&Self>, out: &mut Vec<u8>) {
        self.0.pack_after(before.map(|key| &key.0), out);
        let second = before.filter(|key| key.0 == self.0).map(|key| &key.1);
        self.1.pack_after(second, out);
    }

    fn unpack_after(before: Option<&Self>, bytes: &mut &[u8]) -> Option<Self> {
        let first = A::unpack_after(before.map(|key| &key.0), bytes)?;
        let second = before.filter(|key| key.0 == first).map(|key| &key.1);
        let second = B::unpack_after(second, bytes)?;
        Some((first, second))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amounts() -> impl Strategy<Value = TokenAmount> {
        (any::<bool>(), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(negative, bytes)| {
            let magnitude = BigInt::from_bytes_be(Sign::Plus, &bytes);
            TokenAmount::from_atto(if negative { -magnitude } else { magnitude })
        })
    }

    fn packed_twice<T: Packed>(value: &T) -> Vec<u8> {
        let mut out = Vec::new();
        value.pack(&mut out);
        value.pack(&mut out);
        out
    }

    proptest! {
        #[test]
        fn amounts_come_back_and_leave_the_rest(amount in amounts()) {
            let bytes = packed_twice(&amount);
            let mut rest = &bytes[..];
            prop_assert_eq!(TokenAmount::unpack(&mut rest), Some(amount.clone()));
            prop_assert_eq!(rest.len() * 2, bytes.len());
            prop_assert_eq!(TokenAmount::unpack(&mut rest), Some(amount));
            prop_assert_eq!(TokenAmount::unpack(&mut rest), None);
        }

        #[test]
        fn rising_keys_come_back(mut keys in prop::collection::vec((0..5u64, any::<u64>()), 0..20)) {
            keys.sort_unstable();
            keys.dedup();
            let mut bytes = Vec::new();
            let mut before = None;
            for key in &keys {
                key.pack_after(before, &mut bytes);
                before = Some(key);
            }
            let (mut rest, mut found) = (&bytes[..], Vec::new());
            while let Some(key) = <(u64, u64)>::unpack_after(found.last(), &mut rest) {
                found.push(key);
            }
            prop_assert_eq!(found, keys);
        }

        #[test]
        fn rising_keys_of_a_pair_and_a_hash_come_back(
            mut keys in prop::collection::vec(((0..3u64, 0..3u64), 0..3u8), 0..20)
        ) {
            keys.sort_unstable();
            keys.dedup();
            let keys: Vec<_> = keys.into_iter().map(|(pair, byte)| (pair, Bytes32([byte; 32]))).collect();
            let mut bytes = Vec::new();
            let mut before = None;
            for key in &keys {
                key.pack_after(before, &mut bytes);
                before = Some(key);
            }
            let (mut rest, mut found) = (&bytes[..], Vec::new());
            while let Some(key) = <((u64, u64), Bytes32)>::unpack_after(found.last(), &mut rest) {
                found.push(key);
            }
            prop_assert_eq!(found, keys);
        }
    }

    #[test]
    fn an_amount_of_a_token_takes_a_byte_more_than_its_digits() {
        let mut out = Vec::new();
        TokenAmount::from_whole(1_000).pack(&mut out);
        assert_eq!(out.len(), 10);
    }
}
