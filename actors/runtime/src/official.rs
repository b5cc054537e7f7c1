//! The types of the official actors, by their position in every network's manifest, from 1.

use fvm_shared::ActorID;

use crate::runtime::Runtime;

/// The storage power actor, which creates miners.
pub const POWER: u32 = 5;
/// A storage miner.
pub const MINER: u32 = 6;
/// A payment channel.
pub const PAYMENT_CHANNEL: u32 = 8;
/// A multisig.
pub const MULTISIG: u32 = 9;
/// An f4 address that waits for its actor.
pub const PLACEHOLDER: u32 = 13;
/// An EVM contract.
pub const EVM: u32 = 14;
/// A 0x account that has sent a message.
pub const ETH_ACCOUNT: u32 = 16;

/// The type number of an actor; none for a code that is not in the manifest.
pub fn type_of<R: Runtime>(rt: &R, id: ActorID) -> Option<u32> {
    rt.code_cid(id).and_then(|code| rt.type_of_code(&code))
}
