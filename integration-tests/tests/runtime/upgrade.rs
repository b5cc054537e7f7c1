//! New code on an old state.

use holdfast_integration_tests::World;
use holdfast_localnet::{Kind, Network, Options};
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{NameParams, OfParams, RaiseParams, method};
use holdfast_test_counter_v2::state::CounterState as NewState;
use holdfast_test_counter_v2::state_v1::CounterState as FirstState;

use crate::support::{BUNDLE, COUNTER, COUNTER_V2, create, params};

/// A network with a counter of the second version on a state that the first has written, with the two raises of `7`
/// and `3` in it.
fn upgraded() -> (Network, holdfast_localnet::Wallet, fvm_shared::address::Address) {
    let mut world = World::with(&Options::new(BUNDLE.clone()));
    let alice = world.account(Kind::Secp256k1, 0);
    let old = create(&mut world, &alice, COUNTER, &params(alice.address()));
    for by in [7, 3] {
        world.call::<method::Raise>(&alice, old, &RaiseParams { by }).ok();
    }
    world
        .call::<method::SetName>(
            &alice,
            old,
            &NameParams {
                name: "Ada".to_owned(),
            },
        )
        .ok();
    let new = create(&mut world, &alice, COUNTER_V2, &params(alice.address()));
    let mut network = world.network().fork();
    let state: CounterState = network.state(&old).unwrap();
    network.set_state(&new, &state).unwrap();
    (network, alice, new)
}

#[test]
fn new_code_reads_the_old_state_without_a_write() {
    let (network, alice, counter) = upgraded();
    let who = fvm_ipld_encoding::to_vec(&OfParams { who: alice.address() }).unwrap();
    let height = network
        .view(
            alice.address(),
            counter,
            holdfast_runtime::frc42::method_number("Height"),
            vec![],
        )
        .unwrap();
    let name = network
        .view(
            alice.address(),
            counter,
            holdfast_runtime::frc42::method_number("NameOf"),
            who,
        )
        .unwrap();
    assert_eq!(
        (
            height.decode::<u64>().unwrap(),
            name.decode::<Option<String>>().unwrap().as_deref()
        ),
        (10, Some("Ada"))
    );
    assert!(
        network.state::<FirstState>(&counter).is_ok(),
        "still the first version"
    );
}

#[test]
fn the_first_write_brings_the_state_up_to_date() {
    let (mut network, alice, counter) = upgraded();
    let raise = fvm_ipld_encoding::to_vec(&RaiseParams { by: 5 }).unwrap();
    let method = holdfast_runtime::frc42::method_number("Raise");
    let raised = network
        .send(&alice, counter, Default::default(), method, raise)
        .unwrap()
        .ok("raise")
        .unwrap();
    assert_eq!(raised.decode::<u64>().unwrap(), 15);
    let state: NewState = network.state(&counter).unwrap();
    assert_eq!((state.raises, state.height), (3, 15));
    let balance = network.balance(&counter).unwrap();
    holdfast_test_counter_v2::invariants::check(network.store(), &state, &balance).assert_none();
}

#[test]
fn old_code_refuses_the_new_state() {
    let (mut network, alice, new) = upgraded();
    let old = fvm_shared::address::Address::new_id(new.id().unwrap() - 1);
    network.set_state(&old, &(2, 0, 0)).unwrap();
    let method = holdfast_runtime::frc42::method_number("Height");
    let refused = network.view(alice.address(), old, method, vec![]).unwrap();
    assert_eq!(refused.exit_code.value(), 20, "{}", refused.error);
    assert!(
        refused.error.contains("state version 2 is unknown to this code"),
        "{}",
        refused.error
    );
}
