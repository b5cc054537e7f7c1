//! The FVM itself as a judge.

use fvm::engine::{EngineConfig, EnginePool};
use fvm::machine::{Manifest, NetworkConfig};
use fvm_shared::version::NetworkVersion;

use super::Problem;
use crate::manifest::Entry;
use crate::{Bundle, Result};

/// Loads the manifest and compiles every module with the FVM's limits of network version 28.
pub(super) fn problems(bundle: &Bundle) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let entries = bundle.manifest().entries();
    let list = entries.iter().map(|entry| (entry.name.clone(), entry.code));
    if let Err(error) = Manifest::new(list) {
        let reason = error.to_string();
        problems.push(Problem::NotLoaded { reason });
    }
    let config = EngineConfig::from(&NetworkConfig::new(NetworkVersion::V28));
    let pool = match EnginePool::new(config) {
        Ok(pool) => pool,
        Err(error) => {
            let reason = format!("the engine does not start: {error}");
            problems.push(Problem::NotLoaded { reason });
            return Ok(problems);
        }
    };
    let engine = pool.acquire();
    let store = bundle.car().to_blockstore();
    for Entry { name, code } in entries {
        if let Err(error) = engine.preload(code, &store) {
            problems.push(Problem::NotCompiled {
                name: name.clone(),
                reason: format!("{error:#}"),
            });
        }
    }
    Ok(problems)
}
