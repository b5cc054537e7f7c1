//! Files: what is read is what was written, or nothing is.

use std::cell::Cell;
use std::io::{self, Read, Write};

use holdfast_client::{CHUNK, EpochKey, ReaderKey, decrypt, encrypt, envelope};
use proptest::prelude::*;

use super::{content, decrypted, encrypted, refuses};

const TAG: usize = 16;

/// The head of a file, whose length does not depend on the content.
fn head() -> usize {
    encrypted(&EpochKey::generate(), b"").len() - TAG
}

#[test]
fn a_file_of_any_length_is_read_as_it_was_written() {
    let key = EpochKey::generate();
    for len in [
        0,
        1,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK,
        3 * CHUNK,
        3 * CHUNK + 5,
    ] {
        let file = encrypted(&key, &content(len));
        let chunks = len.div_ceil(CHUNK).max(1);
        assert_eq!(file.len(), head() + len + chunks * TAG, "{len} bytes");
        assert_eq!(decrypted(&key, &file).unwrap(), content(len), "{len} bytes");
    }
}

/// Counts what is on its way, and is told to hold no more than this.
struct Pipe<'a, S> {
    through: S,
    held: &'a Cell<usize>,
}

/// Three chunks and what belongs to them.
const HELD: usize = 3 * (CHUNK + TAG) + 1_024;

impl<S: Read> Read for Pipe<'_, S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.through.read(into)?;
        self.held.set(self.held.get() + len);
        assert!(self.held.get() <= HELD, "{} bytes are held", self.held.get());
        Ok(len)
    }
}

impl<S: Write> Write for Pipe<'_, S> {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        let len = self.through.write(from)?;
        self.held.set(self.held.get().saturating_sub(len));
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.through.flush()
    }
}

#[test]
fn a_file_goes_through_chunk_by_chunk() {
    type Way = fn(&EpochKey, &mut dyn Read, &mut dyn Write) -> holdfast_client::Result<u64>;
    let key = EpochKey::generate();
    let file = encrypted(&key, &content(40 * CHUNK));
    for (way, from) in [(encrypt as Way, content(40 * CHUNK)), (decrypt, file)] {
        let held = &Cell::new(0);
        let (mut input, mut output) = (
            Pipe {
                through: &from[..],
                held,
            },
            Pipe {
                through: io::sink(),
                held,
            },
        );
        way(&key, &mut input, &mut output).unwrap();
    }
}

#[test]
fn the_same_file_is_never_encrypted_to_the_same_bytes() {
    let key = EpochKey::generate();
    let (one, other) = (encrypted(&key, &content(64)), encrypted(&key, &content(64)));
    assert_ne!(one[head()..], other[head()..]);
}

#[test]
fn another_key_opens_nothing_and_both_are_named() {
    let (ours, theirs) = (EpochKey::generate(), EpochKey::generate());
    let ids = [format!("{ours:?}"), format!("{theirs:?}")];
    let ids = ids.each_ref().map(|id| id.strip_prefix("EpochKey ").unwrap());
    refuses(decrypted(&theirs, &encrypted(&ours, b"x")), &ids);
}

#[test]
fn every_changed_bit_of_a_head_is_noticed() {
    let key = EpochKey::generate();
    let file = encrypted(&key, b"the seventh sample");
    for bit in 0..head() * 8 {
        let mut changed = file.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let read = decrypted(&key, &changed);
        assert!(read.is_err(), "bit {bit} of {} bytes", head());
    }
}

#[test]
fn every_changed_byte_of_a_chunk_and_of_its_tag_is_noticed() {
    let key = EpochKey::generate();
    let file = encrypted(&key, &content(48));
    for at in head()..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 0x20;
        refuses(
            decrypted(&key, &changed),
            &["chunk 0, at byte 0", "it was changed"],
        );
    }
}

#[test]
fn the_chunk_that_was_changed_is_named() {
    let key = EpochKey::generate();
    let mut file = encrypted(&key, &content(3 * CHUNK));
    file[head() + CHUNK + TAG + 100] ^= 1;
    refuses(
        decrypted(&key, &file),
        &["chunk 1, at byte 262160", "it was changed, or chunks were moved"],
    );
}

