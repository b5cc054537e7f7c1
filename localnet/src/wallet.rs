//! Keys of the three kinds that a Filecoin account can have, and what they sign.

use bls_signatures::{PrivateKey, Serialize as _};
use fvm_shared::address::Address;
use k256::ecdsa::SigningKey;

use crate::error::{Error, Result};
use crate::eth::EthAddress;
use crate::hash::blake2b_256;
use crate::message::{Signature, SignedMessage, message_cid};
use fvm_shared::message::Message;

/// The three kinds of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `f1`: secp256k1 over blake2b hashes.
    Secp256k1,
    /// `f3`: BLS12-381.
    Bls,
    /// `f410`, or 0x: secp256k1 over Ethereum transactions.
    Eth,
}

impl Kind {
    /// All kinds, in the order in which genesis creates them.
    pub const ALL: [Kind; 3] = [Kind::Secp256k1, Kind::Bls, Kind::Eth];
}

#[derive(Clone)]
enum Key {
    Secp256k1(SigningKey),
    Bls(PrivateKey),
    Eth(SigningKey),
}

/// One key and the address it stands for.
#[derive(Clone)]
pub struct Wallet {
    key: Key,
    address: Address,
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wallet({})", self.address)
    }
}

impl Wallet {
    /// The key of this kind that the 32 bytes of `secret` give. Not for real money: nothing protects the key in memory.
    ///
    /// # Errors
    /// When a secp256k1 secret is zero or not below the curve's order.
    pub fn from_secret(kind: Kind, secret: &[u8; 32]) -> Result<Self> {
        let signing =
            || SigningKey::from_slice(secret).map_err(|e| Error::Key(format!("secp256k1 secret: {e}")));
        let (key, address) = match kind {
            Kind::Secp256k1 => {
                let key = signing()?;
                let public = key.verifying_key().to_encoded_point(false);
                let address =
                    Address::new_secp256k1(public.as_bytes()).map_err(|e| Error::Key(e.to_string()))?;
                (Key::Secp256k1(key), address)
            }
            Kind::Bls => {
                let key = PrivateKey::new(secret);
                let address =
                    Address::new_bls(&key.public_key().as_bytes()).map_err(|e| Error::Key(e.to_string()))?;
                (Key::Bls(key), address)
            }
            Kind::Eth => {
                let key = signing()?;
                let address = EthAddress::of_key(key.verifying_key()).to_filecoin();
                (Key::Eth(key), address)
            }
        };
        Ok(Self { key, address })
    }

    /// Key number `index` of a kind, from a seed. Genesis funds the first ones; any other is an account without funds.
    pub fn from_seed(seed: u64, kind: Kind, index: u32) -> Self {
        let tag: &[u8] = match kind {
            Kind::Secp256k1 => b"secp256k1",
            Kind::Bls => b"bls",
            Kind::Eth => b"eth",
        };
        let mut secret = blake2b_256(&[
            b"holdfast localnet account ",
            tag,
            &seed.to_be_bytes(),
            &index.to_be_bytes(),
        ]);
        loop {
            match Self::from_secret(kind, &secret) {
                Ok(wallet) => return wallet,
                // One hash in 2^127 is no secp256k1 secret; the next one then is.
                Err(_) => secret = blake2b_256(&[&secret]),
            }
        }
    }

    /// The kind of the key.
    pub fn kind(&self) -> Kind {
        match self.key {
            Key::Secp256k1(_) => Kind::Secp256k1,
            Key::Bls(_) => Kind::Bls,
            Key::Eth(_) => Kind::Eth,
        }
    }

    /// The address made from the key: f1, f3 or f410.
    pub fn address(&self) -> Address {
        self.address
    }

    /// The 0x form, for keys of the Ethereum kind.
    pub fn eth_address(&self) -> Option<EthAddress> {
        EthAddress::from_filecoin(&self.address)
    }

    /// The secret's 32 bytes (a BLS secret is the scalar, little-endian).
    pub fn secret(&self) -> Vec<u8> {
        match &self.key {
            Key::Secp256k1(key) | Key::Eth(key) => key.to_bytes().to_vec(),
            Key::Bls(key) => key.as_bytes(),
        }
    }

    /// Sign raw bytes as an actor's AuthenticateMessage expects: secp256k1 over blake2b-256, BLS over the bytes,
    /// Ethereum keys over keccak-256 (65 bytes r, s, v with v 0 or 1).
    ///
    /// # Errors
    /// When the curve library refuses, which it does not for a valid key.
    pub fn sign_bytes(&self, data: &[u8]) -> Result<Vec<u8>> {
        match &self.key {
            Key::Secp256k1(key) => sign_hash(key, &blake2b_256(&[data])),
            Key::Bls(key) => Ok(key.sign(data).as_bytes()),
            Key::Eth(key) => sign_hash(key, &alloy_primitives::keccak256(data).0),
        }
    }

    /// Sign a 32-byte hash with a secp256k1 key of either kind: 65 bytes r, s, v with v 0 or 1.
    ///
    /// # Errors
    /// When the key is BLS.
    pub fn sign_hash(&self, hash: &[u8; 32]) -> Result<Vec<u8>> {
        match &self.key {
            Key::Secp256k1(key) | Key::Eth(key) => sign_hash(key, hash),
            Key::Bls(_) => Err(Error::Key("a BLS key does not sign a bare hash".into())),
        }
    }

    /// Sign a message. An Ethereum key signs the EIP-1559 transaction that the message is the Filecoin form of.
    ///
    /// # Errors
    /// When an Ethereum key is asked for a message that is no Ethereum transaction.
    pub fn sign(&self, message: Message, chain_id: u64) -> Result<SignedMessage> {
        let signature = match &self.key {
            Key::Secp256k1(_) => Signature::Secp256k1(self.sign_bytes(&message_cid(&message)?.to_bytes())?),
            Key::Bls(_) => Signature::Bls(self.sign_bytes(&message_cid(&message)?.to_bytes())?),
            Key::Eth(_) => {
                let hash = crate::eth::signing_hash(&message, chain_id)?;
                Signature::Delegated(self.sign_hash(&hash)?)
            }
        };
        Ok(SignedMessage { message, signature })
    }
}

fn sign_hash(key: &SigningKey, hash: &[u8; 32]) -> Result<Vec<u8>> {
    let (signature, recovery) = key
        .sign_prehash_recoverable(hash)
        .map_err(|e| Error::Key(e.to_string()))?;
    let mut bytes = signature.to_bytes().to_vec();
    bytes.push(recovery.to_byte());
    Ok(bytes)
}
