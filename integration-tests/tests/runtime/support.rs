//! Networks with the test actors.

use std::sync::LazyLock;

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_bundle::Flavour;
use holdfast_integration_tests::World;
use holdfast_integration_tests::bundle::with_actors;
use holdfast_localnet::{Bundle, Kind, Options, Wallet};
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{ConstructorParams, invariants};
use serde::Serialize;

/// The name of the counter in the bundle.
pub(crate) const COUNTER: &str = "holdfast_test_counter";
/// The name of the counter's second version in the bundle.
pub(crate) const COUNTER_V2: &str = "holdfast_test_counter_v2";
/// The name of the probe in the bundle.
pub(crate) const PROBE: &str = "holdfast_test_probe";
/// The counter's limit, points.
pub(crate) const LIMIT: u64 = 1_000_000;

/// The suite and the test actors.
pub(crate) static BUNDLE: LazyLock<Bundle> =
    LazyLock::new(|| with_actors(Flavour::Calibrationnet, &[COUNTER, COUNTER_V2, PROBE]).bundle);

/// A new network with the test actors.
pub(crate) fn world() -> World {
    World::with(&Options::new(BUNDLE.clone()))
}

/// Creates an actor through Init.
#[track_caller]
pub(crate) fn create<P: Serialize>(world: &mut World, from: &Wallet, name: &str, params: &P) -> Address {
    let params = to_vec(params).unwrap();
    world
        .run(from, |network| {
            network.exec(from, name, &params, TokenAmount::default())
        })
        .0
        .id_address
}

/// What counters of these tests are created with.
pub(crate) fn params(owner: Address) -> ConstructorParams {
    ConstructorParams {
        owner,
        limit: LIMIT,
        emblem: None,
    }
}

/// A network with a counter that account 0 owns.
pub(crate) fn counter() -> (World, Wallet, Address) {
    let mut world = world();
    let owner = world.account(Kind::Secp256k1, 0);
    let counter = create(&mut world, &owner, COUNTER, &params(owner.address()));
    (world, owner, counter)
}

/// A network with a probe.
pub(crate) fn probe() -> (World, Wallet, Address) {
    let mut world = world();
    let owner = world.account(Kind::Secp256k1, 0);
    let probe = create(&mut world, &owner, PROBE, &());
    (world, owner, probe)
}

/// Checks the invariants of a counter.
#[track_caller]
pub(crate) fn check(world: &World, counter: Address) {
    let network = world.network();
    let state: CounterState = network.state(&counter).unwrap();
    invariants::check(network.store(), &state, &network.balance(&counter).unwrap()).assert_none();
}