#[test]
fn a_file_that_is_cut_between_chunks_is_noticed() {
    let key = EpochKey::generate();
    let file = encrypted(&key, &content(3 * CHUNK));
    for chunks in 1..3 {
        let cut = &file[..head() + chunks * (CHUNK + TAG)];
        let name = format!("chunk {}", chunks - 1);
        refuses(decrypted(&key, cut), &[&name, "the file is cut off behind it"]);
    }
    refuses(decrypted(&key, &file[..head()]), &["chunk 0", "cut off inside"]);
}

#[test]
fn a_file_that_is_cut_inside_of_a_chunk_or_of_the_head_is_noticed() {
    let key = EpochKey::generate();
    let file = encrypted(&key, &content(CHUNK + 100));
    for kept in [1, 15, 16, 17, 100] {
        let cut = &file[..head() + CHUNK + TAG + kept];
        refuses(decrypted(&key, cut), &["chunk 1", "cut off inside"]);
    }
    for kept in 0..head() {
        refuses(
            decrypted(&key, &file[..kept]),
            &["no Filecoin Encryption Envelope"],
        );
    }
}

#[test]
fn chunks_that_are_moved_doubled_or_left_out_are_noticed() {
    let key = EpochKey::generate();
    let file = encrypted(&key, &content(3 * CHUNK));
    let (front, body) = file.split_at(head());
    let chunks: Vec<&[u8]> = body.chunks(CHUNK + TAG).collect();
    for order in [&[1, 0, 2][..], &[0, 0, 1, 2], &[0, 2], &[2, 1, 0], &[0, 1, 2, 2]] {
        let moved: Vec<&[u8]> = order.iter().map(|at| chunks[*at]).collect();
        let moved = [front, &moved.concat()].concat();
        refuses(decrypted(&key, &moved), &["chunk "]);
    }
}

#[test]
fn bytes_that_follow_the_last_chunk_are_noticed() {
    let key = EpochKey::generate();
    let full = [encrypted(&key, &content(CHUNK)), vec![0]].concat();
    refuses(
        decrypted(&key, &full),
        &["chunk 0", "it is the last one, and bytes follow it"],
    );
    let short = [encrypted(&key, &content(5)), vec![0; 40]].concat();
    refuses(decrypted(&key, &short), &["chunk 0", "it was changed"]);
}

#[test]
fn the_chunks_of_another_file_under_the_same_key_are_noticed() {
    let key = EpochKey::generate();
    let (one, other) = (encrypted(&key, &content(9)), encrypted(&key, &content(9)));
    let mixed = [&one[..head()], &other[head()..]].concat();
    refuses(decrypted(&key, &mixed), &["chunk 0"]);
}

#[test]
fn what_is_no_such_file_is_refused_with_the_reason() {
    let key = EpochKey::generate();
    refuses(decrypted(&key, b""), &["no Filecoin Encryption Envelope"]);
    refuses(decrypted(&key, b"%PDF-1.7 and so on"), &["tag 96"]);
    refuses(decrypted(&key, &[0xd8, 0x60]), &["one CBOR item"]);
    let without_recipients = [0xd0, 0x83, 0x40, 0xa0, 0xf6];
    refuses(decrypted(&key, &without_recipients), &["names no recipients"]);
    let endless = [&[0xd8, 0x60, 0x5a, 0x7f, 0xff, 0xff, 0xff][..], &vec![0; 70_000]].concat();
    refuses(decrypted(&key, &endless), &["at most 64 KiB"]);
}

