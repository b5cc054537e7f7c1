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

/// Rows of the README's tables, and the messages whose gas is in their second column.
const SHOWN: &[(&str, &[&str])] = &[
    (
        "transfer between holders, 2 / 1 000 / 10 000 of them",
        &[
            "token.erc20_transfer@2",
            "token.erc20_transfer@1000",
            "token.erc20_transfer@10000",
        ],
    ),
    (
        "FRC-46 transfer with receiver hook, 2 / 1 000 holders",
        &["token.transfer@2", "token.transfer@1000"],
    ),
    ("approve", &["token.erc20_approve@2"]),
    ("transferFrom", &["token.erc20_transfer_from@3"]),
    ("balanceOf, 1 000 holders", &["token.erc20_balance_of@1000"]),
    ("delegate", &["token.erc20_delegate@2"]),
    (
        "transfer between two who have delegated",
        &["token.erc20_transfer_delegated@2"],
    ),
    (
        "100 transfers in one message, 1 000 holders; the same payout again",
        &[
            "token.batch_transfer_100@1000",
            "token.batch_transfer_100_again@1000",
        ],
    ),
    (
        "grant, with 0 / 1 000 / 10 000 others in the data set",
        &["access.grant@1", "access.grant@1001", "access.grant@10001"],
    ),
    ("revoke, 1 000 others", &["access.revoke@1001"]),
    ("check by a grant, 1 000 others", &["access.has_access@1001"]),
    (
        "check by a policy of 8 nodes; by a chain of 8 grants",
        &["access.has_access_policy_8", "access.has_access_chain_8"],
    ),
    (
        "100 readers in one message, 1 000 others",
        &["access.grant_many_100@1001"],
    ),
    (
        "allow-list of a million readers; check with a proof",
        &["access.set_allow_list_1000000", "access.has_access_allow_list"],
    ),
    ("buy a plan in FIL, two shares", &["access.buy_plan"]),
];

/// Millions with three digits.
fn three_digits(gas: u64) -> String {
    let millions = gas as f64 / 1e6;
    if gas < 10_000_000 {
        format!("{millions:.2}")
    } else if gas < 100_000_000 {
        format!("{millions:.1}")
    } else {
        format!("{millions:.0}")
    }
}

#[test]
fn the_readme_shows_what_is_committed() {
    const README: &str = include_str!("../../README.md");
    let gas = Snapshot::committed("gas.json")
        .figures
        .remove("gas")
        .expect("gas");
    for (row, messages) in SHOWN {
        let shown = messages.iter().map(|message| three_digits(gas[*message]));
        let shown: Vec<String> = shown.collect();
        let cells = README
            .lines()
            .find_map(|line| line.strip_prefix(&format!("| {row} | ")));
        let cell = cells
            .and_then(|cells| cells.split(" M |").next())
            .unwrap_or_else(|| panic!("no row {row}"));
        let told: Vec<&str> = cell.split([';', '/']).map(str::trim).collect();
        assert_eq!(told, shown, "{row}");
    }
}

#[test]
fn costs_grow_as_the_depth_of_a_tree_does() {
    let steep = Growth::committed().steep();
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
