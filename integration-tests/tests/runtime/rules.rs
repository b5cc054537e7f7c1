//! What is written with the runtime keeps the rules of a bundle.

use holdfast_bundle::{facts, wasm};

use crate::support::{COUNTER, COUNTER_V2, PROBE};

#[test]
fn actors_written_with_the_runtime_compute_without_floats() {
    for module in wasm::build(&[COUNTER, COUNTER_V2, PROBE]).unwrap() {
        let facts = facts(&module.bytes).unwrap();
        assert!(facts.exports_invoke && facts.exports_memory, "{}", module.package);
        assert_eq!(facts.floats, Vec::<String>::new(), "{}", module.package);
    }
}
