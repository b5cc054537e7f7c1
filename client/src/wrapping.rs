//! The content key, wrapped for somebody.

use aes_gcm::aead::OsRng;
use aes_kw::KekAes256;
use ciborium::Value;
use coset::{
    Algorithm, CborSerializable, CoseKdfContextBuilder, CoseRecipient, Header, Label, ProtectedHeader,
    SuppPubInfo, iana,
};
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::EphemeralSecret;
use zeroize::Zeroizing;

use crate::epoch_key::EpochKey;
use crate::error::{Error, Result};
use crate::head::{named, no_envelope};
use crate::reader_key::{PublicKey, ReaderKey};
use crate::text::hex;

/// A key of AES-256. It is wiped when it is dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// The label of the sender's one-time public key, and the labels inside (RFC 9052, section 7; RFC 9053, section 7.2).
const EPHEMERAL: Label = Label::Int(iana::HeaderAlgorithmParameter::EphemeralKey as i64);
const KEY_TYPE: i64 = iana::KeyParameter::Kty as i64;
const CURVE: i64 = iana::OkpKeyParameter::Crv as i64;
const X: i64 = iana::OkpKeyParameter::X as i64;

/// Who opens something.
pub(crate) trait Opener {
    /// The algorithm that its keys are wrapped by.
    const ALGORITHM: iana::Algorithm;
    /// The `kid` that names it.
    fn id(&self) -> Vec<u8>;
    /// Unwraps the content key.
    fn open(&self, recipient: &CoseRecipient) -> Result<Secret>;
}

/// Finds and unwraps what is for this opener.
pub(crate) fn open<O: Opener>(recipients: &[CoseRecipient], opener: &O) -> Result<Secret> {
    let id = opener.id();
    let ours = recipients.iter().find(|one| one.unprotected.key_id == id);
    let Some(recipient) = ours else {
        let all = recipients.iter().map(|one| hex(&one.unprotected.key_id));
        return Err(Error::OtherKey {
            recipients: all.collect::<Vec<_>>().join(", "),
            key: hex(&id),
        });
    };
    let algorithm = recipient.protected.header.alg.as_ref();
    if algorithm != Some(&Algorithm::Assigned(O::ALGORITHM)) {
        return Err(Error::Unknown {
            what: "key wrapping",
            found: named(algorithm),
            known: "-31 for readers and -5 for files",
        });
    }
    if !recipient.recipients.is_empty() {
        return Err(no_envelope("a recipient has recipients of its own"));
    }
    opener.open(recipient)
}

/// Wraps for a reader: ECDH-ES + A256KW by X25519 (RFC 9053, section 6.4).
pub(crate) fn for_reader(content: &Secret, reader: &PublicKey) -> Result<CoseRecipient> {
    let once = EphemeralSecret::random_from_rng(OsRng);
    let public = x25519_dalek::PublicKey::from(&once);
    let agreed = once.diffie_hellman(&x25519_dalek::PublicKey::from(reader.0));
    let protected = protected(iana::Algorithm::ECDH_ES_A256KW);
    let kek = derive(agreed.as_bytes(), protected.clone())?;
    let key = [
        (KEY_TYPE, Value::from(iana::KeyType::OKP as i64)),
        (CURVE, Value::from(iana::EllipticCurve::X25519 as i64)),
        (X, Value::Bytes(public.to_bytes().to_vec())),
    ];
    let key = key.map(|(label, value)| (Value::from(label), value));
    Ok(CoseRecipient {
        protected,
        unprotected: Header {
            key_id: reader.0.to_vec(),
            rest: vec![(EPHEMERAL, Value::Map(key.to_vec()))],
            ..Header::default()
        },
        ciphertext: Some(wrap(&kek, content)?),
        recipients: Vec::new(),
    })
}

/// Wraps under the key of an epoch: A256KW (RFC 3394).
pub(crate) fn under(content: &Secret, key: &EpochKey) -> Result<CoseRecipient> {
    Ok(CoseRecipient {
        protected: protected(iana::Algorithm::A256KW),
        unprotected: Header {
            key_id: key.id().to_vec(),
            ..Header::default()
        },
        ciphertext: Some(wrap(&key.0, content)?),
        recipients: Vec::new(),
    })
}

