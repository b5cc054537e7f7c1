//! Which invariants belong to which actor: one line an actor type.

use fvm_shared::econ::TokenAmount;
use fvm_shared::state::ActorState;
use holdfast_localnet::{MemStore, Network};
use holdfast_runtime::state::{State, decode, get};
use holdfast_runtime::testing::Violations;
use {holdfast_init as init, holdfast_test_counter as counter, holdfast_test_counter_v2 as counter_v2};

type Check = fn(&Network, &ActorState) -> Violations;

/// Name in the bundle and what always holds of such an actor, of its state and its balance in attoFIL.
const INVARIANTS: &[(&str, Check)] = &[
    ("init", |n, a| {
        look(n, a, |s, store, _| init::invariants::check(s, store))
    }),
    ("holdfast_token", |n, a| {
        look(n, a, |s, store, _| holdfast_token::invariants::check(s, store))
    }),
    ("holdfast_test_counter", |n, a| {
        look(n, a, |s, store, fil| counter::invariants::check(store, s, fil))
    }),
    ("holdfast_test_counter_v2", |n, a| {
        look(n, a, |s, store, fil| counter_v2::invariants::check(store, s, fil))
    }),
];

/// The broken invariants of an actor.
pub(crate) fn broken(network: &Network, name: &str, actor: &ActorState) -> Violations {
    let mut found = Violations::new();
    for (_, check) in INVARIANTS.iter().filter(|(of, _)| *of == name) {
        found.absorb(name, check(network, actor));
    }
    found
}

/// Reads the state, of whichever version it is, and looks at it.
fn look<S: State>(
    network: &Network,
    actor: &ActorState,
    check: impl FnOnce(&S, &MemStore, &TokenAmount) -> Violations,
) -> Violations {
    let store = network.store();
    let state = get(store, &actor.state).and_then(|block| decode::<S, _>(store, &block));
    let mut found = Violations::new();
    if let Some(state) = found.note("state_is_readable", state) {
        return check(&state, store, &actor.balance);
    }
    found
}
