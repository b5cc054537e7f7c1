//! Ids of the actors that every Filecoin network has.

/// The system actor, which holds the manifest.
pub const SYSTEM: u64 = 0;
/// The Init actor, which creates actors and knows all addresses.
pub const INIT: u64 = 1;
/// Pays block rewards.
pub const REWARD: u64 = 2;
/// Runs what is due at the end of an epoch.
pub const CRON: u64 = 3;
/// Storage power.
pub const POWER: u64 = 4;
/// Storage market.
pub const MARKET: u64 = 5;
/// Verified registry.
pub const VERIFREG: u64 = 6;
/// Data cap token.
pub const DATACAP: u64 = 7;
/// Ethereum address manager.
pub const EAM: u64 = 10;
/// Root key of the verified registry.
pub const VERIFREG_ROOT: u64 = 80;
/// The reserve, which holds what nobody else has.
pub const RESERVE: u64 = 90;
/// Where burnt FIL goes.
pub const BURNT: u64 = 99;
