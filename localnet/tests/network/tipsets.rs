//! What a tipset does beside its messages.

use crate::support::{fil, network, transfer};
use cid::Cid;
use fvm_ipld_amt::{Amt, Amtv0};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::receipt::Receipt as ChainReceipt;
use holdfast_localnet::{
    BLOCK_GAS_LIMIT, BaseFeeRule, Block, Kind, MemStore, Network, SignedMessage, TipsetSpec, ids,
};

/// A signed transfer of account `index` of a kind.
fn signed(net: &Network, kind: Kind, index: u32) -> SignedMessage {
    let from = net.account(kind, index);
    from.sign(transfer(net, &from, Address::new_id(ids::RESERVE)), 314_159)
        .unwrap()
}

/// A tipset in the next epoch with these blocks.
fn spec(net: &Network, blocks: Vec<Block>) -> TipsetSpec {
    let epoch = net.epoch() + 1;
    TipsetSpec {
        null_rounds: Vec::new(),
        epoch,
        timestamp: net.profile().timestamp(epoch),
        base_fee: net.head().base_fee.clone(),
        circulating_supply: net.circulating_supply().unwrap(),
        blocks,
    }
}

/// What the genesis miner earns with these messages, from the same start.
fn earned(net: &mut Network, win_count: i64, messages: Vec<SignedMessage>) -> TokenAmount {
    let snapshot = net.snapshot();
    let before = net.balance(&net.miner()).unwrap();
    let block = Block {
        miner: net.miner(),
        win_count,
        messages,
    };
    net.apply_tipset(spec(net, vec![block])).unwrap();
    let after = net.balance(&net.miner()).unwrap();
    net.revert(&snapshot);
    after - before
}

/// A second miner, made by a user as on every network.
fn second_miner(net: &mut Network) -> Address {
    let owner = net.account(Kind::Bls, 9);
    let peer = fvm_ipld_encoding::BytesSer(b"peer");
    let params = (owner.address(), owner.address(), 13i64, peer, [(); 0]);
    let params = fvm_ipld_encoding::to_vec(&params).unwrap();
    let receipt = net
        .send(&owner, Address::new_id(ids::POWER), fil(500), 2, params)
        .unwrap();
    let (id, _): (Address, Address) = receipt.ok("CreateMiner").unwrap().decode().unwrap();
    id
}

#[test]
fn bls_messages_run_before_the_others() {
    let mut net = network();
    for kind in [Kind::Secp256k1, Kind::Bls, Kind::Eth, Kind::Bls] {
        let index = u32::try_from(net.pending().len()).unwrap();
        let from = net.account(kind, index);
        let mut message = transfer(&net, &from, Address::new_id(ids::RESERVE));
        if kind == Kind::Eth {
            message.method_num = holdfast_localnet::INVOKE_EVM;
        }
        net.push(from.sign(message, 314_159).unwrap()).unwrap();
    }
    let tipset = net.mine().unwrap();
    let order: Vec<_> = tipset.messages.iter().map(|m| m.signature.kind()).collect();
    assert_eq!(order, [2, 2, 1, 3]);
    for (message, receipt) in tipset.messages.iter().zip(&tipset.receipts) {
        assert_eq!(receipt.message, message.cid().unwrap());
        assert!(receipt.is_ok(), "{}", receipt.error);
    }
}

#[test]
fn a_message_in_two_blocks_runs_once_and_tips_the_first_miner() {
    let mut net = network();
    let second = second_miner(&mut net);
    let message = signed(&net, Kind::Secp256k1, 0);
    let blocks = [net.miner(), second].map(|miner| Block {
        miner,
        win_count: 1,
        messages: vec![message.clone()],
    });
    let (first, other) = (net.balance(&net.miner()).unwrap(), net.balance(&second).unwrap());
    let tipset = net.apply_tipset(spec(&net, blocks.to_vec())).unwrap();
    assert_eq!((tipset.messages.len(), tipset.receipts.len()), (1, 1));
    let (first, other) = (
        net.balance(&net.miner()).unwrap() - first,
        net.balance(&second).unwrap() - other,
    );
    assert_eq!(first - other, tipset.receipts[0].costs.miner_tip);
    assert_eq!(tipset.message_roots.len(), 2);
    assert_eq!(tipset.message_roots[0], tipset.message_roots[1]);
}

