//! What is in the bundle.

use std::path::Path;

use anyhow::Result;
use holdfast_bundle::{Bundle, inspect};

use super::tell::{chapter, fact, say};
use crate::output::grouped;

/// Prints every actor type: number, name, size, code.
///
/// # Errors
/// When the file is no bundle.
pub(super) fn contents(car: &Path) -> Result<()> {
    chapter("The bundle: the official actors, our Init in the place of theirs, and the suite");
    let contents = inspect(&Bundle::open(car)?);
    say(&format!("  {:>4}  {:<18} {:>9}  code", "type", "name", "bytes"));
    for actor in &contents.actors {
        let size = grouped(u64::try_from(actor.size)?);
        say(&format!(
            "  {:>4}  {:<18} {size:>9}  {}",
            actor.number, actor.name, actor.code
        ));
    }
    fact("manifest", &contents.manifest);
    Ok(())
}
