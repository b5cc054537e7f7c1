//! The invariants of the actors that only tests have; those of the suite are in the command's own registry.

use fvm_shared::state::ActorState;
use holdfast::registry::{self, look};
use holdfast_localnet::Network;
use holdfast_runtime::testing::Violations;
use {holdfast_test_counter as counter, holdfast_test_counter_v2 as counter_v2};

/// What the invariants of an actor say of it.
type Check = fn(&Network, &ActorState) -> Violations;

/// Actors whose code is a later version than the suite's: names in the bundle, and what always holds of them now.
pub type NextVersions = &'static [(&'static str, Check)];

/// Name in the bundle and what always holds of such an actor.
const TEST_ACTORS: &[(&str, Check)] = &[
    ("holdfast_test_counter", |n, a| {
        look(n, a, |s, store, fil| counter::invariants::check(store, s, fil))
    }),
    ("holdfast_test_counter_v2", |n, a| {
        look(n, a, |s, store, fil| counter_v2::invariants::check(store, s, fil))
    }),
];

/// The broken invariants of an actor.
pub(crate) fn broken(network: &Network, next: NextVersions, name: &str, actor: &ActorState) -> Violations {
    let mut found = Violations::new();
    if let Some((_, check)) = next.iter().find(|(of, _)| *of == name) {
        found.absorb(name, check(network, actor));
        return found;
    }
    if let Some(broken) = registry::check(network, name, actor) {
        found.absorb(name, broken);
    }
    for (_, check) in TEST_ACTORS.iter().filter(|(of, _)| *of == name) {
        found.absorb(name, check(network, actor));
    }
    found
}
