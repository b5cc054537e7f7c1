//! The blocks of a tipset, and which of their messages run.

use std::collections::{HashMap, HashSet};

use fvm::state_tree::StateTree;
use fvm_shared::address::Address;
use fvm_shared::message::Message;

use crate::base_fee::GasOffer;
use crate::error::Result;
use crate::genesis::exec;
use crate::message::SignedMessage;
use crate::store::MemStore;

/// One block of a tipset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Who mined it (an id address).
    pub miner: Address,
    /// How often it won the election; the reward is in proportion. At least 1.
    pub win_count: i64,
    /// Its messages in order; BLS messages run first whatever the order here.
    pub messages: Vec<SignedMessage>,
}

impl Block {
    /// Its messages in the order in which they run.
    fn in_order(&self) -> impl Iterator<Item = &SignedMessage> {
        let bls = self.messages.iter().filter(|m| m.is_bls());
        bls.chain(self.messages.iter().filter(|m| !m.is_bls()))
    }
}

/// For each block the messages that run. A sender's first message in the tipset sets its nonce and each one that runs
/// counts it up; a message of another nonce (one that another block has already, or one that competes with it) is passed
/// over without a receipt. `parent` is the state in which senders are looked up.
pub(crate) fn runnable(blocks: &[Block], parent: &StateTree<MemStore>) -> Result<Vec<Vec<SignedMessage>>> {
    let mut nonces = HashMap::new();
    let mut runs = |message: &Message| -> Result<bool> {
        let id = parent.lookup_id(&message.from).map_err(exec)?;
        let sender = id.map_or(message.from, Address::new_id);
        let next = nonces.entry(sender).or_insert(message.sequence);
        let fits = *next == message.sequence;
        *next += u64::from(fits);
        Ok(fits)
    };
    let mut lists = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut list = Vec::new();
        for message in block.in_order() {
            if runs(&message.message)? {
                list.push(message.clone());
            }
        }
        lists.push(list);
    }
    Ok(lists)
}

/// What the base fee rules look at: every message of the tipset once, also those that do not run.
pub(crate) fn offers(blocks: &[Block]) -> Result<Vec<GasOffer>> {
    let mut seen = HashSet::new();
    let mut offers = Vec::new();
    for message in blocks.iter().flat_map(Block::in_order) {
        if seen.insert(message.cid()?) {
            offers.push(message.offer());
        }
    }
    Ok(offers)
}
