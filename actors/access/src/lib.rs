//! Data sets, and who may do what with them. One actor a network holds them all.
//!
//! **Life.** Anyone makes a data set ([`methods::create_data_set`]) and says what it consists of. The owner gives grants
//! ([`methods::grant`]), which may be given on, each narrower than the one above; sets rules for parts of it
//! ([`methods::set_rule`]), policies that have to hold for everybody or that open without a grant; and may offer it to
//! somebody else. Everybody asks one question, [`methods::has_access`]; its answer is [`holdfast_policies::access::decision`].
//!
//! **Ends.** Revoking a grant ends all that were made from it, by one small write: who is asked walks up the chain. Revoking
//! all, or a new owner, raises the data set's generation. A revocation is for good, and a freeze stops none.
//!
//! **Watching.** Delays hold up grants, and calls that change what decides, until the guardian has had time to look
//! ([`methods::set_delay`], [`methods::schedule`], [`methods::cancel`]).
//!
//! **Signatures.** What somebody signed, anybody carries ([`methods::carry`]).
//!
//! **Keys and receipts.** Keys of data sets reach readers in envelopes ([`methods::put_envelopes`]), new ones with every
//! rotation. A reader shows gateways a ticket ([`methods::issue_ticket`]), and they anchor logs of what they gave out
//! ([`methods::anchor_log`]). Somebody who is not to be named is given a commitment ([`methods::grant_committed`]).
//!
//! Invariants: [`invariants::check`].

mod acting;
mod admit;
mod annex;
mod ask;
#[cfg(not(target_arch = "wasm32"))]
pub mod bulk;
mod chain;
mod charge;
mod convert;
mod data_set;
mod escrow;
mod facts;
mod first;
mod guards;
mod held;
#[cfg(not(target_arch = "wasm32"))]
pub mod invariants;
mod market;
mod merkle;
pub mod methods;
mod pass;
mod people;
mod powers;
mod signature;
mod slot;
pub mod state;
mod steps;
mod tokens;
mod typed;

/// The access actor.
pub struct AccessActor;

holdfast_runtime::actor!(holdfast_api::access::Access => AccessActor);