impl Opener for ReaderKey {
    const ALGORITHM: iana::Algorithm = iana::Algorithm::ECDH_ES_A256KW;

    fn id(&self) -> Vec<u8> {
        self.public().0.to_vec()
    }

    fn open(&self, recipient: &CoseRecipient) -> Result<Secret> {
        let public = ephemeral(&recipient.unprotected)?;
        let agreed = self.0.diffie_hellman(&x25519_dalek::PublicKey::from(public.0));
        let kek = derive(agreed.as_bytes(), recipient.protected.clone())?;
        unwrap(&kek, recipient)
    }
}

impl Opener for EpochKey {
    const ALGORITHM: iana::Algorithm = iana::Algorithm::A256KW;

    fn id(&self) -> Vec<u8> {
        EpochKey::id(self).to_vec()
    }

    fn open(&self, recipient: &CoseRecipient) -> Result<Secret> {
        let mut unread = recipient.unprotected.clone();
        unread.key_id.clear();
        if !unread.is_empty() {
            return Err(no_envelope(
                "a recipient has header parameters that are not FEE's",
            ));
        }
        unwrap(&self.0, recipient)
    }
}

fn protected(algorithm: iana::Algorithm) -> ProtectedHeader {
    ProtectedHeader {
        original_data: None,
        header: Header {
            alg: Some(Algorithm::Assigned(algorithm)),
            ..Header::default()
        },
    }
}

/// The one-time key of the sender.
fn ephemeral(unprotected: &Header) -> Result<PublicKey> {
    let [(label, value)] = &unprotected.rest[..] else {
        return Err(no_envelope("a recipient has one ephemeral key and nothing else"));
    };
    let key = Some(value)
        .filter(|_| *label == EPHEMERAL)
        .and_then(Value::as_map);
    let part = |label: i64| {
        let found = key?.iter().find(|(known, _)| *known == Value::from(label));
        found.map(|(_, value)| value)
    };
    let x25519 = part(KEY_TYPE) == Some(&Value::from(iana::KeyType::OKP as i64))
        && part(CURVE) == Some(&Value::from(iana::EllipticCurve::X25519 as i64));
    let x = part(X).filter(|_| x25519).and_then(Value::as_bytes);
    let x = x.and_then(|x| <[u8; 32]>::try_from(x.as_slice()).ok());
    PublicKey::from_bytes(x.ok_or_else(|| no_envelope("the ephemeral key is no X25519 key"))?)
}

/// The key that wraps, from the agreed secret: HKDF-SHA-256 under the COSE_KDF_Context (RFC 9053, sections 5.1 and 5.2).
fn derive(agreed: &[u8], protected: ProtectedHeader) -> Result<Secret> {
    let context = CoseKdfContextBuilder::new()
        .algorithm(iana::Algorithm::A256KW)
        .supp_pub_info(SuppPubInfo {
            key_data_length: 256,
            protected,
            other: None,
        });
    let context = context.build().to_vec().map_err(no_envelope)?;
    let mut kek = Secret::default();
    Hkdf::<Sha256>::new(None, agreed)
        .expand(&context, kek.as_mut())
        .map_err(no_envelope)?;
    Ok(kek)
}

fn wrap(kek: &Secret, content: &Secret) -> Result<Vec<u8>> {
    let mut wrapped = vec![0; 40];
    KekAes256::from(**kek)
        .wrap(content.as_ref(), &mut wrapped)
        .map_err(no_envelope)?;
    Ok(wrapped)
}

fn unwrap(kek: &Secret, recipient: &CoseRecipient) -> Result<Secret> {
    let wrapped = recipient.ciphertext.as_deref().unwrap_or_default();
    let mut content = Secret::default();
    KekAes256::from(**kek)
        .unwrap(wrapped, content.as_mut())
        .map_err(|_| Error::WrappedKey(hex(&recipient.unprotected.key_id)))?;
    Ok(content)
}

#[cfg(test)]
mod tests;
