//! What callers of the counter rely on.

use holdfast_runtime::method::Interface;
use holdfast_runtime::testing::golden;
use holdfast_test_counter::Counter;

#[test]
fn the_interface_is_the_committed_one() {
    golden::check(&Counter::describe(), "tests/golden/counter.txt");
}

#[test]
fn the_page_of_the_docs_is_the_committed_one() {
    golden::check_page(&Counter::describe(), "tests/golden/counter.md");
}

#[test]
fn the_solidity_interface_is_the_committed_one() {
    golden::check_solidity(&Counter::describe(), "tests/golden/ICounter.sol");
}
