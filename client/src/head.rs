//! The head of files and envelopes: a COSE_Encrypt (RFC 9052) whose ciphertext follows it.

use std::io::{Read, Write};

use aes_gcm::aead::OsRng;
use aes_gcm::aead::rand_core::RngCore;
use ciborium::Value;
use coset::iana::EnumI64;
use coset::{
    Algorithm, AsCborValue, CborSerializable, CoseEncrypt, CoseRecipient, EncryptionContext, Header,
    HeaderBuilder, Label, ProtectedHeader, enc_structure_data, iana,
};

use crate::body::CHUNK;
use crate::context::Context;
use crate::error::{Error, Result};

/// The media type that every FEE names in its protected header (RFC 9596).
const TYPE: &str = "application/vnd.foc-envelope+cose";
/// Chunked AES-256-GCM by STREAM, in FEE's private range.
const CHUNKED_AES_256_GCM: i64 = -65793;
/// FEE's labels for the bytes of a chunk and for their number.
const CHUNK_SIZE: Label = Label::Int(-65790);
const CHUNK_COUNT: Label = Label::Int(-65791);
/// FEE's label for what an application says of the content. It is not authenticated, and not read.
const APP_METADATA: Label = Label::Int(-65792);
/// The label of our context, a text so that it meets nobody else's.
const CONTEXT: &str = "holdfast";
/// The label of the media type.
const TYPE_LABEL: i64 = 16;
/// The longest head that is read, in bytes: some hundred recipients.
const MAX_HEAD: u64 = 64 * 1024;

/// What a head says.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    protected: ProtectedHeader,
    /// The part of every chunk's nonce that the file has for itself.
    pub(crate) nonce: [u8; 7],
    /// Chunks, when the writer knew.
    pub(crate) count: Option<u64>,
    /// The wrapped content keys.
    pub(crate) recipients: Vec<CoseRecipient>,
}

impl Head {
    /// The head of something new.
    pub(crate) fn new(context: Option<&Context>, recipients: Vec<CoseRecipient>) -> Self {
        let mut nonce = [0; 7];
        OsRng.fill_bytes(&mut nonce);
        let mut header = Header {
            alg: Some(Algorithm::PrivateUse(CHUNKED_AES_256_GCM)),
            rest: vec![(Label::Int(TYPE_LABEL), Value::from(TYPE))],
            ..Header::default()
        };
        let context = context.map(|context| (Label::Text(CONTEXT.to_owned()), context.to_cbor()));
        header.rest.extend(context);
        let protected = ProtectedHeader {
            original_data: None,
            header,
        };
        Self {
            protected,
            nonce,
            count: None,
            recipients,
        }
    }

    /// What the envelope is for, if it says so.
    pub(crate) fn context(&self) -> Option<Context> {
        let label = Label::Text(CONTEXT.to_owned());
        Context::from_cbor(parameter(&self.protected.header, &label)?)
    }

    /// What every chunk authenticates (RFC 9052, section 5.3).
    pub(crate) fn aad(&self) -> Vec<u8> {
        enc_structure_data(EncryptionContext::CoseEncrypt, self.protected.clone(), &[])
    }

    /// Writes it.
    pub(crate) fn write(self, output: &mut dyn Write) -> Result<()> {
        let unprotected = HeaderBuilder::new().iv(self.nonce.to_vec());
        let cose = CoseEncrypt {
            protected: self.protected,
            unprotected: Header {
                rest: vec![(CHUNK_SIZE, Value::from(CHUNK as u64))],
                ..unprotected.build()
            },
            ciphertext: None,
            recipients: self.recipients,
        };
        let value = cose
            .to_cbor_value()
            .map_err(|error| Error::NoEnvelope(error.to_string()))?;
        let tagged = Value::Tag(iana::CborTag::CoseEncrypt.to_i64() as u64, Box::new(value));
        let bytes = tagged
            .to_vec()
            .map_err(|error| Error::NoEnvelope(error.to_string()))?;
        output.write_all(&bytes).map_err(Error::Write)
    }

    /// Reads it, and nothing of what follows it.
    pub(crate) fn read(input: &mut dyn Read) -> Result<Self> {
        match item(input)? {
            Value::Tag(tag, body) if tag == iana::CborTag::CoseEncrypt.to_i64() as u64 => {
                Self::from_cose(CoseEncrypt::from_cbor_value(*body).map_err(no_envelope)?)
            }
            Value::Tag(tag, _) if tag == iana::CborTag::CoseEncrypt0.to_i64() as u64 => Err(no_envelope(
                "it names no recipients, so its key is kept elsewhere",
            )),
            _ => Err(no_envelope("it does not begin with CBOR tag 96")),
        }
    }

