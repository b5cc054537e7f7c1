//! Everybody in the story, without a chain.

use holdfast_localnet::Kind;

/// Somebody or nobody with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// A key with FIL, that sends messages.
    Account(Kind, u32),
    /// A key that the network has never seen.
    Stranger(Kind, u32),
    /// An id that no actor has.
    Absent,
}

/// Everybody who calls.
pub(super) const CALLERS: [Who; 5] = [
    Who::Account(Kind::Secp256k1, 0),
    Who::Account(Kind::Secp256k1, 1),
    Who::Account(Kind::Bls, 0),
    Who::Account(Kind::Eth, 0),
    Who::Account(Kind::Eth, 1),
];

/// Somebody as a call names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) who: Who,
    /// By f0, and not by f1, f3 or f410.
    pub(super) by_id: bool,
}
