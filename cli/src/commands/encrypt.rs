//! `holdfast encrypt`, `decrypt` and `rewrap`: files of a data set, and the envelopes of their keys.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use data_encoding::HEXLOWER;
use holdfast_client::{Context, EpochKey, PublicKey, ReaderKey, decrypt, encrypt, envelope, subject};

use crate::draft::Draft;
use crate::output::print;
use crate::progress::Watched;

/// What to encrypt, and for whom.
#[derive(Debug, Args)]
pub(crate) struct EncryptArgs {
    /// The file to encrypt
    input: PathBuf,
    /// Where the encrypted file goes
    output: PathBuf,
    /// The envelope with the key of the key epoch: written with --to, read with --key
    #[arg(long, value_name = "FILE")]
    envelope: PathBuf,
    /// Make a new key, for the readers with these public keys
    #[arg(long, value_name = "PUBKEY", num_args = 1.., required_unless_present = "key", conflicts_with = "key")]
    to: Vec<String>,
    /// Use the key that is in the envelope, opened by this reader's key: for further files of a key epoch
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    context: ContextArgs,
    /// Replace files that exist
    #[arg(long)]
    force: bool,
}

/// What to decrypt, and how.
#[derive(Debug, Args)]
pub(crate) struct DecryptArgs {
    /// The encrypted file
    input: PathBuf,
    /// Where the content goes
    output: PathBuf,
    /// The reader's key
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The envelope with the key of the key epoch
    #[arg(long, value_name = "FILE")]
    envelope: PathBuf,
    #[command(flatten)]
    context: ContextArgs,
    /// Replace a file that exists
    #[arg(long)]
    force: bool,
}

/// What to wrap again, and for whom.
#[derive(Debug, Args)]
pub(crate) struct RewrapArgs {
    /// An envelope that the key opens
    envelope: PathBuf,
    /// Where the new envelope goes
    output: PathBuf,
    /// The key of a reader of the envelope
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Public keys of the readers of the new envelope
    #[arg(long, value_name = "PUBKEY", num_args = 1.., required = true)]
    to: Vec<String>,
    #[command(flatten)]
    context: ContextArgs,
    /// Replace a file that exists
    #[arg(long)]
    force: bool,
}

/// What an envelope is for. All four or none.
#[derive(Debug, Args)]
struct ContextArgs {
    /// The chain id of the network that the envelope is for, e.g. 314
    #[arg(long, value_name = "ID", requires_all = ["actor", "data_set", "key_epoch"])]
    chain_id: Option<u64>,
    /// The access actor that the envelope is for, by its f0 or 0x address
    #[arg(long, value_name = "ADDRESS", requires_all = ["chain_id", "data_set", "key_epoch"])]
    actor: Option<String>,
    /// The data set that the envelope is for
    #[arg(long, value_name = "ID", requires_all = ["chain_id", "actor", "key_epoch"])]
    data_set: Option<u64>,
    /// The key epoch that the envelope is for
    #[arg(long, value_name = "NUMBER", requires_all = ["chain_id", "actor", "data_set"])]
    key_epoch: Option<u64>,
}

impl ContextArgs {
    fn get(&self) -> Result<Option<Context>> {
        let (Some(chain_id), Some(actor), Some(data_set), Some(key_epoch)) =
            (self.chain_id, &self.actor, self.data_set, self.key_epoch)
        else {
            return Ok(None);
        };
        Ok(Some(Context {
            chain_id,
            actor: subject(actor)?,
            data_set,
            key_epoch,
        }))
    }
}

/// The readers that somebody names.
fn readers(keys: &[String]) -> Result<Vec<PublicKey>> {
    keys.iter().map(|key| Ok(key.parse()?)).collect()
}

/// Encrypts a file.
///
/// # Errors
/// When a file cannot be read or written, or the envelope does not open.
pub(crate) fn run_encrypt(args: &EncryptArgs) -> Result<()> {
    let context = args.context.get()?;
    let mut input = Watched::new(open(&args.input)?, "MiB encrypted");
    let Some(key) = &args.key else {
        let key = EpochKey::generate();
        let bytes = envelope::wrap(&key, &readers(&args.to)?, context.as_ref())?;
        let kept = Draft::new(&args.envelope, args.force)?;
        let mut output = Draft::new(&args.output, args.force)?;
        encrypt(&key, &mut input, &mut output)?;
        // The envelope first: without it the file opens for nobody.
        keep(&bytes, kept)?;
        return output.finish();
    };
    let key = unwrap(&args.envelope, key, context)?;
    let mut output = Draft::new(&args.output, args.force)?;
    encrypt(&key, &mut input, &mut output)?;
    output.finish()
}

/// Decrypts a file.
///
/// # Errors
/// When a file cannot be read or written, the envelope does not open, or the file was changed.
pub(crate) fn run_decrypt(args: &DecryptArgs) -> Result<()> {
    let key = unwrap(&args.envelope, &args.key, args.context.get()?)?;
    let mut input = Watched::new(open(&args.input)?, "MiB decrypted");
    let mut output = Draft::new(&args.output, args.force)?;
    decrypt(&key, &mut input, &mut output).with_context(|| args.input.display().to_string())?;
    output.finish()
}

/// Puts a key into a new envelope.
///
/// # Errors
/// When a file cannot be read or written, or the envelope does not open.
pub(crate) fn run_rewrap(args: &RewrapArgs) -> Result<()> {
    let old = read_envelope(&args.envelope)?;
    let key = ReaderKey::load(&args.key)?;
    let new = envelope::rewrap(&old, &key, &readers(&args.to)?, args.context.get()?.as_ref())
        .with_context(|| args.envelope.display().to_string())?;
    keep(&new, Draft::new(&args.output, args.force)?)
}

/// The key in an envelope, opened by the key in a file.
fn unwrap(envelope: &Path, key: &Path, context: Option<Context>) -> Result<EpochKey> {
    let (bytes, key) = (read_envelope(envelope)?, ReaderKey::load(key)?);
    envelope::unwrap(&bytes, &key, context.as_ref()).with_context(|| envelope.display().to_string())
}

/// Writes an envelope, and prints it as the actor takes it.
fn keep(envelope: &[u8], mut draft: Draft) -> Result<()> {
    draft.write_all(envelope)?;
    draft.finish()?;
    print(&format!("0x{}", HEXLOWER.encode(envelope)))
}

fn open(path: &Path) -> Result<File> {
    File::open(path).with_context(|| format!("{}: cannot be read", path.display()))
}

/// Reads no more than an envelope can have.
fn read_envelope(path: &Path) -> Result<Vec<u8>> {
    let (mut bytes, limit) = (Vec::new(), envelope::MAX_BYTES);
    let read = open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("{}: cannot be read", path.display()))?;
    let shown = path.display();
    ensure!(
        bytes.len() <= limit,
        "{shown} is no envelope: it has more than {limit} bytes"
    );
    Ok(bytes)
}
