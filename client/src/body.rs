//! The encrypted bytes: AES-256-GCM in chunks, by the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015).
//!
//! A chunk's nonce is the file's base nonce, the chunk's number and whether it is the last, so a chunk that is missing,
//! moved, doubled or appended does not open.

use std::io::{ErrorKind, Read, Write};

use aes_gcm::aead::stream::{NewStream, StreamBE32, StreamPrimitive};
use aes_gcm::{Aes256Gcm, KeyInit};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::head::Head;
use crate::wrapping::Secret;

/// Bytes in every chunk but the last.
pub const CHUNK: usize = 256 * 1024;
/// Bytes that encryption adds to a chunk.
const TAG: usize = 16;

/// Encrypts everything that the input has. Gives the bytes that were read.
pub(crate) fn seal(head: &Head, key: &Secret, input: &mut dyn Read, output: &mut dyn Write) -> Result<u64> {
    let (cipher, aad) = (cipher(head, key), head.aad());
    let mut chunks = Chunks::new(input, CHUNK)?;
    while let Some(number) = chunks.next()? {
        chunks.read += chunks.now.len() as u64;
        cipher
            .encrypt_in_place(counter(number)?, chunks.last(), &aad, &mut *chunks.now)
            .map_err(|_| Error::TooManyChunks)?;
        output.write_all(&chunks.now).map_err(Error::Write)?;
    }
    Ok(chunks.read)
}

/// Decrypts everything that the input has. Gives the bytes that were written.
///
/// What is written before an error is authentic but not the whole: it must be thrown away.
pub(crate) fn open(head: &Head, key: &Secret, input: &mut dyn Read, output: &mut dyn Write) -> Result<u64> {
    let (cipher, aad) = (cipher(head, key), head.aad());
    let mut chunks = Chunks::new(input, CHUNK + TAG)?;
    let mut written = 0;
    while let Some(number) = chunks.next()? {
        let (at, last) = (chunks.read, chunks.last());
        chunks.read += chunks.now.len() as u64;
        let counter = counter(number)?;
        if cipher
            .decrypt_in_place(counter, last, &aad, &mut *chunks.now)
            .is_err()
        {
            let other = cipher.decrypt_in_place(counter, !last, &aad, &mut *chunks.now);
            return Err(broken(number, at, last, other.is_ok()));
        }
        written += chunks.now.len() as u64;
        output.write_all(&chunks.now).map_err(Error::Write)?;
        counted(head, number, at, last)?;
    }
    Ok(written)
}

/// The number that a head may tell has to be true.
fn counted(head: &Head, chunk: u64, at: u64, last: bool) -> Result<()> {
    let why = "the head tells another number of chunks";
    match head.count {
        Some(count) if last && count != chunk + 1 => Err(Error::Chunk { chunk, at, why }),
        _ => Ok(()),
    }
}

fn broken(chunk: u64, at: u64, last: bool, opens_the_other_way: bool) -> Error {
    let why = match (last, opens_the_other_way) {
        (true, true) => "the file is cut off behind it",
        (false, true) => "it is the last one, and bytes follow it",
        (true, false) => "it was changed, or the file is cut off inside of it",
        (false, false) => "it was changed, or chunks were moved",
    };
    Error::Chunk { chunk, at, why }
}

fn cipher(head: &Head, key: &Secret) -> StreamBE32<Aes256Gcm> {
    StreamBE32::from_aead(Aes256Gcm::new(key.as_ref().into()), &head.nonce.into())
}

fn counter(number: u64) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::TooManyChunks)
}

/// An input in chunks. It reads one ahead to know the last.
struct Chunks<'a> {
    input: &'a mut dyn Read,
    size: usize,
    now: Zeroizing<Vec<u8>>,
    ahead: Zeroizing<Vec<u8>>,
    number: Option<u64>,
    read: u64,
}

impl<'a> Chunks<'a> {
    fn new(input: &'a mut dyn Read, size: usize) -> Result<Self> {
        // Room for everything from the start, so that no copy is left behind by growing.
        let room = || Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        let mut chunks = Self {
            input,
            size,
            now: room(),
            ahead: room(),
            number: None,
            read: 0,
        };
        chunks.fill()?;
        Ok(chunks)
    }

    /// Moves on. An empty input has one chunk, an empty one.
    fn next(&mut self) -> Result<Option<u64>> {
        if self.number.is_some() && self.ahead.is_empty() {
            return Ok(None);
        }
        std::mem::swap(&mut self.now, &mut self.ahead);
        self.fill()?;
        self.number = Some(self.number.map_or(0, |number| number + 1));
        Ok(self.number)
    }

    fn last(&self) -> bool {
        self.ahead.is_empty()
    }

    fn fill(&mut self) -> Result<()> {
        self.ahead.resize(self.size, 0);
        let mut filled = 0;
        while filled < self.size {
            match self.input.read(&mut self.ahead[filled..]) {
                Ok(0) => break,
                Ok(more) => filled += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Read(error)),
            }
        }
        self.ahead.truncate(filled);
        Ok(())
    }
}
