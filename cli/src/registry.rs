//! Every actor that the command knows: one line each.

use anyhow::{Result, bail};
use holdfast_runtime::method::{Interface, InterfaceInfo};

use crate::suggest::nearest;

/// The interfaces, in the order of `holdfast idl`. A new actor adds a line.
const ACTORS: &[fn() -> InterfaceInfo] = &[
    holdfast_api::init::Init::describe,
    holdfast_api::token::Token::describe,
];

/// All interfaces.
pub(crate) fn interfaces() -> Vec<InterfaceInfo> {
    ACTORS.iter().map(|describe| describe()).collect()
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
