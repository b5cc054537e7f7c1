//! Traces: every call, every charge.

use crate::support::{fil, network, transfer};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_localnet::{Kind, Outcome, ids};

#[test]
fn the_charges_of_a_trace_add_up_to_the_gas_used() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let receipt = net
        .send(&from, net.account(Kind::Bls, 50).address(), fil(1), 0, Vec::new())
        .unwrap();
    let milligas: u64 = receipt.trace.charges.iter().map(|c| c.milligas()).sum();
    assert_eq!(milligas.div_ceil(1000), receipt.gas_used);
    assert_eq!(receipt.trace.charge_points().last(), Some(&receipt.gas_used));
}

#[test]
fn the_tree_of_calls_shows_who_called_whom() {
    let mut net = network();
    let owner = net.account(Kind::Secp256k1, 0);
    let params = fvm_ipld_encoding::to_vec(&([owner.address()], 1u64, 0i64, 0i64)).unwrap();
    let (created, receipt) = net.exec(&owner, "multisig", &params, fil(2)).unwrap();
    let call = receipt.trace.call.clone().unwrap();
    assert_eq!(
        (call.to, call.method, call.invoked.unwrap().0),
        (Address::new_id(ids::INIT), 2, ids::INIT)
    );
    assert_eq!((&call.value, &call.outcome), (&fil(2), &Outcome::Exit(0.into())));
    let constructor = &call.calls[0];
    assert_eq!(
        (constructor.from, constructor.to, constructor.method),
        (ids::INIT, created.id_address, 1)
    );
    assert_eq!(constructor.value, fil(2));
    assert!(constructor.milligas < call.milligas);
    let text = receipt.trace.to_string();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.lines().nth(1).unwrap().starts_with("  f01 -> "), "{text}");
    assert!(text.contains("method 2, 2.0 FIL: exit 0, "), "{text}");
    let by_name: u64 = receipt.trace.gas_by_name().values().map(|(_, sum)| sum).sum();
    assert_eq!(by_name.div_ceil(1000), receipt.gas_used);
    assert!(!call.puts.is_empty() && !call.gets.is_empty());
}

#[test]
fn a_limit_just_below_a_charge_point_runs_out_of_gas_there_and_moves_nothing() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let params = fvm_ipld_encoding::to_vec(&([from.address()], 1u64, 0i64, 0i64)).unwrap();
    let params = fvm_ipld_encoding::to_vec(&(net.bundle().code("multisig").unwrap(), RawBytes::from(params)));
    let mut message = transfer(&net, &from, Address::new_id(ids::INIT));
    (message.method_num, message.params) = (2, params.unwrap().into());
    let start = net.snapshot();
    let points = net
        .send_message(&from, message.clone())
        .unwrap()
        .ok("Exec")
        .unwrap()
        .trace
        .charge_points();
    assert!(points.len() > 100, "{points:?}");
    net.revert(&start);
    let init = net.actor(&Address::new_id(ids::INIT)).unwrap();
    // The first is the inclusion of the message, below which the pool takes no limit.
    for point in points[1..].iter().step_by(points.len() / 20).chain(points.last()) {
        let mut short = message.clone();
        short.gas_limit = point - 1;
        let receipt = net.send_message(&from, short).unwrap();
        assert_eq!(receipt.exit_code.value(), 7, "at {point}");
        assert_eq!(receipt.gas_used, point - 1);
        assert_eq!(net.actor(&Address::new_id(ids::INIT)).unwrap(), init);
        net.revert(&start);
    }
}

#[test]
fn tracing_changes_no_gas() {
    let run = |tracing| {
        let options = holdfast_localnet::Options {
            tracing,
            ..crate::support::options()
        };
        let mut net = holdfast_localnet::Network::start(&options).unwrap();
        let from = net.account(Kind::Secp256k1, 0);
        net.send(&from, from.address(), fil(1), 0, Vec::new()).unwrap()
    };
    let (with, without) = (run(true), run(false));
    assert_eq!(with.gas_used, without.gas_used);
    assert!(with.trace.call.is_some() && without.trace.call.is_none());
}
