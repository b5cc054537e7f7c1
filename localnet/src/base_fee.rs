//! The base fee of the next tipset, by the rules that Filecoin has had.
//!
//! Up to network version 27 it followed how full the blocks were; from 28 on it follows the premium at which
//! the 80th percentile of the block's gas was bought. Both are integer arithmetic in attoFIL per gas.

use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Integer};
use fvm_shared::econ::TokenAmount;
use std::collections::HashSet;

/// The most gas that the messages of one block may ask for.
pub const BLOCK_GAS_LIMIT: u64 = 10_000_000_000;
/// The gas per block at which the older rule leaves the fee as it is.
pub const BLOCK_GAS_TARGET: i64 = 5_000_000_000;
/// Least base fee, in attoFIL per gas.
pub const MINIMUM_BASE_FEE: u64 = 100;
/// The fee moves by at most one part in this many.
const MAX_CHANGE_DENOM: i64 = 8;
/// Before the Smoke upgrade blocks were taken to waste a fifth of their gas: limits counted five quarters.
const PACKING: (i64, i64) = (5, 4);
/// Position, in gas counted from the dearest message, of the premium that decides under the newer rule.
const TARGET_INDEX: i64 = 7_999_999_999;

/// Which rule a network follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BaseFeeRule {
    /// How full the blocks were, each limit weighed by five quarters (before the Smoke upgrade of mainnet at epoch 51 000;
    /// Lotus' test kit is a mainnet build at low epochs).
    WeighedUtilization,
    /// How full the blocks were (before network version 28).
    Utilization,
    /// What the messages offered above the base fee (from network version 28).
    Premiums,
}

/// What the rules look at in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GasOffer {
    /// Sender as written in the message.
    pub from: Address,
    /// Its nonce.
    pub nonce: u64,
    /// Gas limit.
    pub gas_limit: u64,
    /// Gas fee cap, attoFIL per gas.
    pub fee_cap: TokenAmount,
    /// Gas premium, attoFIL per gas.
    pub premium: TokenAmount,
}

impl GasOffer {
    /// What the message offers above the base fee: its premium, capped by what the fee cap leaves, at least zero.
    pub fn effective_premium(&self, base_fee: &TokenAmount) -> TokenAmount {
        let room = &self.fee_cap - base_fee;
        if room.is_negative() {
            TokenAmount::from_atto(0)
        } else {
            self.premium.clone().min(room)
        }
    }
}

/// Base fee after a tipset of `blocks` blocks, whose base fee was `base_fee`; `offers` are its distinct messages in order.
/// The newer rule counts one message per sender and nonce.
pub fn next(rule: BaseFeeRule, base_fee: &TokenAmount, blocks: usize, offers: &[GasOffer]) -> TokenAmount {
    match rule {
        BaseFeeRule::WeighedUtilization => {
            let (weight, unit) = PACKING;
            let weighed = gas_limits(offers).saturating_mul(weight);
            from_gas_per_block(base_fee, weighed / (unit * divisor(blocks)))
        }
        BaseFeeRule::Utilization => from_utilization(base_fee, gas_limits(offers), blocks),
        BaseFeeRule::Premiums => {
            let mut seen = HashSet::new();
            let unique = offers.iter().filter(|o| seen.insert((o.from, o.nonce)));
            let bids = unique
                .map(|o| (o.effective_premium(base_fee), o.gas_limit))
                .collect();
            from_premium(base_fee, &percentile_premium(bids, TARGET_INDEX))
        }
    }
}

/// The older rule: `gas_limits` is the sum of the gas limits of a tipset's distinct messages.
pub fn from_utilization(base_fee: &TokenAmount, gas_limits: i64, blocks: usize) -> TokenAmount {
    from_gas_per_block(base_fee, gas_limits / divisor(blocks))
}

fn gas_limits(offers: &[GasOffer]) -> i64 {
    offers.iter().fold(0i64, |sum, offer| {
        sum.saturating_add(i64::try_from(offer.gas_limit).unwrap_or(i64::MAX))
    })
}

fn divisor(blocks: usize) -> i64 {
    i64::try_from(blocks.max(1)).unwrap_or(i64::MAX)
}

fn from_gas_per_block(base_fee: &TokenAmount, gas: i64) -> TokenAmount {
    let delta = (gas - BLOCK_GAS_TARGET).clamp(-BLOCK_GAS_TARGET, BLOCK_GAS_TARGET);
    // Both divisions round towards minus infinity for a positive divisor, as big.Div does.
    let change = (base_fee.atto() * delta).div_floor(&BigInt::from(BLOCK_GAS_TARGET));
    let change = change.div_floor(&BigInt::from(MAX_CHANGE_DENOM));
    TokenAmount::from_atto(base_fee.atto() + change).max(minimum())
}

/// The newer rule: the fee moves towards the premium of the deciding message, by at most an eighth (rounded up).
pub fn from_premium(base_fee: &TokenAmount, premium: &TokenAmount) -> TokenAmount {
    let max_change = base_fee.div_ceil(MAX_CHANGE_DENOM);
    let change = max_change.clone().min(premium - &max_change);
    (base_fee + change).max(minimum())
}

/// The premium of the message that holds the gas unit number `index`, counted from the dearest; zero when the messages ask for less gas.
pub fn percentile_premium(mut bids: Vec<(TokenAmount, u64)>, index: i64) -> TokenAmount {
    bids.sort_by(|a, b| b.0.cmp(&a.0));
    let mut left = index;
    for (premium, gas_limit) in bids {
        let weight = i64::try_from(gas_limit).unwrap_or(i64::MAX);
        if left < weight {
            return premium;
        }
        left -= weight;
    }
    TokenAmount::from_atto(0)
}

fn minimum() -> TokenAmount {
    TokenAmount::from_atto(MINIMUM_BASE_FEE)
}
