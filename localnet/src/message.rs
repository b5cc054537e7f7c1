//! Messages as they stand on the chain: encoding, identity, length, signature.

use cid::Cid;
use fvm_ipld_encoding::to_vec;
use fvm_shared::address::{Address, Protocol};
use fvm_shared::crypto::signature::{SignatureType, verify};
use fvm_shared::message::Message;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base_fee::GasOffer;
use crate::error::{Error, Result};
use crate::hash::cbor_cid;

/// A signature with its kind. On the wire: one byte string, the kind (1, 2, 3) first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Signature {
    /// 65 bytes: r, s, v.
    Secp256k1(Vec<u8>),
    /// 96 bytes: a compressed point.
    Bls(Vec<u8>),
    /// What an Ethereum key signs; 65 bytes r, s, v for EIP-1559, a prefix byte before them for older transactions.
    Delegated(Vec<u8>),
}

impl Signature {
    /// The signature without its kind.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Signature::Secp256k1(b) | Signature::Bls(b) | Signature::Delegated(b) => b,
        }
    }

    /// The kind's number on the wire.
    pub fn kind(&self) -> u8 {
        match self {
            Signature::Secp256k1(_) => 1,
            Signature::Bls(_) => 2,
            Signature::Delegated(_) => 3,
        }
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        let wire: Vec<u8> = std::iter::once(self.kind())
            .chain(self.bytes().iter().copied())
            .collect();
        fvm_ipld_encoding::strict_bytes::serialize(&wire, s)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        let wire: Vec<u8> = fvm_ipld_encoding::strict_bytes::deserialize(d)?;
        match wire.split_first() {
            Some((1, rest)) => Ok(Signature::Secp256k1(rest.to_vec())),
            Some((2, rest)) => Ok(Signature::Bls(rest.to_vec())),
            Some((3, rest)) => Ok(Signature::Delegated(rest.to_vec())),
            Some((kind, _)) => Err(serde::de::Error::custom(format!(
                "signature kind {kind} is none of 1, 2, 3"
            ))),
            None => Err(serde::de::Error::custom("empty signature")),
        }
    }
}

/// A message and the signature of its sender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SignedMessage {
    /// The message.
    pub message: Message,
    /// The sender's signature.
    pub signature: Signature,
}

impl Serialize for SignedMessage {
    fn serialize<S: Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        (&self.message, &self.signature).serialize(s)
    }
}

impl<'de> Deserialize<'de> for SignedMessage {
    fn deserialize<D: Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        let (message, signature) = Deserialize::deserialize(d)?;
        Ok(Self { message, signature })
    }
}

impl SignedMessage {
    /// Is it a BLS message? Blocks keep those without their signature, and execute them first.
    pub fn is_bls(&self) -> bool {
        matches!(self.signature, Signature::Bls(_))
    }

    /// The CID by which the chain names the message: of the unsigned message for BLS, of the signed one otherwise.
    ///
    /// # Errors
    /// When the message cannot be encoded.
    pub fn cid(&self) -> Result<Cid> {
        Ok(cbor_cid(&self.chain_bytes()?))
    }

    /// The bytes that stand on the chain: the bare message for BLS, message and signature otherwise.
    ///
    /// # Errors
    /// When the message cannot be encoded.
    pub fn chain_bytes(&self) -> Result<Vec<u8>> {
        let bytes = if self.is_bls() {
            to_vec(&self.message)
        } else {
            to_vec(self)
        };
        bytes.map_err(|e| Error::codec("message", e))
    }

    /// The length that inclusion gas is charged for, in bytes (Lotus: ChainLength).
    ///
    /// # Errors
    /// When the message cannot be encoded.
    pub fn chain_length(&self) -> Result<usize> {
        Ok(self.chain_bytes()?.len())
    }

    /// Check the signature against `signer`, the sender's key address (f1, f3 or f410).
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn verify(&self, signer: &Address, chain_id: u64) -> std::result::Result<(), String> {
        let digest = || {
            message_cid(&self.message)
                .map(|cid| cid.to_bytes())
                .map_err(|e| e.to_string())
        };
        match &self.signature {
            Signature::Secp256k1(bytes) => verify(SignatureType::Secp256k1, bytes, &digest()?, signer),
            Signature::Bls(bytes) => verify(SignatureType::BLS, bytes, &digest()?, signer),
            Signature::Delegated(bytes) => {
                if signer.protocol() != Protocol::Delegated {
                    return Err(format!("a delegated signature cannot belong to {signer}"));
                }
                crate::eth::verify(&self.message, bytes, signer, chain_id)
            }
        }
    }

    /// What the base fee rules look at.
    pub(crate) fn offer(&self) -> GasOffer {
        GasOffer {
            from: self.message.from,
            nonce: self.message.sequence,
            gas_limit: self.message.gas_limit,
            fee_cap: self.message.gas_fee_cap.clone(),
            premium: self.message.gas_premium.clone(),
        }
    }
}

/// CID of the unsigned message; its bytes are what f1 and f3 keys sign.
///
/// # Errors
/// When the message cannot be encoded.
pub fn message_cid(message: &Message) -> Result<Cid> {
    Ok(cbor_cid(
        &to_vec(message).map_err(|e| Error::codec("message", e))?,
    ))
}
