//! Tipsets: what runs in an epoch, in the order in which Lotus runs it.
//!
//! For each epoch without a block: cron. For each block: its BLS messages, then the others, each message and each nonce
//! of a sender once per tipset; then the block's reward. Last: cron.

use std::collections::HashSet;
use std::sync::Arc;

use cid::Cid;
use fvm_ipld_amt::{Amt, Amtv0};
use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::{CborStore, to_vec};
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use multihash_codetable::Code::Blake2b256;

use crate::base_fee;
use crate::block::{Block, offers, runnable};
use crate::error::{Error, Result};
use crate::ids;
use crate::message::SignedMessage;
use crate::network::{Head, Network, circulating_supply};
use crate::receipt::Receipt;
use crate::vm::{Vm, VmContext, node_message};

const AWARD_BLOCK_REWARD: u64 = 2;
const EPOCH_TICK: u64 = 2;
/// Gas limit of the node's own messages; Lotus sets it whatever the message says.
const NODE_GAS: u64 = i64::MAX.unsigned_abs() / 2;
/// Epochs between two words about the progress of null rounds.
const PROGRESS_EVERY: ChainEpoch = 1000;
/// Width of the array of events, as in the FVM.
const EVENTS_BIT_WIDTH: u32 = 5;

/// An epoch without blocks, between two tipsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NullRound {
    /// The epoch.
    pub epoch: ChainEpoch,
    /// Its Unix time in seconds.
    pub timestamp: u64,
    /// What the actors are told as circulating supply, attoFIL.
    pub circulating_supply: TokenAmount,
}

/// Everything that decides what a tipset does to the state. [`Network::mine`] fills it in; a replay states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TipsetSpec {
    /// The null rounds since the head, one for each epoch in between.
    pub null_rounds: Vec<NullRound>,
    /// The epoch.
    pub epoch: ChainEpoch,
    /// Its Unix time in seconds.
    pub timestamp: u64,
    /// The base fee that its messages pay, attoFIL per gas.
    pub base_fee: TokenAmount,
    /// What the actors are told as circulating supply, attoFIL.
    pub circulating_supply: TokenAmount,
    /// The blocks in canonical order.
    pub blocks: Vec<Block>,
}

/// A tipset that has run.
#[derive(Debug, Clone)]
pub struct Tipset {
    /// What it was made from.
    pub spec: TipsetSpec,
    /// State before it (and before the null rounds that precede it).
    pub parent_root: Cid,
    /// State after each of the null rounds that precede it.
    pub null_roots: Vec<Cid>,
    /// State after it.
    pub root: Cid,
    /// The distinct messages in the order in which they ran.
    pub messages: Vec<SignedMessage>,
    /// Their receipts, in the same order.
    pub receipts: Vec<Receipt>,
    /// Root of the array of receipts, as a block header holds it.
    pub receipts_root: Cid,
    /// For each block the CID of its message lists, as a block header holds it.
    pub message_roots: Vec<Cid>,
}

impl Network {
    /// Run a tipset of which everything is given, on the state of the head.
    ///
    /// The base fee of the next tipset follows by the profile's rule; state it in the next specification to overrule it.
    ///
    /// # Errors
    /// When the epochs do not follow the head's without a gap, or when cron or a reward fails. A failing message is a receipt.
    pub fn apply_tipset(&mut self, spec: TipsetSpec) -> Result<Arc<Tipset>> {
        self.check_epochs(&spec)?;
        let mut root = self.head.root;
        let mut null_roots = Vec::with_capacity(spec.null_rounds.len());
        for round in &spec.null_rounds {
            root = self.null_round(root, round, &spec.base_fee)?;
            null_roots.push(root);
        }
        let mut vm = self.vm_for(
            root,
            spec.epoch,
            spec.timestamp,
            &spec.base_fee,
            &spec.circulating_supply,
            self.tracing,
        )?;
        let lists = runnable(&spec.blocks, &self.tree()?)?;
        let receipts = run_blocks(&mut vm, &spec, &lists)?;
        tick(&mut vm, spec.epoch)?;
        let tipset = Tipset {
            parent_root: self.head.root,
            null_roots,
            root: vm.flush()?,
            receipts_root: self.store_receipts(&receipts)?,
            message_roots: spec
                .blocks
                .iter()
                .map(|b| self.store_messages(&b.messages))
                .collect::<Result<_>>()?,
            messages: lists.into_iter().flatten().collect(),
            receipts,
            spec,
        };
        self.adopt(tipset)
    }

