//! What a data set needs off the chain, for owners, readers and gateways.
//!
//! 1. The owner makes an [`EpochKey`], the key of one key epoch of a data set, and encrypts the files with it:
//!    [`encrypt`]. Every file has a key of its own, wrapped under the epoch key in the head of the file.
//! 2. The owner wraps the epoch key for every reader: [`envelope::wrap`]. The actor keeps the bytes.
//! 3. A reader has a [`ReaderKey`], opens the envelope and then the files: [`envelope::unwrap`], [`decrypt`].
//! 4. A list of subjects that is too long for the chain is a Merkle tree: [`AllowList`]. The actor keeps the root.
//! 5. A gateway puts its access log under a root in the same way: [`AccessLog`].
//!
//! The format of files and envelopes is the Filecoin Encryption Envelope. Revocation stops new keys; it cannot recall a
//! key that somebody has read.
//!
//! ```
//! use holdfast_client::{EpochKey, ReaderKey, decrypt, encrypt, envelope};
//!
//! let (key, reader) = (EpochKey::generate(), ReaderKey::generate());
//! let (mut file, mut read) = (Vec::new(), Vec::new());
//! encrypt(&key, &mut &b"soil samples"[..], &mut file)?;
//! let kept_on_chain = envelope::wrap(&key, &[reader.public()], None)?;
//!
//! let key = envelope::unwrap(&kept_on_chain, &reader, None)?;
//! decrypt(&key, &mut &file[..], &mut read)?;
//! assert_eq!(read, b"soil samples");
//! # Ok::<(), holdfast_client::Error>(())
//! ```

pub mod envelope;
pub mod tree;

mod access_log;
mod allow_list;
mod body;
mod context;
mod epoch_key;
mod error;
mod fee;
mod file;
mod head;
mod reader_key;
mod text;
mod wrapping;

pub use access_log::{AccessLog, MAX_ENTRY};
pub use allow_list::{AllowList, subject};
pub use body::CHUNK;
pub use context::Context;
pub use epoch_key::EpochKey;
pub use error::{Error, Result};
pub use file::{decrypt, encrypt};
pub use reader_key::{PublicKey, ReaderKey};
