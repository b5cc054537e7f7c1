//! What everything costs, compared with the committed figures. `make gas` prints the table.

use holdfast_integration_tests::bench::Bench;
use holdfast_integration_tests::bench::growth::Growth;
use holdfast_integration_tests::bundle::CALIBRATION;
use holdfast_integration_tests::gas::{Snapshot, measure, table};
use holdfast_runtime::testing::golden;

#[test]
fn every_message_costs_what_is_committed() {
    let gas = measure();
    println!("{}", table(&gas));
    Snapshot::new(&CALIBRATION.compiler, "gas", gas).check("gas.json");
}

#[test]
fn the_actors_weigh_what_is_committed() {
    let sizes = CALIBRATION.sizes.iter();
    let sizes = sizes.map(|(name, bytes)| (name.clone(), *bytes as u64)).collect();
    Snapshot::new(&CALIBRATION.compiler, "sizes", sizes).check("sizes.json");
}

#[test]
fn the_pages_show_what_is_committed_and_pinned() {
    let (bench, growth) = (Bench::committed(), Growth::committed());
    for (path, text) in bench.files().into_iter().chain(growth.files()) {
        golden::compare(&text, &path);
    }
    let gas = Snapshot::committed("gas.json");
    let stale = [bench.stale(&gas), growth.stale(&gas)].concat();
    assert!(stale.is_empty(), "run `make bench`:\n  {}", stale.join("\n  "));
}

#[test]
fn costs_grow_as_the_depth_of_a_tree_does() {
    let steep = Growth::committed().steep();
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
