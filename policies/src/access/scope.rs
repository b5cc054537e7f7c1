//! Parts of a data set.

/// The most bytes of a path or CID.
pub const MAX_SCOPE_BYTES: usize = 256;
/// The most names in a path.
pub const MAX_SCOPE_DEPTH: usize = 16;

/// A part of a data set, as its bytes: a path, whose parts are all paths that go on after it; or a CID. The empty path is
/// the whole data set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole data set.
    #[default]
    All,
    /// A path without a slash at its ends, such as `trial-7/images`.
    Path(String),
    /// The bytes of a CID.
    Cid(Vec<u8>),
}

/// Why something is no scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoScope {
    /// It has so many bytes where [`MAX_SCOPE_BYTES`] are allowed.
    TooLong(usize),
    /// It has so many names where [`MAX_SCOPE_DEPTH`] are allowed.
    TooDeep(usize),
    /// A name is empty, `.` or `..`: two texts would be one path.
    NotPlain(String),
}

impl Scope {
    /// The part at a path; all for the empty one.
    ///
    /// # Errors
    /// [`NoScope`] when it is too long, too deep, or can be written in another way.
    pub fn path(path: &str) -> Result<Self, NoScope> {
        if path.is_empty() {
            return Ok(Self::All);
        }
        if path.len() > MAX_SCOPE_BYTES {
            return Err(NoScope::TooLong(path.len()));
        }
        let depth = path.split('/').count();
        if depth > MAX_SCOPE_DEPTH {
            return Err(NoScope::TooDeep(depth));
        }
        if path.split('/').any(|name| matches!(name, "" | "." | "..")) {
            return Err(NoScope::NotPlain(path.to_owned()));
        }
        Ok(Self::Path(path.to_owned()))
    }

    /// The part behind a CID.
    ///
    /// # Errors
    /// [`NoScope`] when it is too long.
    pub fn cid(cid: Vec<u8>) -> Result<Self, NoScope> {
        if cid.len() > MAX_SCOPE_BYTES {
            return Err(NoScope::TooLong(cid.len()));
        }
        Ok(Self::Cid(cid))
    }

    /// Whether another part is in this one. A block is one part, by whatever version and codec its CID has. Which paths it is found
    /// under is not known here, so a path covers no CID but the whole data set covers all.
    pub fn covers(&self, part: &Self) -> bool {
        match (self, part) {
            (Self::All, _) => true,
            (Self::Path(folder), Self::Path(path)) => path
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            (Self::Cid(cid), Self::Cid(other)) => block(cid) == block(other),
            _ => false,
        }
    }

    /// How narrow it is, for finding the narrowest of some that cover a part.
    pub fn narrowness(&self) -> usize {
        match self {
            Self::All => 0,
            Self::Path(path) => path.len(),
            Self::Cid(_) => usize::MAX,
        }
    }
}

/// What a CID names: its multihash. Behind the version of a CIDv1 and its codec, each a varint; a CIDv0 is nothing else.
fn block(cid: &[u8]) -> &[u8] {
    const SHA2_256: [u8; 2] = [0x12, 0x20];
    if cid.starts_with(&SHA2_256) {
        return cid;
    }
    let behind = |bytes: &[u8]| bytes.iter().position(|byte| byte & 0x80 == 0);
    let version = behind(cid).and_then(|at| cid.get(at.saturating_add(1)..));
    let codec = version.and_then(|rest| rest.get(behind(rest)?.saturating_add(1)..));
    codec.unwrap_or(cid)
}
