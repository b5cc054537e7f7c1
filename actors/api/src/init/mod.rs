//! Init: creates actors and knows their addresses. The official interface, and what Holdfast adds to it.

mod canonical;
mod errors;
pub mod events;
mod types;

pub use canonical::{CANONICAL_PREFIX, canonical_address};
pub use errors::InitError;
pub use types::*;

use cid::Cid;
use holdfast_runtime::methods;

/// The type number of the first actor that is not an official one: the first that everybody may create.
pub const FIRST_OPEN_TYPE: u32 = 17;

methods! {
    /// Creates actors and maps addresses to ids. Methods 1 to 3 are those of the official Init; the others create
    /// actors of the types from 17 on, for everybody.
    pub interface Init("init") {
        errors InitError;
        events [events::Created];
        methods {
            /// Makes the empty address map, at genesis. Only the system actor may call it.
            payable_constructor Constructor(ConstructorParams), from HandlerDecides;
            /// Creates a multisig, a payment channel, or any type from 17 on. For accounts and other official
            /// actors, but not for contracts: they use the method `Exec`. FIL goes on to the constructor.
            pay(2) ExecNative(ExecParams) -> ExecReturn, from HandlerDecides;
            /// Creates an actor under an f4 address of the caller's. Only the Ethereum Address Manager may call it.
            pay(3) Exec4(Exec4Params) -> ExecReturn, from HandlerDecides;
            /// Creates an actor of a type from 17 on, for any caller. FIL goes on to the constructor.
            pay Exec(ExecParams) -> ExecReturn, from Anyone;
            /// Creates the one canonical instance of a type from 17 on, given by its code, with empty constructor
            /// parameters. Anyone may, once; its address follows from the type's number.
            call ExecCanonical(Cid) -> ExecReturn, from Anyone;
        }
        solidity {
            /// Creates an actor of a type from 17 on. `params` is the CBOR of its constructor's parameters; FIL goes
            /// on to the constructor. Gives the new actor's id and address.
            pay create(CreateParams) -> CreateReturn, from Anyone;
            /// Creates the one canonical instance of a type from 17 on. Anyone may, once.
            call createCanonical(u32) -> CreateReturn, from Anyone;
        }
    }
}
