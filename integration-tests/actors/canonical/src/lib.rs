//! A guest book that belongs to nobody: whoever calls signs it, once.
//!
//! It has no owner and its constructor takes no parameters, so Init can create it as the canonical instance of
//! its type, at an address that is the same on every network.

mod methods;
pub mod state;

use holdfast_runtime::{actor, errors, methods};

errors! {
    /// What the guest book refuses.
    pub enum GuestBookError {
        /// Raised when someone signs a second time.
        64 AlreadySigned { guest: u64, place: u64 } = "f0{guest} has signed as number {place}";
    }
}

methods! {
    /// A guest book without owner.
    pub interface GuestBook("guest_book") {
        errors GuestBookError;
        events [];
        methods {
            /// Opens an empty guest book, which may come with FIL.
            payable_constructor Constructor(), from Init;
            /// Signs as the caller; gives the place in the book, from 1.
            call Sign() -> u64, from Anyone, solidity sign;
            /// How many have signed.
            view Guests() -> u64, from Anyone, solidity guests;
        }
        solidity {}
    }
}

/// The actor.
pub struct GuestBookActor;

actor!(GuestBook => GuestBookActor);