#[test]
fn of_two_messages_for_one_nonce_the_first_blocks_runs_and_the_other_leaves_no_receipt() {
    let mut net = network();
    let second = second_miner(&mut net);
    let from = net.account(Kind::Secp256k1, 0);
    let signed = |nonce: u64, value: u64| {
        let mut message = transfer(&net, &from, Address::new_id(ids::RESERVE));
        message.sequence = nonce;
        message.value = fil(value);
        from.sign(message, 314_159).unwrap()
    };
    let blocks = [
        (net.miner(), vec![signed(0, 1), signed(1, 2)]),
        (second, vec![signed(0, 3), signed(1, 2), signed(2, 4)]),
    ];
    let blocks = blocks.map(|(miner, messages)| Block {
        miner,
        win_count: 1,
        messages,
    });
    let expected = [signed(0, 1), signed(1, 2), signed(2, 4)];
    let tipset = net.apply_tipset(spec(&net, blocks.to_vec())).unwrap();
    assert_eq!(tipset.messages, expected);
    assert_eq!(tipset.receipts.len(), 3);
    assert!(tipset.receipts.iter().all(|receipt| receipt.is_ok()));
}

#[test]
fn a_message_that_does_not_run_counts_for_the_base_fee() {
    let mut options = crate::support::options();
    options.profile.base_fee_rule = BaseFeeRule::Utilization;
    let mut net = Network::start(&options).unwrap();
    let second = second_miner(&mut net);
    let from = net.account(Kind::Secp256k1, 0);
    let blocks = [(net.miner(), 1), (second, 2)].map(|(miner, value)| {
        let mut message = transfer(&net, &from, Address::new_id(ids::RESERVE));
        message.value = fil(value);
        message.gas_limit = BLOCK_GAS_LIMIT / 2;
        let messages = vec![from.sign(message, 314_159).unwrap()];
        Block {
            miner,
            win_count: 1,
            messages,
        }
    });
    let before = net.head().base_fee.clone();
    let tipset = net.apply_tipset(spec(&net, blocks.to_vec())).unwrap();
    assert_eq!(tipset.receipts.len(), 1);
    assert_eq!(net.head().base_fee, before, "both blocks are half full");
}

#[test]
fn a_block_pays_its_miner_in_proportion_to_its_wins_and_with_the_tips() {
    let mut net = network();
    let empty = earned(&mut net, 1, Vec::new());
    assert!(empty.is_positive());
    let triple = earned(&mut net, 3, Vec::new());
    assert!(triple >= empty.clone() * 3u64 && triple <= empty.clone() * 3u64 + TokenAmount::from_atto(2));
    let message = signed(&net, Kind::Bls, 0);
    let with_tip = earned(&mut net, 1, vec![message.clone()]);
    let tipset = net.mine_messages(vec![message]).unwrap();
    assert_eq!(with_tip, empty + &tipset.receipts[0].costs.miner_tip);
    assert!(tipset.receipts[0].costs.miner_tip.is_positive());
}

#[test]
fn a_message_that_cannot_pay_costs_its_miner() {
    let mut net = network();
    let from = net.account(Kind::Bls, 0);
    let mut message = transfer(&net, &from, from.address());
    message.sequence = 7;
    let message = from.sign(message, 314_159).unwrap();
    let (empty, punished) = (
        earned(&mut net, 1, Vec::new()),
        earned(&mut net, 1, vec![message.clone()]),
    );
    let receipt = net.mine_messages(vec![message]).unwrap().receipts[0].clone();
    assert_eq!((receipt.exit_code.value(), receipt.gas_used), (2, 0));
    assert_eq!(
        receipt.costs.miner_penalty,
        net.tipsets()[0].spec.base_fee.clone() * 100_000_000u64
    );
    assert!(punished < empty, "{punished} is not less than {empty}");
    assert_eq!(net.total_fil().unwrap(), fil(2_000_000_000));
}

