//! Every recorded chain, tipset by tipset.

use std::path::PathBuf;
use std::sync::Arc;

use holdfast_bundle::Workspace;
use holdfast_localnet::{Block, Bundle, Head, Network, NullRound, Options, Profile, State, TipsetSpec};

use crate::chain::LotusChain;
use crate::compare::{self, Differences};
use crate::record::{self, Recorded};

/// The checkout's target folder.
fn target() -> PathBuf {
    Workspace::at(env!("CARGO_MANIFEST_DIR").as_ref())
        .expect("a checkout")
        .root()
        .join("target")
}

/// All chains below target/lotus/replay, by name.
fn recorded() -> Vec<Recorded> {
    let folder = target().join("lotus/replay");
    let found = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}; `make test-lotus` records chains", folder.display()));
    let mut folders: Vec<_> = found.map(|entry| entry.expect("a folder").path()).collect();
    folders.sort();
    folders.iter().map(|folder| Recorded::read(folder)).collect()
}

/// The profile of the kit's network; what Lotus says of itself must be in it already, but for the time it started.
fn profile(chain: &record::Chain) -> Profile {
    let kit = Profile::lotus_kit();
    let theirs = Profile {
        network_name: chain.network_name.clone(),
        chain_id: chain.chain_id,
        network_version: chain.network_version,
        block_delay_secs: chain.block_delay_secs,
        genesis_timestamp: chain.genesis_timestamp,
        ..kit.clone()
    };
    assert_eq!(
        theirs,
        Profile {
            genesis_timestamp: chain.genesis_timestamp,
            ..kit
        }
    );
    theirs
}

fn open(recorded: &Recorded, chain: Arc<LotusChain>) -> Network {
    let bundle = Bundle::read(target().join(&recorded.chain.bundle)).expect("the node's bundle");
    assert_eq!(
        bundle.manifest,
        recorded.chain.manifest.0,
        "{}: {} is not the bundle that the node ran any more; run the tests on Lotus again",
        recorded.name,
        recorded.chain.bundle.display(),
    );
    let mut options = Options::new(bundle).profile(profile(&recorded.chain));
    options.tracing = false;
    let head = Head {
        root: recorded.chain.genesis_root.0,
        epoch: 0,
        base_fee: recorded.chain.base_fee.0.clone(),
    };
    let state = State {
        car: recorded.state.clone(),
        head,
        chain: Some(chain),
        miner: holdfast_localnet::FIRST_MINER_ID,
    };
    Network::open(&options, state).expect("a state that localnet can go on from")
}

fn spec(tipset: &record::Tipset) -> TipsetSpec {
    let null_rounds = tipset.null_rounds.iter().map(|round| NullRound {
        epoch: round.epoch,
        timestamp: round.timestamp,
        circulating_supply: round.supply.0.clone(),
    });
    let blocks = tipset.blocks.iter().map(|block| Block {
        miner: block.miner.0,
        win_count: block.win_count,
        messages: block.messages(),
    });
    TipsetSpec {
        null_rounds: null_rounds.collect(),
        epoch: tipset.epoch,
        timestamp: tipset.timestamp,
        base_fee: tipset.base_fee.0.clone(),
        circulating_supply: tipset.supply.0.clone(),
        blocks: blocks.collect(),
    }
}

/// What localnet says before it runs the tipset, then what the tipset gives.
fn tipset(net: &mut Network, lotus: &record::Tipset) -> Option<String> {
    let mut found = Differences::default();
    found.equal("base fee", lotus.base_fee.0.atto(), net.head().base_fee.atto());
    let times = lotus
        .null_rounds
        .iter()
        .map(|round| (round.epoch, round.timestamp));
    for (epoch, timestamp) in times.chain([(lotus.epoch, lotus.timestamp)]) {
        found.equal(
            format!("time of epoch {epoch}"),
            timestamp,
            net.profile().timestamp(epoch),
        );
    }
    let snapshot = net.snapshot();
    match net.apply_tipset(spec(lotus)) {
        Ok(ours) => compare::tipset(&mut found, lotus, &ours),
        Err(error) => return Some(error.to_string()),
    }
    if found.text().is_some() {
        let mut past = net.fork();
        past.revert(&snapshot);
        compare::actors(&mut found, &compare::actors_of(&past), lotus, net);
    }
    found.text()
}

/// Run a chain; stops at the first tipset that differs, since every later one would.
fn replay(recorded: &Recorded) {
    let (name, chain) = (&recorded.name, &recorded.chain);
    let answers = LotusChain::new(chain);
    let mut net = open(recorded, answers.clone());
    for lotus in &chain.tipsets {
        if let Some(differences) = tipset(&mut net, lotus) {
            panic!("{name}, epoch {}:\n  {differences}", lotus.epoch);
        }
    }
    assert_eq!(
        net.head().base_fee,
        chain.next_base_fee.0,
        "{name}: the base fee after the last tipset"
    );
    assert_eq!(answers.unasked(), [""; 0], "{name}");
    let messages: usize = chain.tipsets.iter().map(|t| t.messages.len()).sum();
    let rounds: usize = chain.tipsets.iter().map(|t| t.null_rounds.len()).sum();
    assert!(messages > 0, "{name}: a chain without messages shows nothing");
    println!(
        "{name}: {messages} messages in {} tipsets, {rounds} null rounds",
        chain.tipsets.len()
    );
}

/// The names that the tests of `integration-tests/lotus` save their chains under.
const CHAINS: [&str; 5] = [
    "ethereum-creation",
    "ethereum-transactions",
    "solidity-contract",
    "stories",
    "variety",
];

#[test]
fn every_chain_that_a_lotus_node_made_has_the_same_receipts_and_roots_here() {
    let chains = recorded();
    let mut names: Vec<&str> = chains.iter().map(|chain| chain.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, CHAINS, "the chains that the node's tests record");
    for recorded in &chains {
        replay(recorded);
    }
}
