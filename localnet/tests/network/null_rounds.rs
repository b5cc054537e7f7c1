//! Epochs without blocks.

use std::cell::RefCell;

use crate::support::network;
use holdfast_localnet::{Block, Network, NullRound, TipsetSpec};
use proptest::prelude::*;

/// The same number of epochs, one call each.
fn one_by_one(net: &mut Network, rounds: u64) {
    for _ in 0..rounds {
        net.advance(1).unwrap();
    }
}

#[test]
fn many_null_rounds_are_as_good_as_one_after_the_other() {
    let (mut together, mut single) = (network(), network());
    together.advance(150).unwrap();
    one_by_one(&mut single, 150);
    assert_eq!(together.head(), single.head());
    assert_eq!(together.epoch(), 150);
    assert_ne!(together.head().root, network().head().root, "cron does run");
}

#[test]
fn null_rounds_before_a_tipset_are_those_of_advance() {
    let (mut stated, mut advanced) = (network(), network());
    let mut roots = Vec::new();
    for _ in 0..3 {
        advanced.advance(1).unwrap();
        roots.push(advanced.head().root);
    }
    advanced.mine().unwrap();
    let supply = stated.circulating_supply().unwrap();
    let at = |epoch| stated.profile().timestamp(epoch);
    let null_rounds = (1..4).map(|epoch| NullRound {
        epoch,
        timestamp: at(epoch),
        circulating_supply: supply.clone(),
    });
    let tipset = TipsetSpec {
        null_rounds: null_rounds.collect(),
        epoch: 4,
        timestamp: at(4),
        base_fee: stated.head().base_fee.clone(),
        circulating_supply: supply.clone(),
        blocks: vec![Block {
            miner: stated.miner(),
            win_count: 1,
            messages: Vec::new(),
        }],
    };
    let tipset = stated.apply_tipset(tipset).unwrap();
    assert_eq!(stated.head(), advanced.head());
    assert_eq!(tipset.null_roots, roots);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// However a stretch of epochs is cut into calls, and wherever a tipset lies in it, the state is the same.
    #[test]
    fn any_way_to_advance_gives_the_same_state(parts in prop::collection::vec(0u64..40, 1..6), mined in 0usize..6) {
        thread_local!(static NET: RefCell<Network> = RefCell::new(network()));
        NET.with_borrow_mut(|net| {
            let start = net.snapshot();
            let mut ends = Vec::new();
            for walk in [|net: &mut Network, n| net.advance(n).unwrap(), one_by_one] {
                for (i, rounds) in parts.iter().enumerate() {
                    walk(net, *rounds);
                    if i == mined {
                        net.mine().unwrap();
                    }
                }
                ends.push(net.head().clone());
                net.revert(&start);
            }
            prop_assert_eq!(&ends[0], &ends[1]);
            Ok(())
        })?;
    }
}
