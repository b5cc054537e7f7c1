//! Every actor that the command knows: one entry each.

use anyhow::{Result, bail};
use fvm_shared::econ::TokenAmount;
use fvm_shared::state::ActorState;
use holdfast_localnet::{MemStore, Network};
use holdfast_runtime::idl::codec::did_you_mean;
use holdfast_runtime::method::{Interface, InterfaceInfo};
use holdfast_runtime::schema::{Schema, Shape};
use holdfast_runtime::state::{State, decode, get};
use holdfast_runtime::testing::Violations;

/// A block of a state: its name and what it looks like.
type Block = (&'static str, fn() -> Shape);

/// What the invariants of an actor say of it.
type Check = fn(&Network, &ActorState) -> Violations;

/// One actor.
struct Known {
    /// Its interface.
    describe: fn() -> InterfaceInfo,
    /// Its name in the bundle.
    code: &'static str,
    /// The blocks of its state that have a fixed type: the root without a name, others by theirs.
    blocks: &'static [Block],
    /// Checks its invariants.
    check: Check,
}

/// The actors, in the order of `holdfast idl`. A new actor adds an entry.
const ACTORS: &[Known] = &[
    Known {
        describe: holdfast_api::init::Init::describe,
        code: "init",
        blocks: &[("", holdfast_init::state::State::shape)],
        check: |net, actor| {
            look(net, actor, |state, store, _| {
                holdfast_init::invariants::check(state, store)
            })
        },
    },
    Known {
        describe: holdfast_api::token::Token::describe,
        code: "holdfast_token",
        blocks: &[
            ("", holdfast_token::state::TokenState::shape),
            ("Settings", holdfast_token::state::Settings::shape),
        ],
        check: |net, actor| {
            look(net, actor, |state, store, _| {
                holdfast_token::invariants::check(state, store, net.epoch())
            })
        },
    },
    Known {
        describe: holdfast_api::access::Access::describe,
        code: "holdfast_access",
        blocks: &[
            ("", holdfast_access::state::AccessState::shape),
            ("Shelves", holdfast_access::state::Shelves::shape),
        ],
        check: |net, actor| {
            look(net, actor, |state, store, fil| {
                holdfast_access::invariants::check_with(state, store, net.epoch(), fil)
            })
        },
    },
];

/// Checks the invariants of an actor, given by its name in the bundle; none if its type is not one of ours.
pub fn check(net: &Network, code: &str, actor: &ActorState) -> Option<Violations> {
    let known = ACTORS.iter().find(|known| known.code == code)?;
    Some((known.check)(net, actor))
}

/// Reads an actor's state, of whichever version it is, and looks at it, at its blocks and at the actor's balance in
/// attoFIL.
pub fn look<S: State>(
    net: &Network,
    actor: &ActorState,
    check: impl FnOnce(&S, &MemStore, &TokenAmount) -> Violations,
) -> Violations {
    let store = net.store();
    let state = get(store, &actor.state).and_then(|block| decode::<S, _>(store, &block));
    let mut found = Violations::new();
    if let Some(state) = found.note("state_is_readable", state) {
        return check(&state, store, &actor.balance);
    }
    found
}

/// All interfaces.
pub fn interfaces() -> Vec<InterfaceInfo> {
    ACTORS.iter().map(|known| (known.describe)()).collect()
}

/// The interface of an actor.
///
/// # Errors
/// When no actor has this name.
pub fn interface(name: &str) -> Result<InterfaceInfo> {
    Ok((known(name)?.describe)())
}

/// What a block of an actor's state looks like: `token` is the root, `token.Settings` a block behind it.
///
/// # Errors
/// When there is no such actor or block.
pub fn state(name: &str) -> Result<Shape> {
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
pub fn states() -> Vec<(String, Shape)> {
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
