//! The limits of the machine: gas, the size of answers, the depth of calls, the stacks.

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_integration_tests::World;
use holdfast_integration_tests::hostile::{Asks, Lesson};
use holdfast_runtime::method::Method;
use holdfast_test_counter::{COMPARE_GAS, OfParams};
use holdfast_test_probe::{ReadParams, method};

use crate::support::{COUNTER, PROBE, counter, create, params, probe};

/// How often an actor can call itself: the machine goes 1024 calls deep, and the message makes the first.
const CALL_DEPTH: u64 = 1023;

#[test]
fn an_answer_longer_than_the_call_allows_is_never_copied() {
    let (mut world, alice, one) = probe();
    let other = create(&mut world, &alice, PROBE, &());
    let ask = |max_return: u32| {
        let params = to_vec(&ReadParams {
            of: other,
            max_return,
        })
        .unwrap();
        world
            .network()
            .view(alice.address(), one, method::ReadMegabyte::NUMBER, params)
            .unwrap()
    };
    let refused = ask(2048);
    assert_eq!(refused.exit_code.value(), 23, "{}", refused.error);
    assert!(
        refused
            .error
            .contains("answered 1048576 bytes where 2048 are allowed"),
        "{}",
        refused.error
    );
    let read = ask(2 << 20);
    assert_eq!(read.decode::<u64>().unwrap(), (1 << 20) - 5);
    let saved = read.gas_used - refused.gas_used;
    assert!(saved > 500_000, "not reading saves {saved} gas only");
    let asks = |_: &World, _| vec![Lesson::new::<method::Megabyte>("asks back", &())];
    world.twins(Asks::Answer, asks, |w, of| {
        w.call::<method::ReadMegabyte>(&alice, one, &ReadParams { of, max_return: 2048 })
    });
}

#[test]
fn a_caller_cannot_starve_a_limited_call() {
    let (mut world, alice, one) = counter();
    let other = create(&mut world, &alice, COUNTER, &params(alice.address()));
    let method = holdfast_test_counter::method::IsHigherThan::NUMBER;
    let params = to_vec(&OfParams { who: other }).unwrap();
    let network = world.network();
    let message = network
        .message(&alice, one, TokenAmount::default(), method, params.into())
        .unwrap();
    let run = |gas_limit: u64| {
        let mut network = network.fork();
        network
            .send_message(
                &alice,
                fvm_shared::message::Message {
                    gas_limit,
                    ..message.clone()
                },
            )
            .unwrap()
    };
    // Enough for everything, but not for the limit that the callee was promised.
    let starved = run(COMPARE_GAS);
    assert_eq!(starved.exit_code.value(), 19, "{}", starved.error);
    assert!(starved.error.contains("raise the gas limit"), "{}", starved.error);
    assert!(starved.gas_used < COMPARE_GAS / 2, "the callee was not called");
    let fed = run(2 * COMPARE_GAS);
    assert!(fed.is_ok(), "{}", fed.error);
    assert!(
        fed.gas_used < COMPARE_GAS,
        "the message needs {} gas only",
        fed.gas_used
    );
}

#[test]
fn whoever_is_let_through_by_require_gas_can_use_all_of_the_limit() {
    let (mut world, alice, one) = counter();
    let other = create(&mut world, &alice, COUNTER, &params(alice.address()));
    let params = to_vec(&OfParams { who: other }).unwrap();
    let method = holdfast_test_counter::method::IsHigherThan::NUMBER;
    let network = world.network();
    let message = network
        .message(&alice, one, TokenAmount::default(), method, params.into())
        .unwrap();
    let run = |gas_limit: u64| {
        let message = fvm_shared::message::Message {
            gas_limit,
            ..message.clone()
        };
        network.fork().send_message(&alice, message).unwrap()
    };
    // The least gas limit with which the call is made.
    let (mut refused, mut made) = (COMPARE_GAS, 2 * COMPARE_GAS);
    while made - refused > 1 {
        let middle = u64::midpoint(refused, made);
        *if run(middle).exit_code.value() == 19 {
            &mut refused
        } else {
            &mut made
        } = middle;
    }
    let call = run(made).trace.call.unwrap();
    assert_eq!(
        call.calls[0].gas_limit, COMPARE_GAS,
        "the callee gets less than it was promised"
    );
}

/// Calls a method that calls itself to the end; gives how often it came through.
fn depth(method: u64) -> u64 {
    let (world, alice, probe) = probe();
    let receipt = world
        .network()
        .view(alice.address(), probe, method, Vec::new())
        .unwrap();
    assert!(receipt.is_ok(), "{}", receipt.error);
    receipt.decode().unwrap()
}

#[test]
fn no_stack_ends_before_the_machine_s_depth_of_calls_does() {
    assert_eq!(
        depth(method::Descend::NUMBER),
        CALL_DEPTH,
        "through the Ethereum face"
    );
}

#[test]
fn neither_with_a_transaction_at_every_level() {
    assert_eq!(depth(method::DescendWriting::NUMBER), CALL_DEPTH);
}

#[test]
fn a_view_is_answered_where_nothing_may_change() {
    // IsHigherThan asks Height by a read-only send; a call is refused there.
    let (mut world, alice, one) = counter();
    let other = create(&mut world, &alice, COUNTER, &params(alice.address()));
    let params = to_vec(&OfParams { who: other }).unwrap();
    let method = holdfast_test_counter::method::IsHigherThan::NUMBER;
    let receipt = world
        .network()
        .view(alice.address(), one, method, params)
        .unwrap();
    assert!(!receipt.decode::<bool>().unwrap());
    let call = receipt.trace.call.unwrap();
    let inner = &call.calls[0];
    assert!(inner.read_only);
    assert_eq!(inner.to, Address::new_id(other.id().unwrap()));
    assert!(inner.puts.is_empty(), "a view links no block");
}
