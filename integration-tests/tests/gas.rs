//! What everything costs, compared with the committed figures. `make gas` prints the table.

use holdfast_integration_tests::bundle::CALIBRATION;
use holdfast_integration_tests::gas::{Snapshot, measure, table};

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