    /// Let `rounds` epochs pass without blocks: cron runs in each, nothing else happens.
    ///
    /// # Errors
    /// When cron fails.
    pub fn advance(&mut self, rounds: u64) -> Result<()> {
        if rounds == 0 {
            return Ok(());
        }
        let mut vm = self.vm_at(self.head.epoch + 1, self.head.base_fee.clone(), false)?;
        let mut epoch = self.head.epoch;
        for _ in 0..rounds {
            epoch += 1;
            vm.move_to(
                epoch,
                self.profile.timestamp(epoch),
                circulating_supply(vm.tree())?,
            );
            tick(&mut vm, epoch)?;
            if epoch % PROGRESS_EVERY == 0 {
                (self.progress)(&format!("null rounds: epoch {epoch}"));
            }
        }
        self.head.root = vm.flush()?;
        self.head.epoch = epoch;
        Ok(())
    }

    fn check_epochs(&self, spec: &TipsetSpec) -> Result<()> {
        let rounds = spec.null_rounds.iter().map(|r| r.epoch).chain([spec.epoch]);
        for (epoch, expected) in rounds.zip(self.head.epoch + 1..) {
            if epoch != expected {
                return Err(Error::Tipset(format!(
                    "epoch {epoch} does not follow: the next one is {expected}"
                )));
            }
        }
        let miners: HashSet<_> = spec.blocks.iter().map(|b| b.miner).collect();
        if miners.len() != spec.blocks.len() {
            return Err(Error::Tipset(
                "two blocks of one tipset have the same miner".into(),
            ));
        }
        Ok(())
    }

    fn null_round(&self, root: Cid, round: &NullRound, base_fee: &TokenAmount) -> Result<Cid> {
        let mut vm = self.vm_for(
            root,
            round.epoch,
            round.timestamp,
            base_fee,
            &round.circulating_supply,
            false,
        )?;
        tick(&mut vm, round.epoch)?;
        vm.flush()
    }

    fn vm_for(
        &self,
        root: Cid,
        epoch: ChainEpoch,
        timestamp: u64,
        base_fee: &TokenAmount,
        supply: &TokenAmount,
        tracing: bool,
    ) -> Result<Vm> {
        let at = VmContext {
            root,
            epoch,
            timestamp,
            base_fee: base_fee.clone(),
            circulating_supply: supply.clone(),
            tracing,
        };
        Vm::new(&self.profile, &self.store, &self.chain, &at)
    }

    fn adopt(&mut self, tipset: Tipset) -> Result<Arc<Tipset>> {
        let spec = &tipset.spec;
        let offers = offers(&spec.blocks)?;
        self.head = Head {
            root: tipset.root,
            epoch: spec.epoch,
            base_fee: base_fee::next(
                self.profile.base_fee_rule,
                &spec.base_fee,
                spec.blocks.len(),
                &offers,
            ),
        };
        let done: HashSet<Cid> = tipset.receipts.iter().map(|receipt| receipt.message).collect();
        self.pending
            .retain(|waiting| !waiting.cid().is_ok_and(|cid| done.contains(&cid)));
        let tipset = Arc::new(tipset);
        self.tipsets.push(tipset.clone());
        Ok(tipset)
    }

    fn store_receipts(&self, receipts: &[Receipt]) -> Result<Cid> {
        for receipt in receipts {
            self.store_events(receipt)?;
        }
        Amtv0::new_from_iter(&self.store, receipts.iter().map(Receipt::on_chain)).map_err(Error::machine)
    }

