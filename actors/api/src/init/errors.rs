//! What our additions to Init refuse. Official calls fail with the official codes.

use cid::Cid;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_runtime::errors;

errors! {
    /// What the additions to Init refuse.
    pub enum InitError {
        /// Raised when a code is not in the network's manifest.
        64 UnknownCode { code: Cid } = "no actor type of this network has the code {code}";
        /// Raised when a type number lies beyond the end of the network's manifest.
        65 UnknownType { actor_type: u64 } = "this network has no actor type {actor_type}",
            solidity "UnknownActorType(uint256)" (actor_type);
        /// Raised when an official type is to be created through a method that creates only the types from 17 on.
        66 OfficialType { actor_type: u64, first: u64 }
            = "actor type {actor_type} is an official one: this method creates types from {first} on",
            solidity "OfficialActorType(uint256,uint256)" (actor_type, first);
        /// Raised when the canonical instance of a type exists already.
        67 CanonicalExists { actor_type: u64, address: Address, id: ActorID }
            = "the canonical instance of actor type {actor_type} exists already: {address} (f0{id})",
            solidity "CanonicalInstanceExists(uint256,address)" (actor_type, address);
    }
}
