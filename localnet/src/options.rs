//! How a network is started.

use fvm_shared::econ::TokenAmount;

use crate::bundle::Bundle;
use crate::profile::Profile;

/// Everything that [`Network::start`](crate::Network::start) needs. The same options give the same genesis, bit by bit.
#[derive(Debug, Clone)]
pub struct Options {
    /// The actors.
    pub bundle: Bundle,
    /// The network's constants.
    pub profile: Profile,
    /// Seed of keys and randomness.
    pub seed: u64,
    /// How many accounts of each kind have funds.
    pub accounts: u32,
    /// What each of them has, in attoFIL.
    pub balance: TokenAmount,
    /// Keep call traces in receipts. Costs time, never gas.
    pub tracing: bool,
    /// Use the genesis that an equal network of this process has made; it is the same, only sooner there.
    pub share_genesis: bool,
    /// Told what is being done where it can take more than two seconds: genesis steps, thousands of null rounds.
    pub progress: fn(&str),
}

impl Options {
    /// A calibration-like network with ten accounts of each kind, 1 000 000 FIL each, and traces.
    pub fn new(bundle: Bundle) -> Self {
        Self {
            bundle,
            profile: Profile::calibration(),
            seed: 0,
            accounts: 10,
            balance: TokenAmount::from_whole(1_000_000),
            tracing: true,
            share_genesis: true,
            progress: |_| {},
        }
    }

    /// The same with another profile.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }
}
