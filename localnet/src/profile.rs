//! What makes one network different from another: names, ids, prefixes, times and fee rules.

use fvm_shared::version::NetworkVersion;

use crate::base_fee::BaseFeeRule;

/// The letter that addresses are printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// `f`, used by mainnet and by Lotus' test kit.
    Main,
    /// `t`, used by calibration and development networks.
    Test,
}

impl Prefix {
    /// The letter itself.
    pub fn letter(self) -> char {
        match self {
            Prefix::Main => 'f',
            Prefix::Test => 't',
        }
    }
}

/// The constants of a network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Profile {
    /// The name the Init actor holds.
    pub network_name: String,
    /// The EIP-155 chain id.
    pub chain_id: u64,
    /// The letter addresses are printed with.
    pub prefix: Prefix,
    /// Seconds between two epochs.
    pub block_delay_secs: u64,
    /// Unix time of epoch 0, in seconds.
    pub genesis_timestamp: u64,
    /// The network version the FVM runs.
    pub network_version: u32,
    /// How the base fee follows the blocks.
    pub base_fee_rule: BaseFeeRule,
    /// Base fee of the first tipset, in attoFIL per gas.
    pub initial_base_fee: u64,
}

impl Profile {
    /// Like the calibration network: chain id 314159, `t` addresses, 30 s.
    pub fn calibration() -> Self {
        Self {
            network_name: "calibrationnet".into(),
            chain_id: 314_159,
            prefix: Prefix::Test,
            block_delay_secs: 30,
            genesis_timestamp: 1_667_326_380,
            network_version: 28,
            base_fee_rule: BaseFeeRule::Premiums,
            initial_base_fee: 100_000_000,
        }
    }

    /// A development network: chain id 31415926, `t` addresses, 4 s.
    pub fn dev() -> Self {
        Self {
            network_name: "holdfast-dev".into(),
            chain_id: 31_415_926,
            block_delay_secs: 4,
            ..Self::calibration()
        }
    }

    /// The network of Lotus' test kit: chain id 314, `f` addresses, 30 s, base fee by the oldest rule.
    /// Its epochs, timestamps, fees, randomness and winners are supplied from outside through
    /// [`Network::apply_tipset`](crate::Network::apply_tipset).
    pub fn lotus_kit() -> Self {
        Self {
            network_name: "testing".into(),
            chain_id: 314,
            prefix: Prefix::Main,
            base_fee_rule: BaseFeeRule::WeighedUtilization,
            ..Self::calibration()
        }
    }

    /// The network version as the FVM's type.
    pub(crate) fn version(&self) -> NetworkVersion {
        NetworkVersion::new(self.network_version)
    }

    /// Unix time of an epoch, in seconds.
    pub fn timestamp(&self, epoch: i64) -> u64 {
        self.genesis_timestamp + self.block_delay_secs * u64::try_from(epoch).unwrap_or(0)
    }
}
