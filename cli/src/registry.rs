//! Every actor that the command knows: one line each.

use anyhow::{Result, bail};
use holdfast_localnet::{Actor, Network};
use holdfast_runtime::method::{Interface, InterfaceInfo};
use holdfast_runtime::testing::Violations;
use serde::de::DeserializeOwned;

use crate::suggest::nearest;

/// One actor.
struct Known {
    /// Its interface.
    describe: fn() -> InterfaceInfo,
    /// Its name in the bundle.
    code: &'static str,
    /// Checks its invariants.
    check: fn(&Network, &Actor) -> Result<Violations>,
}

/// The actors, in the order of `holdfast idl`. A new actor adds an entry.
const ACTORS: &[Known] = &[
    Known {
        describe: holdfast_api::init::Init::describe,
        code: "init",
        check: |net, actor| Ok(holdfast_init::invariants::check(&state(net, actor)?, net.store())),
    },
    Known {
        describe: holdfast_api::token::Token::describe,
        code: "holdfast_token",
        check: |net, actor| {
            Ok(holdfast_token::invariants::check(
                &state(net, actor)?,
                net.store(),
            ))
        },
    },
];

fn state<S: DeserializeOwned>(net: &Network, actor: &Actor) -> Result<S> {
    Ok(net.block(&actor.state.state)?)
}

/// Checks the invariants of an actor on a network; none if its type is not one of ours.
///
/// # Errors
/// When the state cannot be read.
pub(crate) fn check(net: &Network, actor: &Actor) -> Result<Option<Violations>> {
    let known = ACTORS.iter().find(|known| known.code == actor.name);
    known.map(|known| (known.check)(net, actor)).transpose()
}

/// All interfaces.
pub(crate) fn interfaces() -> Vec<InterfaceInfo> {
    ACTORS.iter().map(|known| (known.describe)()).collect()
}

/// The interface of an actor.
///
/// # Errors
/// When no actor has this name.
pub(crate) fn interface(name: &str) -> Result<InterfaceInfo> {
    let all = interfaces();
    let names: Vec<&str> = all.iter().map(|interface| interface.name).collect();
    let Some(found) = all.iter().find(|interface| interface.name == name) else {
        bail!(
            "no actor is called `{name}`{}: run `holdfast idl` for the list",
            nearest(name, &names)
        );
    };
    Ok(found.clone())
}
