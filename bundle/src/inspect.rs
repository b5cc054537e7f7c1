//! What is in a bundle, for people and for programs.

use cid::Cid;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use serde::{Deserialize, Serialize, Serializer};

use crate::Bundle;

/// The contents of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The manifest CID, which is the root of the CAR.
    pub manifest: String,
    /// The actor types in the order of their numbers.
    pub actors: Vec<ActorType>,
}

/// One actor type of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorType {
    /// The type number: the position in the manifest, from 1.
    #[serde(rename = "type")]
    pub number: u32,
    /// The name in the manifest.
    pub name: String,
    /// The CID of the WASM module.
    pub code: String,
    /// The weight of the WASM module, in bytes.
    pub size: usize,
}

/// Lists the contents of a bundle.
pub fn inspect(bundle: &Bundle) -> Inspection {
    let entries = bundle.manifest().entries().iter().zip(1_u32..);
    let actors = entries.map(|(entry, number)| ActorType {
        number,
        name: entry.name.clone(),
        code: entry.code.to_string(),
        size: bundle.wasm(&entry.name).map_or(0, <[u8]>::len),
    });
    Inspection {
        manifest: bundle.root().to_string(),
        actors: actors.collect(),
    }
}

impl std::fmt::Display for Inspection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut table = table(&["type", "name", "bytes", "code"]);
        for actor in &self.actors {
            table.add_row([
                actor.number.to_string(),
                actor.name.clone(),
                actor.size.to_string(),
                actor.code.clone(),
            ]);
        }
        for column in [0, 2] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        writeln!(f, "manifest {}", self.manifest)?;
        write!(f, "{}", table.trim_fmt())
    }
}

pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(header.to_vec());
    table
}

pub(crate) fn cid_text<S: Serializer>(cid: &Cid, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(cid)
}