    /// The FVM hands out the root only; whoever looks an event up needs the array.
    fn store_events(&self, receipt: &Receipt) -> Result<()> {
        if receipt.events.is_empty() {
            return Ok(());
        }
        let mut array = Amt::new_with_bit_width(&self.store, EVENTS_BIT_WIDTH);
        array
            .batch_set(receipt.events.iter().cloned())
            .map_err(Error::machine)?;
        let root = array.flush().map_err(Error::machine)?;
        if receipt.events_root != Some(root) {
            return Err(Error::Tipset(format!(
                "the events of {} give root {root}, the FVM says {:?}",
                receipt.message, receipt.events_root
            )));
        }
        Ok(())
    }

    /// Store the messages of a block and the two lists of their CIDs; gives the CID of the pair of lists.
    fn store_messages(&self, messages: &[SignedMessage]) -> Result<Cid> {
        let mut lists = [Vec::new(), Vec::new()];
        for message in messages {
            let bytes = message.chain_bytes()?;
            let cid = message.cid()?;
            self.store.put_keyed(&cid, &bytes).map_err(Error::Machine)?;
            lists[usize::from(!message.is_bls())].push(cid);
        }
        let root =
            |cids: &[Cid]| Amtv0::new_from_iter(&self.store, cids.iter().copied()).map_err(Error::machine);
        let meta = (root(&lists[0])?, root(&lists[1])?);
        self.store.put_cbor(&meta, Blake2b256).map_err(Error::machine)
    }
}

/// Run each block's list of messages and pay its reward; gives the receipts in order.
fn run_blocks(vm: &mut Vm, spec: &TipsetSpec, lists: &[Vec<SignedMessage>]) -> Result<Vec<Receipt>> {
    let mut receipts = Vec::new();
    for (block, list) in spec.blocks.iter().zip(lists) {
        let (mut tips, mut penalties) = (TokenAmount::from_atto(0), TokenAmount::from_atto(0));
        for message in list {
            let ret = vm.explicit(message.message.clone(), message.chain_length()?)?;
            tips += &ret.miner_tip;
            penalties += &ret.penalty;
            receipts.push(Receipt::new(message.cid()?, ret));
        }
        award(vm, spec.epoch, block, &tips, &penalties)?;
    }
    Ok(receipts)
}

fn award(
    vm: &mut Vm,
    epoch: ChainEpoch,
    block: &Block,
    tips: &TokenAmount,
    penalties: &TokenAmount,
) -> Result<()> {
    let params =
        to_vec(&(block.miner, penalties, tips, block.win_count)).map_err(|e| Error::codec("reward", e))?;
    let message = node_message(
        ids::SYSTEM,
        ids::REWARD,
        nonce(epoch),
        AWARD_BLOCK_REWARD,
        params,
        NODE_GAS,
    );
    node_step(
        vm,
        message,
        &format!("reward of {} at epoch {epoch}", block.miner),
    )
}

fn tick(vm: &mut Vm, epoch: ChainEpoch) -> Result<()> {
    let message = node_message(
        ids::SYSTEM,
        ids::CRON,
        nonce(epoch),
        EPOCH_TICK,
        Vec::new(),
        NODE_GAS,
    );
    node_step(vm, message, &format!("cron of epoch {epoch}"))
}

fn node_step(vm: &mut Vm, message: fvm_shared::message::Message, what: &str) -> Result<()> {
    let ret = vm.implicit(message)?;
    if ret.msg_receipt.exit_code.is_success() {
        return Ok(());
    }
    let why = ret.failure_info.map(|f| f.to_string()).unwrap_or_default();
    Err(Error::Failed {
        what: what.into(),
        exit_code: ret.msg_receipt.exit_code,
        why,
    })
}

fn nonce(epoch: ChainEpoch) -> u64 {
    u64::try_from(epoch).unwrap_or(0)
}