    fn from_cose(cose: CoseEncrypt) -> Result<Self> {
        if cose.ciphertext.is_some() {
            return Err(no_envelope("its ciphertext is inside"));
        }
        if cose.recipients.is_empty() {
            return Err(no_envelope("it has no recipients"));
        }
        known(&cose.protected.header)?;
        known_chunk_size(&cose.unprotected)?;
        let nonce = cose.unprotected.iv.as_slice().try_into();
        let head = Self {
            nonce: nonce.map_err(|_| no_envelope("its base nonce has 7 bytes"))?,
            count: chunk_count(&cose.unprotected)?,
            protected: cose.protected,
            recipients: cose.recipients,
        };
        let mut unread = cose.unprotected;
        unread.iv = Vec::new();
        unread
            .rest
            .retain(|(label, value)| !(*label == APP_METADATA && value.is_map()));
        unread
            .rest
            .retain(|(label, _)| *label != CHUNK_SIZE && *label != CHUNK_COUNT);
        if !unread.is_empty() {
            return Err(no_envelope("it has header parameters that are not FEE's"));
        }
        Ok(head)
    }
}

/// Reads one CBOR item. It has to be in the deterministic encoding (RFC 8949, section 4.2), so that no byte of it can be
/// another.
fn item(input: &mut dyn Read) -> Result<Value> {
    let mut seen = Seen {
        input: input.take(MAX_HEAD),
        bytes: Vec::new(),
    };
    let value: Value = ciborium::from_reader(&mut seen).map_err(|error| match error {
        ciborium::de::Error::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            Error::Read(error)
        }
        _ => no_envelope("it does not begin with one CBOR item of at most 64 KiB"),
    })?;
    if value.clone().to_vec().map_err(no_envelope)? != seen.bytes {
        return Err(no_envelope("its CBOR is not encoded deterministically"));
    }
    Ok(value)
}

/// Remembers what is read.
struct Seen<R> {
    input: R,
    bytes: Vec<u8>,
}

impl<R: Read> Read for Seen<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes.extend_from_slice(&buffer[..read]);
        Ok(read)
    }
}

/// A parameter that has no field of its own.
pub(crate) fn parameter<'a>(header: &'a Header, label: &Label) -> Option<&'a Value> {
    let found = header.rest.iter().find(|(known, _)| known == label);
    found.map(|(_, value)| value)
}

/// Refuses what is encrypted by other rules.
fn known(protected: &Header) -> Result<()> {
    let unknown = |what, found, known| Error::Unknown { what, found, known };
    let kind = parameter(protected, &Label::Int(TYPE_LABEL)).and_then(Value::as_text);
    if kind != Some(TYPE) {
        let found = kind.map_or_else(|| "not said".to_owned(), |kind| format!("`{kind}`"));
        return Err(unknown("type", found, TYPE));
    }
    match &protected.alg {
        Some(Algorithm::PrivateUse(CHUNKED_AES_256_GCM)) if protected.crit.is_empty() => Ok(()),
        Some(Algorithm::PrivateUse(CHUNKED_AES_256_GCM)) => Err(unknown(
            "list of critical parameters",
            "not empty".to_owned(),
            "none",
        )),
        other => Err(unknown("algorithm", named(other.as_ref()), "-65793")),
    }
}

/// An algorithm by its number.
pub(crate) fn named(algorithm: Option<&Algorithm>) -> String {
    match algorithm {
        None => "not said".to_owned(),
        Some(Algorithm::Assigned(number)) => number.to_i64().to_string(),
        Some(Algorithm::PrivateUse(number)) => number.to_string(),
        Some(Algorithm::Text(text)) => format!("`{text}`"),
    }
}

/// Nothing authenticates the size, so only the one that FEE recommends is read: then no change of it goes unnoticed.
fn known_chunk_size(unprotected: &Header) -> Result<()> {
    match parameter(unprotected, &CHUNK_SIZE) {
        Some(size) if *size != Value::from(CHUNK as u64) => Err(Error::Unknown {
            what: "chunk size",
            found: size.as_integer().map_or_else(
                || "no number".to_owned(),
                |size| format!("{} bytes", i128::from(size)),
            ),
            known: "262144 bytes",
        }),
        _ => Ok(()),
    }
}

fn chunk_count(unprotected: &Header) -> Result<Option<u64>> {
    let Some(value) = parameter(unprotected, &CHUNK_COUNT) else {
        return Ok(None);
    };
    let count = value.as_integer().and_then(|count| u64::try_from(count).ok());
    count
        .map(Some)
        .ok_or_else(|| no_envelope("its number of chunks is none"))
}

pub(crate) fn no_envelope(why: impl ToString) -> Error {
    Error::NoEnvelope(why.to_string())
}
