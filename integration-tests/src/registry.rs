//! Which invariants belong to which actor: one line an actor type.

use fvm_shared::state::ActorState;
use holdfast_localnet::{MemStore, Network};
use holdfast_runtime::testing::Violations;
use serde::de::DeserializeOwned;

type Check = fn(&Network, &ActorState) -> Violations;

/// Name in the bundle and what always holds of such an actor.
const INVARIANTS: &[(&str, Check)] = &[
    ("init", |n, a| check(n, a, holdfast_init::invariants::check)),
    ("holdfast_token", |n, a| {
        check(n, a, holdfast_token::invariants::check)
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

/// Reads the state and looks at it.
fn check<'n, S: DeserializeOwned>(
    network: &'n Network,
    actor: &ActorState,
    check: impl FnOnce(&S, &'n MemStore) -> Violations,
) -> Violations {
    match network.block(&actor.state) {
        Ok(state) => check(&state, network.store()),
        Err(error) => {
            let mut found = Violations::new();
            found.require("state_is_readable", false, || error.to_string());
            found
        }
    }
}
