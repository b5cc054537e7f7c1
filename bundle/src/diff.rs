//! What changes between two bundles.

use serde::Serialize;

use crate::inspect::{ActorType, inspect, table};
use crate::{Bundle, Inspection};

/// The changes from one bundle to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The manifest CIDs, old and new.
    pub manifests: (String, String),
    /// One change a name, in the order of the new bundle; names that went come last.
    pub changes: Vec<Change>,
}

/// What happened to one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The name.
    pub name: String,
    /// What happened.
    pub kind: ChangeKind,
    /// The type before, if there was one.
    pub before: Option<ActorType>,
    /// The type after, if there is one.
    pub after: Option<ActorType>,
}

/// The kinds of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A new name.
    Added,
    /// A name went, which no upgrade may do.
    Removed,
    /// The name has another type number, which no upgrade may do.
    Moved,
    /// The name has other code.
    Changed,
}

/// Compares two bundles by name.
pub fn diff(before: &Bundle, after: &Bundle) -> Diff {
    let (before, after) = (inspect(before), inspect(after));
    let mut changes = Vec::new();
    for actor in &after.actors {
        changes.extend(compare(named(&before, &actor.name), actor));
    }
    for actor in &before.actors {
        if named(&after, &actor.name).is_none() {
            changes.push(Change {
                name: actor.name.clone(),
                kind: ChangeKind::Removed,
                before: Some(actor.clone()),
                after: None,
            });
        }
    }
    Diff {
        manifests: (before.manifest, after.manifest),
        changes,
    }
}

impl Diff {
    /// Whether a network that runs the old bundle may move to the new one: every name stays, with its number.
    pub fn is_upgrade(&self) -> bool {
        let forbidden = [ChangeKind::Removed, ChangeKind::Moved];
        !self.changes.iter().any(|c| forbidden.contains(&c.kind))
    }
}

impl std::fmt::Display for Diff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (before, after) = &self.manifests;
        writeln!(f, "manifest {before}\n      -> {after}")?;
        if self.changes.is_empty() {
            return write!(f, "no change");
        }
        let mut table = table(&["change", "name", "type", "bytes"]);
        for change in &self.changes {
            let kind = format!("{:?}", change.kind).to_lowercase();
            let number = change.arrow(|actor| actor.number.to_string());
            let size = change.arrow(|actor| actor.size.to_string());
            table.add_row([kind, change.name.clone(), number, size]);
        }
        writeln!(f, "{}", table.trim_fmt())?;
        let verdict = if self.is_upgrade() {
            "every name stays with its type number"
        } else {
            "no network may move to it: names must stay, with their type numbers"
        };
        write!(f, "{verdict}")
    }
}

impl Change {
    fn arrow(&self, text: impl Fn(&ActorType) -> String) -> String {
        let sides = [&self.before, &self.after].map(|side| side.as_ref().map(&text));
        match sides {
            [Some(before), Some(after)] if before == after => after,
            [Some(before), Some(after)] => format!("{before} -> {after}"),
            [None, Some(after)] => after,
            [before, None] => before.unwrap_or_default(),
        }
    }
}

fn compare(before: Option<&ActorType>, after: &ActorType) -> Option<Change> {
    let kind = match before {
        None => ChangeKind::Added,
        Some(before) if before.number != after.number => ChangeKind::Moved,
        Some(before) if before.code != after.code => ChangeKind::Changed,
        Some(_) => return None,
    };
    Some(Change {
        name: after.name.clone(),
        kind,
        before: before.cloned(),
        after: Some(after.clone()),
    })
}

fn named<'a>(inspection: &'a Inspection, name: &str) -> Option<&'a ActorType> {
    inspection.actors.iter().find(|actor| actor.name == name)
}
