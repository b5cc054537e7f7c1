//! What an upgrade did, for people and for programs.

use cid::Cid;
use comfy_table::CellAlignment;
use serde::{Serialize, Serializer};

use crate::inspect::{cid_text, table};

/// What an upgrade did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Upgrade {
    /// The state root before.
    #[serde(serialize_with = "cid_text")]
    pub before: Cid,
    /// The state root after.
    #[serde(serialize_with = "cid_text")]
    pub after: Cid,
    /// The manifest data CID that f00 held before.
    #[serde(serialize_with = "cid_text")]
    pub manifest_before: Cid,
    /// The manifest data CID that f00 holds now.
    #[serde(serialize_with = "cid_text")]
    pub manifest_after: Cid,
    /// One entry a name: those of the old manifest in its order, then the new ones.
    pub types: Vec<MovedType>,
}

/// What happened to the actors of one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedType {
    /// The name in both manifests.
    pub name: String,
    /// How many actors of it the state has.
    pub actors: u64,
    /// Their code before; none for a name that only the new manifest has.
    #[serde(serialize_with = "optional_cid_text")]
    pub before: Option<Cid>,
    /// Their code now.
    #[serde(serialize_with = "cid_text")]
    pub after: Cid,
}

impl Upgrade {
    /// How many actors the state has.
    pub fn actors(&self) -> u64 {
        self.types.iter().map(|moved| moved.actors).sum()
    }
}

impl std::fmt::Display for Upgrade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut table = table(&["actors", "name", "code before", "code after"]);
        for moved in &self.types {
            let before = moved.before.map_or("new".to_owned(), |code| code.to_string());
            let after = if moved.before == Some(moved.after) {
                "the same".to_owned()
            } else {
                moved.after.to_string()
            };
            table.add_row([moved.actors.to_string(), moved.name.clone(), before, after]);
        }
        if let Some(column) = table.column_mut(0) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        writeln!(f, "state root    {}\n           -> {}", self.before, self.after)?;
        writeln!(
            f,
            "manifest data {}\n           -> {}",
            self.manifest_before, self.manifest_after
        )?;
        write!(f, "{}", table.trim_fmt())
    }
}

fn optional_cid_text<S: Serializer>(cid: &Option<Cid>, serializer: S) -> Result<S::Ok, S::Error> {
    match cid {
        Some(cid) => cid_text(cid, serializer),
        None => serializer.serialize_none(),
    }
}
