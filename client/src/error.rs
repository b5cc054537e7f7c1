//! Everything that can go wrong, in words that name the value, the limit and the unit.

use std::io;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of this crate. None of them holds a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input cannot be read.
    #[error("cannot read the input")]
    Read(#[source] io::Error),
    /// The output cannot be written.
    #[error("cannot write the output")]
    Write(#[source] io::Error),
    /// The bytes begin with no Filecoin Encryption Envelope.
    #[error("this is no Filecoin Encryption Envelope: {0}")]
    NoEnvelope(String),
    /// An envelope by rules that this version does not know.
    #[error("the {what} of this envelope is {found}, and this version knows {known} only")]
    Unknown {
        /// The parameter.
        what: &'static str,
        /// Its value.
        found: String,
        /// What it can be.
        known: &'static str,
    },
    /// The keys that open it are others.
    #[error("this is encrypted for {recipients}, not for {key}")]
    OtherKey {
        /// Whom it is for: public keys of readers, or ids of epoch keys.
        recipients: String,
        /// The key at hand.
        key: String,
    },
    /// The wrapped key does not pass its check.
    #[error("the key that is wrapped for {0} does not open: it was changed, or was wrapped by other rules")]
    WrappedKey(String),
    /// A chunk does not pass its check.
    #[error("chunk {chunk}, at byte {at} of the encrypted bytes, is not what was written: {why}")]
    Chunk {
        /// Its number, from 0.
        chunk: u64,
        /// Where it begins behind the head.
        at: u64,
        /// What is known of the cause.
        why: &'static str,
    },
    /// A file of more chunks than the counter in the nonce can number.
    #[error("a file has at most 4294967296 chunks")]
    TooManyChunks,
    /// An envelope longer than the actor keeps.
    #[error("an envelope for {readers} readers has {bytes} bytes, and the actor keeps at most {limit}")]
    EnvelopeTooLong {
        /// Readers that it is for.
        readers: usize,
        /// Its length.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// An envelope without a reader opens for nobody.
    #[error("an envelope is for at least one reader")]
    NoReader,
    /// An envelope that holds something else than a key.
    #[error("this envelope holds {0} bytes, and an epoch key has 32: it is an encrypted file")]
    NoKeyInside(u64),
    /// The envelope was made for another data set, key epoch, actor or chain.
    #[error("this envelope is for {found}, not for {expected}")]
    OtherContext {
        /// What the envelope says.
        found: String,
        /// What was asked for.
        expected: String,
    },
    /// A public key that is none.
    #[error("`{key}` is no public key: {why}")]
    PublicKey {
        /// The text.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// The file of a reader key is damaged, open to others, or cannot be read or written.
    #[error("{path}: {why}")]
    KeyFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// A line of a list that is no subject.
    #[error("line {line}: {why}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// A subject that is on a list twice.
    #[error("lines {first} and {second} name the same subject")]
    Twice {
        /// The first line, from 1.
        first: u64,
        /// The second.
        second: u64,
    },
    /// A tree without leaves.
    #[error("the {0} is empty, and a tree has at least one leaf")]
    Empty(&'static str),
    /// A subject that is not on the list.
    #[error("{0} is not on the list")]
    NotListed(String),
    /// Text that names no subject.
    #[error("{0}")]
    NoSubject(String),
    /// An entry longer than a log takes.
    #[error("entry {entry} has more than {limit} bytes")]
    EntryTooLong {
        /// Its number, from 0.
        entry: u64,
        /// The limit in bytes.
        limit: usize,
    },
    /// A log without such an entry.
    #[error("there is no entry {entry}: the log has {count}, numbered from 0")]
    NoEntry {
        /// The number asked for.
        entry: u64,
        /// How many there are.
        count: u64,
    },
}
