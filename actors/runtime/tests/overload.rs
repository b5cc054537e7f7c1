//! Which of several methods with one Solidity name is meant.

use holdfast_runtime::idl::codec::{call_of, calldata, solidity_method};
use holdfast_runtime::idl::solidity_interface;
use holdfast_runtime::method::{Interface, InterfaceInfo};
use holdfast_test_counter::Counter;
use serde_json::json;

fn counter() -> InterfaceInfo {
    Counter::describe()
}

fn found(text: &str) -> Option<&'static str> {
    solidity_method(&counter(), text)
        .unwrap()
        .map(|method| method.name)
}

#[test]
fn a_signature_and_a_name_in_the_table_tell_overloads_apart() {
    assert_eq!(found("isHigherThan(uint64)"), Some("isHigherThanNumber"));
    assert_eq!(found("isHigherThanNumber"), Some("isHigherThanNumber"));
    assert_eq!(found("isHigherThan(address)"), Some("IsHigherThan"));
}

#[test]
fn a_name_that_is_not_shared_is_enough() {
    assert_eq!(found("raise"), Some("Raise"));
    assert_eq!(found("raise(uint64)"), Some("Raise"));
    assert_eq!(found("buy"), Some("buy"));
    assert_eq!(found("raise(address)"), None);
    assert_eq!(
        found("Raise"),
        None,
        "the name of a method with a number is no Solidity name"
    );
}

#[test]
fn a_shared_name_alone_is_refused_with_the_signatures() {
    let error = solidity_method(&counter(), "isHigherThan")
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "counter has 2 methods `isHigherThan`: write which one, isHigherThan(address) or isHigherThan(uint64)"
    );
}

#[test]
fn calldata_of_an_overload_goes_by_its_signature() {
    let counter = counter();
    for (name, arguments) in [
        ("isHigherThan(uint64)", json!(7)),
        (
            "isHigherThan(address)",
            json!({"who": "0xff000000000000000000000000000000000003ea"}),
        ),
        (
            "pointsOf",
            json!({"who": "0xff000000000000000000000000000000000003ea"}),
        ),
    ] {
        let method = solidity_method(&counter, name)
            .unwrap()
            .and_then(|m| m.solidity.as_ref())
            .unwrap();
        let data = calldata(method, &arguments).unwrap();
        let call = call_of(&counter, &data).unwrap();
        assert_eq!(call, json!({"method": name, "arguments": arguments}));
    }
}

#[test]
fn the_solidity_interface_declares_overloads_by_their_shared_name() {
    let source = solidity_interface(&counter());
    for line in [
        "function isHigherThan(address who) external view returns (bool);",
        "function isHigherThan(uint64) external view returns (bool);",
    ] {
        assert!(source.contains(line), "`{line}` is not in\n{source}");
    }
}
