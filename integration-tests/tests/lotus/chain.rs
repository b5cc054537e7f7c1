//! The chain as Lotus told the FVM about it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use cid::Cid;
use holdfast_localnet::ChainInfo;

use crate::record::{Chain, Text};

/// One kind of question with Lotus' answers; notes which were needed.
struct Answers<T> {
    what: &'static str,
    known: BTreeMap<i64, T>,
    asked: Mutex<BTreeSet<i64>>,
}

impl<T: Copy> Answers<T> {
    fn new(what: &'static str, known: &BTreeMap<i64, Text<T>>) -> Self {
        Self {
            what,
            known: known.iter().map(|(epoch, answer)| (*epoch, answer.0)).collect(),
            asked: Mutex::default(),
        }
    }

    fn get(&self, epoch: i64) -> anyhow::Result<T> {
        self.asked.lock().expect("no panic in the FVM").insert(epoch);
        let answer = self.known.get(&epoch).copied();
        answer.ok_or_else(|| anyhow::anyhow!("Lotus was not asked for the {} of epoch {epoch}", self.what))
    }

    /// What Lotus was asked and localnet was not.
    fn unasked(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("no panic in the FVM");
        let left = self.known.keys().filter(|epoch| !asked.contains(epoch));
        left.map(|epoch| format!("localnet did not ask for the {} of epoch {epoch}", self.what))
            .collect()
    }
}

/// What Lotus told its FVM, and nothing else: a question that it was not asked is an error.
pub(crate) struct LotusChain {
    chain: Answers<[u8; 32]>,
    beacon: Answers<[u8; 32]>,
    tipsets: Answers<Cid>,
}

impl LotusChain {
    pub(crate) fn new(chain: &Chain) -> Arc<Self> {
        Arc::new(Self {
            chain: Answers::new("chain randomness", &chain.chain_randomness),
            beacon: Answers::new("beacon randomness", &chain.beacon_randomness),
            tipsets: Answers::new("tipset CID", &chain.tipset_cids),
        })
    }

    /// What Lotus was asked and localnet was not.
    pub(crate) fn unasked(&self) -> Vec<String> {
        [
            self.chain.unasked(),
            self.beacon.unasked(),
            self.tipsets.unasked(),
        ]
        .concat()
    }
}

impl ChainInfo for LotusChain {
    fn chain_randomness(&self, round: i64) -> anyhow::Result<[u8; 32]> {
        self.chain.get(round)
    }

    fn beacon_randomness(&self, round: i64) -> anyhow::Result<[u8; 32]> {
        self.beacon.get(round)
    }

    fn tipset_cid(&self, epoch: i64) -> anyhow::Result<Cid> {
        self.tipsets.get(epoch)
    }
}
