//! Envelopes: the key of an epoch, for the readers who may have it. The actor keeps their bytes.
//!
//! Anybody can make an envelope for anybody: it does not say who made it. The actor does, since only the owner puts one.

use zeroize::Zeroizing;

use crate::context::Context;
use crate::epoch_key::EpochKey;
use crate::error::{Error, Result};
use crate::fee;
use crate::head::{Head, no_envelope};
use crate::reader_key::{PublicKey, ReaderKey};
use crate::wrapping::for_reader;

/// The longest envelope that the actor keeps, in bytes.
pub const MAX_BYTES: usize = holdfast_api::access::MAX_ENVELOPE;

/// Puts the key of an epoch into an envelope for these readers.
///
/// # Errors
/// Without readers, or with more than fit into [`MAX_BYTES`].
pub fn wrap(key: &EpochKey, readers: &[PublicKey], context: Option<&Context>) -> Result<Vec<u8>> {
    if readers.is_empty() {
        return Err(Error::NoReader);
    }
    let mut envelope = Vec::new();
    fee::seal(
        |content| readers.iter().map(|reader| for_reader(content, reader)).collect(),
        context,
        &mut key.0.as_slice(),
        &mut envelope,
    )?;
    if envelope.len() > MAX_BYTES {
        return Err(Error::EnvelopeTooLong {
            readers: readers.len(),
            bytes: envelope.len(),
            limit: MAX_BYTES,
        });
    }
    Ok(envelope)
}

/// Takes the key of an epoch out of an envelope. With a context, only out of one that was made for it.
///
/// # Errors
/// When the bytes are no envelope or were changed, or it is for other readers or for something else.
pub fn unwrap(envelope: &[u8], reader: &ReaderKey, context: Option<&Context>) -> Result<EpochKey> {
    let (head, body) = read(envelope)?;
    if let Some(expected) = context {
        let found = head.context();
        if found.as_ref() != Some(expected) {
            return Err(Error::OtherContext {
                found: found.map_or_else(
                    || "no data set in particular".to_owned(),
                    |found| found.to_string(),
                ),
                expected: expected.to_string(),
            });
        }
    }
    // Room for a chunk from the start, so that no copy of the key is left behind by growing.
    let mut key = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
    let bytes = fee::open(&head, reader, &mut &*body, &mut *key)?;
    let key: &[u8; 32] = key.as_slice().try_into().map_err(|_| Error::NoKeyInside(bytes))?;
    Ok(EpochKey::from_bytes(*key))
}

/// Puts the key into a new envelope, for other readers and the same data set and key epoch.
///
/// # Errors
/// As [`unwrap`] and [`wrap`].
pub fn rewrap(
    envelope: &[u8],
    reader: &ReaderKey,
    readers: &[PublicKey],
    context: Option<&Context>,
) -> Result<Vec<u8>> {
    let key = unwrap(envelope, reader, context)?;
    wrap(&key, readers, self::context(envelope)?.as_ref())
}

/// What an envelope says that it is for. It is true once [`unwrap`] has opened it.
///
/// # Errors
/// When the bytes are no envelope.
pub fn context(envelope: &[u8]) -> Result<Option<Context>> {
    Ok(read(envelope)?.0.context())
}

fn read(envelope: &[u8]) -> Result<(Head, &[u8])> {
    let len = envelope.len();
    if len > MAX_BYTES {
        return Err(no_envelope(format!(
            "it has {len} bytes, and an envelope at most {MAX_BYTES}"
        )));
    }
    let mut rest = envelope;
    let head = Head::read(&mut rest)?;
    Ok((head, rest))
}
