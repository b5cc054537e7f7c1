//! Files of a data set.

use std::io::{Read, Write};

use crate::epoch_key::EpochKey;
use crate::error::Result;
use crate::fee;
use crate::head::Head;
use crate::wrapping::under;

/// Encrypts a file of any length, in constant memory. Gives the bytes that were read.
///
/// # Errors
/// When the input cannot be read or the output not written, or past 1 PiB.
pub fn encrypt(key: &EpochKey, input: &mut dyn Read, output: &mut dyn Write) -> Result<u64> {
    fee::seal(|content| Ok(vec![under(content, key)?]), None, input, output)
}

/// Decrypts a file, in constant memory. Gives the bytes that were written.
///
/// Each chunk is written when it has passed its check, so after an error the output is authentic but not the whole:
/// throw it away.
///
/// # Errors
/// When the input is no such file, is for another key, or was changed, cut, rearranged or appended to.
pub fn decrypt(key: &EpochKey, input: &mut dyn Read, output: &mut dyn Write) -> Result<u64> {
    let head = Head::read(input)?;
    fee::open(&head, key, input, output)
}
