//! Which invariants belong to which actor: one line an actor type.

use fvm_shared::state::ActorState;
use holdfast_localnet::{MemStore, Network};
use serde::de::DeserializeOwned;

/// An actor whose invariants are looked at.
pub(crate) struct Subject<'a> {
    network: &'a Network,
    actor: &'a ActorState,
}

type Check = fn(&Subject<'_>) -> Vec<String>;

/// Name in the bundle and what always holds of such an actor.
const INVARIANTS: &[(&str, Check)] = &[
    ("init", |s| {
        s.check(|state, store| holdfast_init::invariants::check(state, store).list().to_vec())
    }),
    ("holdfast_token", |s| {
        s.check(|state, store| holdfast_token::invariants::check(state, store).list().to_vec())
    }),
];

/// The broken invariants of an actor, each with its name.
pub(crate) fn broken(network: &Network, name: &str, actor: &ActorState) -> Vec<String> {
    let subject = Subject { network, actor };
    let checks = INVARIANTS.iter().filter(|(of, _)| *of == name);
    checks.flat_map(|(_, check)| check(&subject)).collect()
}

impl Subject<'_> {
    fn check<S: DeserializeOwned>(&self, check: impl FnOnce(&S, &MemStore) -> Vec<String>) -> Vec<String> {
        match self.network.block(&self.actor.state) {
            Ok(state) => check(&state, self.network.store()),
            Err(error) => vec![format!("state_is_readable: {error}")],
        }
    }
}
