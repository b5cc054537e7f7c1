//! Changes to maps, and the simple map that they are compared with.

use std::collections::BTreeMap;

use proptest::prelude::*;

/// Ids lie close together on purpose, so that entries meet.
pub fn changes(ids: u64) -> impl Strategy<Value = Vec<Vec<(u64, Option<u64>)>>> {
    let change = (0..ids, prop::option::weighted(0.7, 0..5u64));
    prop::collection::vec(prop::collection::vec(change, 0..20), 0..20)
}

/// Makes a change in the model.
pub fn apply(model: &mut BTreeMap<u64, u64>, id: u64, value: Option<u64>) {
    match value {
        Some(value) => drop(model.insert(id, value)),
        None => drop(model.remove(&id)),
    }
}