#[test]
fn another_version_or_algorithm_is_named_with_the_known_one() {
    let key = EpochKey::generate();
    let file = encrypted(&key, b"x");
    let at = file.windows(4).position(|word| word == b"cose").unwrap();
    let mut other = file.clone();
    other[at + 3] = b'2';
    refuses(
        decrypted(&key, &other),
        &[
            "the type of this envelope is `application/vnd.foc-envelope+cos2`",
            "+cose only",
        ],
    );
    let size = [0x1a, 0, 4, 0, 0];
    let at = file.windows(5).position(|word| word == size).unwrap();
    let mut other = file.clone();
    other[at + 2] = 8;
    refuses(
        decrypted(&key, &other),
        &["chunk size", "524288 bytes", "262144 bytes only"],
    );
    let algorithm = [0x3a, 0, 1, 1, 0];
    let at = file.windows(5).position(|word| word == algorithm).unwrap();
    let mut other = file;
    other[at + 4] = 1;
    refuses(decrypted(&key, &other), &["algorithm", "-65794", "-65793 only"]);
}

#[test]
fn a_reader_key_does_not_open_a_file_and_an_epoch_key_no_envelope() {
    let (key, reader) = (EpochKey::generate(), ReaderKey::generate());
    let envelope = envelope::wrap(&key, &[reader.public()], None).unwrap();
    refuses(
        decrypted(&key, &envelope),
        &["encrypted for", &reader.public().to_string()],
    );
    refuses(
        envelope::unwrap(&encrypted(&key, b"x"), &reader, None),
        &["encrypted for", &reader.public().to_string()],
    );
}

/// Reads and writes a byte at a time, with pauses.
struct Slow<'a>(&'a [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let len = buffer.len().min(self.0.len()).min(1);
        buffer[..len].copy_from_slice(&self.0[..len]);
        self.0 = &self.0[len..];
        Ok(len)
    }
}

#[test]
fn a_source_may_give_a_byte_at_a_time() {
    let key = EpochKey::generate();
    let bytes = content(CHUNK + 3);
    let (mut file, mut back) = (Vec::new(), Vec::new());
    encrypt(&key, &mut Slow(&bytes, false), &mut file).unwrap();
    assert_eq!(file.len(), head() + bytes.len() + 2 * TAG);
    let body = file.split_off(head());
    // A head is read whole or not at all: only what follows may be interrupted.
    decrypt(&key, &mut file.chain(Slow(&body, false)), &mut back).unwrap();
    assert_eq!(back, bytes);
}

/// Fails after some bytes.
struct Broken(usize);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.write(buffer)
    }
}

impl Write for Broken {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let len = buffer.len().min(self.0);
        self.0 -= len;
        if len == 0 {
            return Err(io::Error::other("the disk is gone"));
        }
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

trait Chain {
    fn chain<R: Read>(&self, next: R) -> io::Chain<&[u8], R>;
}

impl Chain for Vec<u8> {
    fn chain<R: Read>(&self, next: R) -> io::Chain<&[u8], R> {
        Read::chain(self.as_slice(), next)
    }
}

#[test]
fn a_failing_disk_is_no_end_of_file() {
    let key = EpochKey::generate();
    for reads in [0, 10, CHUNK, CHUNK + 1] {
        let error = encrypt(&key, &mut Broken(reads), &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "cannot read the input", "{reads} bytes");
    }
    let file = encrypted(&key, &content(CHUNK));
    for reads in [0, 10, head() + 5] {
        let mut input = file[..reads].chain(Broken(0));
        let error = decrypt(&key, &mut input, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "cannot read the input", "{reads} bytes");
    }
    for writes in [0, 10, head() + 10] {
        let error = encrypt(&key, &mut &content(100)[..], &mut Broken(writes)).unwrap_err();
        assert_eq!(error.to_string(), "cannot write the output", "{writes} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_anywhere_goes_unnoticed(
        len in 0..2 * CHUNK + 2,
        at in any::<proptest::sample::Index>(),
        cut in any::<bool>(),
        mask in 1..=u8::MAX,
    ) {
        let key = EpochKey::generate();
        let mut file = encrypted(&key, &content(len));
        prop_assert_eq!(decrypted(&key, &file).unwrap(), content(len));
        let at = at.index(file.len());
        if cut {
            file.truncate(at);
        } else {
            file[at] ^= mask;
        }
        prop_assert!(decrypted(&key, &file).is_err());
    }
}
