//! Lists of subjects that are too long for the chain. The actor keeps the root; whoever asks brings the path.

use std::io::{BufRead, Read};

use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::idl::codec::{eth_form, parse_address};

use crate::error::{Error, Result};
use crate::tree::{Hash, climb, leaf, root};

/// The longest line, in bytes. No address is half as long.
const MAX_LINE: u64 = 256;

/// The subjects of a list as the leaves of OpenZeppelin's `StandardMerkleTree` over one `address`, sorted by their
/// hashes. It takes 40 bytes of memory a subject while it is read, then 32, and 32 more while it climbs.
#[derive(Clone, Debug)]
pub struct AllowList {
    leaves: Vec<Hash>,
}

impl AllowList {
    /// Reads one subject a line: `0x..`, `f410..`, or `f0..` for an actor without an f410 address. Empty lines and what
    /// follows a `#` are passed over. `progress` hears how many lines are read.
    ///
    /// # Errors
    /// When a line names no subject, two lines name the same, or there is none.
    pub fn read(mut input: impl BufRead, mut progress: impl FnMut(u64)) -> Result<Self> {
        let (mut leaves, mut text, mut line) = (Vec::new(), Vec::new(), 0);
        while read_line(&mut input, &mut text)? {
            line += 1;
            if let Some(subject) = on_line(&text).map_err(|why| Error::Line { line, why })? {
                leaves.push((leaf(&subject.to_word()), line));
            }
            progress(line);
        }
        Self::sorted(leaves)
    }

    /// The list of these subjects.
    ///
    /// # Errors
    /// When there is none, or one is there twice; the error numbers them from 1.
    pub fn of(subjects: &[EthAddress]) -> Result<Self> {
        let leaves = subjects.iter().map(|subject| leaf(&subject.to_word()));
        Self::sorted(leaves.zip(1..).collect())
    }

    fn sorted(mut leaves: Vec<(Hash, u64)>) -> Result<Self> {
        leaves.sort_unstable();
        if leaves.is_empty() {
            return Err(Error::Empty("list"));
        }
        let twice = leaves.windows(2).find(|pair| pair[0].0 == pair[1].0);
        if let Some([(_, first), (_, second)]) = twice {
            let (first, second) = (*first, *second);
            return Err(Error::Twice { first, second });
        }
        let leaves = leaves.into_iter().map(|(leaf, _)| leaf).collect();
        Ok(Self { leaves })
    }

    /// How many subjects it has.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a list is never empty")]
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// The root, which the owner gives to the actor.
    #[must_use]
    pub fn root(&self) -> Hash {
        root(self.leaves.clone()).unwrap_or_default()
    }

    /// The path from a subject to the root: what `ListProof.path` takes, one hash behind the other.
    ///
    /// # Errors
    /// When the subject is not on the list.
    pub fn prove(&self, subject: &EthAddress) -> Result<Vec<Hash>> {
        let at = self.leaves.binary_search(&leaf(&subject.to_word()));
        let at = at.map_err(|_| Error::NotListed(subject.to_string()))?;
        Ok(climb(self.leaves.clone(), at).unwrap_or_default().path)
    }
}

/// The one form of a subject that the actor hashes, from any text that determines it.
///
/// # Errors
/// When it is no address, or one whose form only the chain knows.
pub fn subject(text: &str) -> Result<EthAddress> {
    form(text).map_err(Error::NoSubject)
}

/// Reads a line; false at the end.
fn read_line(input: &mut impl BufRead, text: &mut Vec<u8>) -> Result<bool> {
    text.clear();
    let bytes = input.by_ref().take(MAX_LINE).read_until(b'\n', text);
    Ok(bytes.map_err(Error::Read)? > 0)
}

/// The subject on a line; none on an empty one.
fn on_line(line: &[u8]) -> std::result::Result<Option<EthAddress>, String> {
    if line.len() as u64 == MAX_LINE && !line.ends_with(b"\n") {
        return Err(format!(
            "it has {MAX_LINE} bytes or more, and no address is so long"
        ));
    }
    let text = std::str::from_utf8(line).map_err(|_| "it is no text".to_owned())?;
    let text = text.split('#').next().unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(None);
    }
    form(text).map(Some)
}

fn form(text: &str) -> std::result::Result<EthAddress, String> {
    let address = parse_address(text).map_err(|error| error.to_string())?;
    eth_form(&address).ok_or_else(|| {
        format!("`{text}` has no 0x form of its own: list the actor's id, which the chain knows (`lotus state lookup {text}`)")
    })
}
