//! The key pair of a reader: X25519.

use std::fmt;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use aes_gcm::aead::OsRng;
use tempfile::NamedTempFile;
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::text::{hex, parse_32, secret_hex};

/// What stands before the digits in the file of a key.
const SECRET: &str = "holdfast-x25519-secret:";

/// A reader's secret. It is wiped from memory when it is dropped.
pub struct ReaderKey(pub(crate) StaticSecret);

/// A reader's X25519 public key, for everybody to know. Its text is 0x and 64 digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(pub(crate) [u8; 32]);

impl ReaderKey {
    /// A new key from the randomness of the machine.
    #[must_use]
    pub fn generate() -> Self {
        Self(StaticSecret::random_from_rng(OsRng))
    }

    /// The key of 32 bytes that somebody else has made (RFC 7748).
    #[must_use]
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(StaticSecret::from(*secret))
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(x25519_dalek::PublicKey::from(&self.0).to_bytes())
    }

    /// Writes a new file that only its owner can read (mode 0600). It never replaces a file: whoever loses a key loses
    /// what it opens.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let failed = |why: std::io::Error| Error::KeyFile {
            path: path.display().to_string(),
            why: why.to_string(),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        // Such files are made with mode 0600.
        let mut draft = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
        draft.write_all(self.to_text().as_bytes()).map_err(failed)?;
        draft.as_file().sync_all().map_err(failed)?;
        draft
            .persist_noclobber(path)
            .map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Reads the file of a key.
    ///
    /// # Errors
    /// When it cannot be read, is open to others than its owner, or holds no key.
    pub fn load(path: &Path) -> Result<Self> {
        let failed = |why: String| Error::KeyFile {
            path: path.display().to_string(),
            why,
        };
        private(path).map_err(failed)?;
        let text = std::fs::read_to_string(path).map(Zeroizing::new);
        let text = text.map_err(|error| failed(error.to_string()))?;
        Self::from_text(&text).map_err(failed)
    }

    fn to_text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(self.0.to_bytes());
        Zeroizing::new(format!(
            "# Whoever has this file reads what is encrypted for {}\n{SECRET}{}\n",
            self.public(),
            *secret_hex(&secret)
        ))
    }

    fn from_text(text: &str) -> std::result::Result<Self, String> {
        let mut lines = text.lines().map(str::trim);
        let mut next = || lines.find(|line| !line.is_empty() && !line.starts_with('#'));
        let secret = next().and_then(|line| line.strip_prefix(SECRET));
        let (Some(secret), None) = (secret, next()) else {
            return Err(format!("a key file has one line, which begins with `{SECRET}`"));
        };
        let secret = parse_32(secret).map_err(|why| format!("the secret is damaged: {why}"))?;
        Ok(Self::from_bytes(&secret))
    }
}

#[cfg(unix)]
fn private(path: &Path) -> std::result::Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(|error| error.to_string())?;
    let mode = mode.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(format!(
        "a key that others can read is no secret: its mode is {mode:04o}, not 0600 (`chmod 600` makes it so)"
    ))
}

#[cfg(not(unix))]
fn private(_: &Path) -> std::result::Result<(), String> {
    Ok(())
}

impl fmt::Debug for ReaderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReaderKey of {}", self.public())
    }
}

impl PublicKey {
    /// The key of these bytes.
    ///
    /// # Errors
    /// When it is one of the points with which everybody agrees on the same secret (RFC 7748, section 6.1).
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self> {
        // Every secret is a multiple of eight, the order of those points, so any secret finds them.
        let any = StaticSecret::from([1; 32]);
        let agreed = any.diffie_hellman(&x25519_dalek::PublicKey::from(bytes));
        if agreed.was_contributory() {
            return Ok(Self(bytes));
        }
        Err(Error::PublicKey {
            key: hex(&bytes),
            why: "it has low order, so what is encrypted for it opens without a secret".to_owned(),
        })
    }

    /// The 32 bytes of the u-coordinate.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match parse_32(text) {
            Ok(bytes) => Self::from_bytes(*bytes),
            Err(why) => Err(Error::PublicKey {
                key: text.to_owned(),
                why,
            }),
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
