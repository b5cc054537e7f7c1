//! Which code becomes which: by name.

use std::collections::HashMap;

use cid::Cid;

use super::report::{MovedType, Upgrade};
use crate::manifest::{Entry, Manifest};
use crate::{Error, Result};

/// The new code of every old one, and how many actors have asked for it.
pub(super) struct Plan {
    manifests: (Cid, Cid),
    types: Vec<MovedType>,
    by_old_code: HashMap<Cid, usize>,
}

impl Plan {
    /// Pairs the names of two manifests; names that only the new one has are listed last.
    pub(super) fn new(from: &Manifest, to: &Manifest) -> Result<Self> {
        let gone = from.entries().iter().filter(|old| to.code(&old.name).is_none());
        let gone: Vec<String> = gone.map(|old| old.name.clone()).collect();
        if !gone.is_empty() {
            let manifest = Box::new(to.data());
            return Err(Error::NamesGone {
                names: gone,
                manifest,
            });
        }
        let mut plan = Self {
            manifests: (from.data(), to.data()),
            types: Vec::new(),
            by_old_code: HashMap::new(),
        };
        for Entry { name, code } in from.entries() {
            plan.insert(name, *code, to)?;
        }
        let new = to.entries().iter();
        let new = new.filter(|entry| from.code(&entry.name).is_none());
        plan.types.extend(new.map(|Entry { name, code }| MovedType {
            name: name.clone(),
            actors: 0,
            before: None,
            after: *code,
        }));
        Ok(plan)
    }

    /// An old code under two names could become two new ones.
    fn insert(&mut self, name: &str, old: Cid, to: &Manifest) -> Result<()> {
        if let Some(first) = self.by_old_code.insert(old, self.types.len()) {
            let first = self.types.get(first).map(|known| known.name.clone());
            return Err(Error::CodeTwice {
                first: first.unwrap_or_default(),
                second: name.to_owned(),
                code: Box::new(old),
            });
        }
        self.types.push(MovedType {
            name: name.to_owned(),
            actors: 0,
            before: Some(old),
            after: to.code(name).unwrap_or(old),
        });
        Ok(())
    }

    /// The new code of an actor with this old one; counts the actor.
    pub(super) fn code(&mut self, old: Cid) -> Option<Cid> {
        let at = *self.by_old_code.get(&old)?;
        let found = self.types.get_mut(at)?;
        found.actors += 1;
        Some(found.after)
    }

    pub(super) fn report(self, before: Cid, after: Cid) -> Upgrade {
        Upgrade {
            before,
            after,
            manifest_before: self.manifests.0,
            manifest_after: self.manifests.1,
            types: self.types,
        }
    }
}
