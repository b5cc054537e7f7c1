//! Typed signatures (EIP-712): what 0x wallets show their owners before they sign.

use super::{Bytes32, EthAddress, keccak};
use crate::event::Word;
use crate::runtime::{Hash, Runtime};

/// The version in every domain of ours.
pub const VERSION: &str = "1";

const DOMAIN_TYPE: [u8; 32] =
    keccak(&[b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"]);
const VERSION_HASH: [u8; 32] = keccak(&[VERSION.as_bytes()]);
/// Half of the order of secp256k1: a signature with a larger `s` has a twin and is refused (EIP-2).
const HALF_ORDER: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x5d,
    0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
];

/// A struct that somebody signs.
pub trait Typed {
    /// Its type's hash, then its values, a word each.
    fn words(&self) -> Vec<[u8; 32]>;
}

/// The actor's address in typed data: its masked id.
pub fn verifying_contract<R: Runtime>(rt: &R) -> EthAddress {
    EthAddress::from_id(rt.message().receiver)
}

/// The domain separator of this actor, by a name, on this chain.
pub fn domain_separator<R: Runtime>(rt: &R, name: &str) -> [u8; 32] {
    let name = rt.hash(Hash::Keccak256, name.as_bytes());
    let chain_id = rt.network().chain_id.word();
    hash_words(
        rt,
        &[
            DOMAIN_TYPE,
            name,
            VERSION_HASH,
            chain_id,
            verifying_contract(rt).to_word(),
        ],
    )
}

/// The digest that is signed.
pub fn digest<R: Runtime>(rt: &R, name: &str, typed: &impl Typed) -> [u8; 32] {
    let mut text = vec![0x19, 0x01];
    text.extend_from_slice(&domain_separator(rt, name));
    text.extend_from_slice(&hash_words(rt, &typed.words()));
    rt.hash(Hash::Keccak256, &text)
}

/// The 0x account that signed a digest; none for a signature that is malformed or has a twin.
pub fn signer<R: Runtime>(rt: &R, digest: &[u8; 32], v: u8, r: Bytes32, s: Bytes32) -> Option<EthAddress> {
    let recovery = v.checked_sub(27).filter(|id| *id <= 1)?;
    if s.0 > HALF_ORDER {
        return None;
    }
    let mut signature = [recovery; 65];
    let (halves, _) = signature.split_at_mut(64);
    let (first, second) = halves.split_at_mut(32);
    first.copy_from_slice(&r.0);
    second.copy_from_slice(&s.0);
    let key = rt.recover_public_key(digest, &signature)?;
    let hash = rt.hash(Hash::Keccak256, key.split_first()?.1);
    let tail: [u8; 20] = hash.split_at(12).1.try_into().ok()?;
    Some(EthAddress(tail))
}

fn hash_words<R: Runtime>(rt: &R, words: &[[u8; 32]]) -> [u8; 32] {
    rt.hash(Hash::Keccak256, &words.concat())
}
