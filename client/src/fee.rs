//! The Filecoin Encryption Envelope: a head and the encrypted bytes. Files and envelopes are both.

use std::io::{Read, Write};

use aes_gcm::aead::OsRng;
use aes_gcm::aead::rand_core::RngCore;
use coset::CoseRecipient;

use crate::body;
use crate::context::Context;
use crate::error::Result;
use crate::head::Head;
use crate::wrapping::{self, Opener, Secret};

/// Encrypts under a new content key, which `wrap` wraps for whoever may read.
pub(crate) fn seal(
    wrap: impl FnOnce(&Secret) -> Result<Vec<CoseRecipient>>,
    context: Option<&Context>,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<u64> {
    let mut content = Secret::default();
    OsRng.fill_bytes(content.as_mut());
    let head = Head::new(context, wrap(&content)?);
    head.clone().write(output)?;
    body::seal(&head, &content, input, output)
}

/// Decrypts what follows a head.
pub(crate) fn open(
    head: &Head,
    opener: &impl Opener,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<u64> {
    let content = wrapping::open(&head.recipients, opener)?;
    body::open(head, &content, input, output)
}
