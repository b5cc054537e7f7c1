//! Of delays, scheduled operations and nonces.

use std::collections::BTreeSet;

use fvm_ipld_blockstore::Blockstore;
use holdfast_api::access::MAX_OPERATIONS;
use holdfast_policies::access::delay::MAX_DELAY;
use holdfast_runtime::testing::Violations;

use crate::state::{AccessState, Annex};

pub(super) fn check<BS: Blockstore>(state: &AccessState, annex: &Annex, store: &BS, found: &mut Violations) {
    let Some(guards) = found.note("guards_are_readable", annex.guards.load(store)) else {
        return;
    };
    let walked = guards.delays.for_each(store, |data_set, delays| {
        let head = state.data_set(store, data_set)?;
        found.require("delays_are_flagged", head.has_delays, || {
            format!("data set {data_set} has delays and does not say so")
        });
        let mut seen = Vec::new();
        for delay in delays.read()?.delays {
            let bounds = 0..=MAX_DELAY;
            let within = bounds.contains(&delay.before)
                && bounds.contains(&delay.after)
                && (delay.before > 0 || delay.after > 0)
                && !seen.contains(&delay.what);
            found.require("delays_are_within_bounds", within, || {
                format!("data set {data_set}: {delay:?}")
            });
            seen.push(delay.what);
        }
        Ok(())
    });
    found.note("delays_are_readable", walked);
    let walked = guards.operations.for_each(store, |data_set, operations| {
        let head = state.data_set(store, data_set)?;
        let operations = operations.read()?.operations;
        let ids: BTreeSet<_> = operations.iter().map(|operation| operation.id.0).collect();
        let sound = head.has_delays
            && (1..=MAX_OPERATIONS).contains(&operations.len())
            && ids.len() == operations.len()
            && operations
                .iter()
                .all(|operation| operation.announced <= operation.ready);
        found.require("operations_are_of_data_sets", sound, || {
            format!("data set {data_set} has {} operations", operations.len())
        });
        Ok(())
    });
    found.note("operations_are_readable", walked);
    let walked = annex.nonces.for_each(store, |(signer, word), used| {
        found.require("nonces_are_masks", used != 0 && word <= u64::MAX / 64, || {
            format!("f0{signer} has the word {word} of nonces")
        });
        Ok(())
    });
    found.note("nonces_are_readable", walked);
}