#[test]
fn receipts_messages_and_their_roots_can_be_read_back() {
    let mut net = network();
    let messages = vec![signed(&net, Kind::Secp256k1, 0), signed(&net, Kind::Bls, 0)];
    let tipset = net.mine_messages(messages.clone()).unwrap();
    let receipts: Amtv0<ChainReceipt, &MemStore> = Amtv0::load(&tipset.receipts_root, net.store()).unwrap();
    assert_eq!(receipts.count(), 2);
    for (i, receipt) in (0..).zip(&tipset.receipts) {
        assert_eq!(receipts.get(i).unwrap(), Some(&receipt.on_chain()));
    }
    let (bls, secp): (Cid, Cid) = net.block(&tipset.message_roots[0]).unwrap();
    for (root, message) in [(secp, &messages[0]), (bls, &messages[1])] {
        let list: Amtv0<Cid, &MemStore> = Amtv0::load(&root, net.store()).unwrap();
        assert_eq!(list.get(0).unwrap(), Some(&message.cid().unwrap()));
        assert_eq!(
            net.raw_block(&message.cid().unwrap()).unwrap(),
            message.chain_bytes().unwrap()
        );
    }
    assert!(
        Amt::<Cid, _>::load(&bls, net.store()).is_err(),
        "message lists have the older array's layout"
    );
}

#[test]
fn the_base_fee_of_the_next_tipset_follows_the_blocks() {
    let mut net = network();
    let mut fees = vec![net.head().base_fee.clone()];
    for _ in 0..2 {
        net.mine().unwrap();
        fees.push(net.head().base_fee.clone());
    }
    assert_eq!(
        fees,
        [100_000_000, 87_500_000, 76_562_500].map(TokenAmount::from_atto)
    );
    net.advance(3).unwrap();
    assert_eq!(net.head().base_fee, fees[2], "null rounds leave it");
    assert_eq!(net.tipsets()[1].spec.base_fee, fees[1]);
}

#[test]
fn epochs_that_do_not_follow_are_refused() {
    let mut net = network();
    let mut late = spec(&net, Vec::new());
    late.epoch = 3;
    let error = net.apply_tipset(late).unwrap_err().to_string();
    assert_eq!(error, "tipset: epoch 3 does not follow: the next one is 1");
}

#[test]
fn a_block_holds_no_more_than_its_gas_limit() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    for _ in 0..3 {
        let mut message = transfer(&net, &from, from.address());
        message.gas_limit = 4_000_000_000;
        net.push(from.sign(message, 314_159).unwrap()).unwrap();
    }
    assert_eq!(net.mine().unwrap().messages.len(), 2);
    assert_eq!(net.pending().len(), 1);
    let messages = net.tipsets()[0].messages.clone();
    let error = net
        .mine_messages([messages.clone(), messages].concat())
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "tipset: the messages ask for 16000000000 gas, a block holds 10000000000 gas"
    );
    assert_eq!(net.mine().unwrap().messages.len(), 1);
}

#[test]
fn a_block_with_a_wrong_signature_is_refused() {
    let mut net = network();
    let mut message = signed(&net, Kind::Secp256k1, 0);
    message.message.value = fil(9);
    let error = net.mine_messages(vec![message]).unwrap_err().to_string();
    assert!(error.contains("does not verify"), "{error}");
    assert_eq!(net.epoch(), 0);
}

#[test]
fn a_message_that_has_run_waits_no_longer_whoever_put_it_into_a_block() {
    let mut net = network();
    let (mine, other) = (signed(&net, Kind::Secp256k1, 0), signed(&net, Kind::Bls, 0));
    net.push(mine.clone()).unwrap();
    net.push(other.clone()).unwrap();
    net.mine_messages(vec![mine]).unwrap();
    assert_eq!(net.pending(), [other]);
    assert!(net.mine().unwrap().receipts[0].is_ok());
    assert!(net.pending().is_empty());
}
