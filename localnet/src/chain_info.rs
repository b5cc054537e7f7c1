//! What the FVM asks the node about the chain: randomness and tipset CIDs.
//!
//! A network of its own answers from a fixed seed ([`SeededChain`]); a replay of another chain brings its own answers.

use cid::Cid;
use fvm::externs::{Chain, Consensus, Externs, Rand};
use fvm_shared::clock::ChainEpoch;
use fvm_shared::consensus::ConsensusFault;
use std::sync::Arc;

/// The chain as the FVM sees it. Implement it to replay a chain whose randomness and tipsets are known.
pub trait ChainInfo: Send + Sync {
    /// Randomness from the ticket chain at `round`, before the actors mix in tag and entropy.
    ///
    /// # Errors
    /// When the chain has no such round.
    fn chain_randomness(&self, round: ChainEpoch) -> anyhow::Result<[u8; 32]>;

    /// Randomness from the beacon at `round`.
    ///
    /// # Errors
    /// When the beacon has no such round.
    fn beacon_randomness(&self, round: ChainEpoch) -> anyhow::Result<[u8; 32]>;

    /// CID of the tipset key at `epoch`; of the last tipset before it when `epoch` is a null round.
    ///
    /// # Errors
    /// When `epoch` is not in the past.
    fn tipset_cid(&self, epoch: ChainEpoch) -> anyhow::Result<Cid>;
}

/// Deterministic stand-in: every answer is a blake2b-256 hash of the seed, the question and the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SeededChain {
    /// The network's seed.
    pub seed: u64,
}

impl SeededChain {
    fn hash(&self, what: &str, epoch: ChainEpoch) -> [u8; 32] {
        crate::hash::blake2b_256(&[
            b"holdfast localnet ",
            what.as_bytes(),
            &self.seed.to_be_bytes(),
            &epoch.to_be_bytes(),
        ])
    }
}

impl ChainInfo for SeededChain {
    fn chain_randomness(&self, round: ChainEpoch) -> anyhow::Result<[u8; 32]> {
        Ok(self.hash("ticket", round))
    }

    fn beacon_randomness(&self, round: ChainEpoch) -> anyhow::Result<[u8; 32]> {
        Ok(self.hash("beacon", round))
    }

    fn tipset_cid(&self, epoch: ChainEpoch) -> anyhow::Result<Cid> {
        Ok(crate::hash::cbor_cid(&self.hash("tipset", epoch)))
    }
}

/// The FVM's view of a [`ChainInfo`].
pub(crate) struct NetExterns(pub(crate) Arc<dyn ChainInfo>);

impl Externs for NetExterns {}

impl Rand for NetExterns {
    fn get_chain_randomness(&self, round: ChainEpoch) -> anyhow::Result<[u8; 32]> {
        self.0.chain_randomness(round)
    }

    fn get_beacon_randomness(&self, round: ChainEpoch) -> anyhow::Result<[u8; 32]> {
        self.0.beacon_randomness(round)
    }
}

impl Consensus for NetExterns {
    /// No fault is ever found: the blocks of one process have one author.
    fn verify_consensus_fault(
        &self,
        _: &[u8],
        _: &[u8],
        _: &[u8],
    ) -> anyhow::Result<(Option<ConsensusFault>, i64)> {
        Ok((None, 0))
    }
}

impl Chain for NetExterns {
    fn get_tipset_cid(&self, epoch: ChainEpoch) -> anyhow::Result<Cid> {
        self.0.tipset_cid(epoch)
    }
}
