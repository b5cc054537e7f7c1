//! An actor against a model of it: random messages, and after each the chain has to be as the model is.
//!
//! The model is the actor in plain Rust, in maps of the standard library, without addresses, blocks or faces. An actor
//! brings
//! - a [`Model`]: what it is, which messages make sense now, and what has to come of one;
//! - a [`Chain`]: how such a message is sent on the real FVM, and what of the chain differs from the model.
//!
//! [`run`] does the rest, and [`require_every_method`] refuses a model that leaves out a method which changes state.
//! `tests/token/model` is the example.

mod coverage;
mod dice;
mod outcome;
mod run;
mod shorten;
mod wire;

use std::fmt::Debug;

pub use coverage::{require_every_method, require_methods};
pub use dice::Dice;
pub use outcome::{Outcome, Reasons, agree, by_calldata, by_exit_code, by_number};
pub use run::{Plan, replay, run};
pub use wire::{cut_params, unwrapped, wrapped};

/// An actor in plain Rust.
pub trait Model: Clone + Debug + 'static {
    /// One message, or time that passes.
    type Operation: Clone + Debug + 'static;
    /// What a message that succeeds gives back.
    type Answer: Debug + PartialEq;

    /// Where a round starts.
    fn start(dice: &mut Dice) -> Self;

    /// One of the operations that are worth trying now, good and bad ones.
    fn operation(&self, dice: &mut Dice) -> Self::Operation;

    /// Whether the operation can be sent at all now: whoever it names by an id has one.
    fn can_be_sent(&self, operation: &Self::Operation) -> bool;

    /// Carries it out; gives what has to come of it.
    ///
    /// # Errors
    /// Why it has to be refused. Nothing has changed then.
    fn carry_out(&mut self, operation: &Self::Operation) -> Outcome<Self::Answer>;

    /// The method that it calls, by its name in the table; by its Solidity name when a method that has a number is called by
    /// calldata.
    fn method(operation: &Self::Operation) -> Option<&'static str>;
}

/// The same actor on a chain.
pub trait Chain<M: Model> {
    /// Sends the message; gives what came of it.
    ///
    /// # Errors
    /// Why it was refused.
    fn send(&mut self, operation: &M::Operation) -> Outcome<M::Answer>;

    /// What of the chain is not as the model says, after `operation`; empty when all is.
    fn differences(&self, model: &M, operation: &M::Operation) -> Vec<String>;
}
