//! Every actor that the command knows: one line each.

use anyhow::{Result, bail};
use holdfast_localnet::{Actor, Network};
use holdfast_runtime::idl::codec::did_you_mean;
use holdfast_runtime::method::{Interface, InterfaceInfo};
use holdfast_runtime::schema::{Schema, Shape};
use holdfast_runtime::testing::Violations;
use serde::de::DeserializeOwned;

/// A block of a state: its name and what it looks like.
type Block = (&'static str, fn() -> Shape);

/// One actor.
struct Known {
    /// Its interface.
    describe: fn() -> InterfaceInfo,
    /// Its name in the bundle.
    code: &'static str,
    /// The blocks of its state that have a fixed type: the root without a name, others by theirs.
    blocks: &'static [Block],
    /// Checks its invariants.
    check: fn(&Network, &Actor) -> Result<Violations>,
}

/// The actors, in the order of `holdfast idl`. A new actor adds an entry.
const ACTORS: &[Known] = &[
    Known {
        describe: holdfast_api::init::Init::describe,
        code: "init",
        blocks: &[("", holdfast_init::state::State::shape)],
        check: |net, actor| Ok(holdfast_init::invariants::check(&head(net, actor)?, net.store())),
    },
    Known {
        describe: holdfast_api::token::Token::describe,
        code: "holdfast_token",
        blocks: &[
            ("", holdfast_token::state::TokenState::shape),
            ("Settings", holdfast_token::state::Settings::shape),
        ],
        check: |net, actor| Ok(holdfast_token::invariants::check(&head(net, actor)?, net.store())),
    },
];

fn head<S: DeserializeOwned>(net: &Network, actor: &Actor) -> Result<S> {
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
    Ok((known(name)?.describe)())
}

/// What a block of an actor's state looks like: `token` is the root, `token.Settings` a block behind it.
///
/// # Errors
/// When there is no such actor or block.
pub(crate) fn state(name: &str) -> Result<Shape> {
    let (actor, block) = name.split_once('.').unwrap_or((name, ""));
    let blocks = known(actor)?.blocks;
    if let Some((_, shape)) = blocks.iter().find(|(other, _)| *other == block) {
        return Ok(shape());
    }
    let others: Vec<&str> = blocks
        .iter()
        .map(|(other, _)| *other)
        .filter(|other| !other.is_empty())
        .collect();
    bail!(
        "the state of {actor} has no block `{block}`{}",
        did_you_mean(block, others)
    )
}

/// Every block of every actor's state, with the name that [`state`] takes.
#[cfg(test)]
pub(crate) fn states() -> Vec<(String, Shape)> {
    let blocks = ACTORS.iter().flat_map(|known| {
        let actor = (known.describe)().name;
        let name = move |block: &str| format!("{actor}.{block}").trim_end_matches('.').to_owned();
        known
            .blocks
            .iter()
            .map(move |(block, shape)| (name(block), shape()))
    });
    blocks.collect()
}

fn known(name: &str) -> Result<&'static Known> {
    let named = |known: &&Known| (known.describe)().name == name;
    let Some(found) = ACTORS.iter().find(named) else {
        let all = interfaces();
        let names: Vec<&str> = all.iter().map(|interface| interface.name).collect();
        bail!(
            "no actor is called `{name}`{}; run `holdfast idl` for the list",
            did_you_mean(name, names)
        );
    };
    Ok(found)
}
