//! Going on from another node's state, and replaying its chain.

use std::sync::Arc;

use crate::support::{fil, network, official, options};
use cid::Cid;
use holdfast_bundle::Flavour;
use holdfast_localnet::{ChainInfo, Error, Kind, Network, Options, SeededChain, State};

/// The state of a network, as another one would get it.
fn exported(net: &Network, chain: Option<Arc<dyn ChainInfo>>) -> State {
    let miner = net.miner().id().unwrap();
    State {
        car: net.export_car().unwrap(),
        head: net.head().clone(),
        chain,
        miner,
    }
}

#[test]
fn a_state_opened_from_a_car_goes_on_as_the_one_it_came_from() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    net.send(&from, net.account(Kind::Bls, 30).address(), fil(2), 0, Vec::new())
        .unwrap();
    let mut opened = Network::open(&options(), exported(&net, None)).unwrap();
    assert_eq!(opened.head(), net.head());
    for net in [&mut net, &mut opened] {
        net.advance(70).unwrap();
        net.mine().unwrap();
    }
    assert_eq!(opened.head(), net.head());
}

#[test]
fn a_chain_replayed_from_its_specifications_has_the_same_roots_and_receipts() {
    let mut net = network();
    let genesis = exported(&net, None);
    let (secp, eth) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 0));
    net.send(&secp, eth.address(), fil(2), 0, Vec::new()).unwrap();
    net.deploy_evm(&eth, &[0x60, 0, 0x60, 0, 0xf3], fil(0)).unwrap();
    net.mine().unwrap();
    let mut replay = Network::open(&options(), genesis).unwrap();
    for tipset in net.tipsets() {
        let again = replay.apply_tipset(tipset.spec.clone()).unwrap();
        assert_eq!(again.root, tipset.root);
        assert_eq!(again.receipts_root, tipset.receipts_root);
    }
    assert_eq!(replay.head(), net.head());
}

#[test]
fn the_export_is_the_same_bytes_every_time() {
    let net = network();
    assert_eq!(net.export_car().unwrap(), network().export_car().unwrap());
}

#[test]
fn a_state_with_code_that_the_bundle_lacks_is_refused_with_the_remedy() {
    let net = network();
    let other = Options::new(official(Flavour::TestingFakeProofs));
    let Err(Error::UnknownCode(unknown)) = Network::open(&other, exported(&net, None)) else {
        panic!("opened")
    };
    assert_eq!(
        (unknown.root, unknown.manifest),
        (net.head().root, other.bundle.data)
    );
    assert!(unknown.count > 0);
    let command = "`holdfast bundle upgrade --state STATE.car --to BUNDLE.car --output NEW.car`";
    assert!(unknown.to_string().contains(command), "{unknown}");
}

#[test]
fn a_state_that_lacks_blocks_is_refused() {
    let net = network();
    let state = State {
        car: Vec::new(),
        head: net.head().clone(),
        chain: None,
        miner: 1000,
    };
    assert!(Network::open(&options(), state).is_err());
}

/// A chain whose randomness is given from outside.
struct Known([u8; 32]);

impl ChainInfo for Known {
    fn chain_randomness(&self, _: i64) -> anyhow::Result<[u8; 32]> {
        Ok(self.0)
    }

    fn beacon_randomness(&self, _: i64) -> anyhow::Result<[u8; 32]> {
        Ok(self.0)
    }

    fn tipset_cid(&self, epoch: i64) -> anyhow::Result<Cid> {
        SeededChain { seed: 1 }.tipset_cid(epoch)
    }
}

#[test]
fn randomness_is_the_chains_own_where_it_is_given_and_seeded_where_not() {
    // PREVRANDAO, stored in memory and returned.
    let code = [0x44, 0x60, 0, 0x52, 0x60, 0x20, 0x60, 0, 0xf3];
    let mut initcode = vec![0x60, 9, 0x60, 0x0c, 0x60, 0, 0x39, 0x60, 9, 0x60, 0, 0xf3];
    initcode.extend_from_slice(&code);
    let mut net = network();
    let from = net.account(Kind::Eth, 0);
    let (contract, _) = net.deploy_evm(&from, &initcode, fil(0)).unwrap();
    let ask = |net: &Network| net.view_evm(from.address(), contract.eth_address, &[]).unwrap().1;
    let known = |byte| {
        let chain: Arc<dyn ChainInfo> = Arc::new(Known([byte; 32]));
        Network::open(&options(), exported(&net, Some(chain))).unwrap()
    };
    assert_eq!(ask(&net), ask(&net));
    assert_eq!(ask(&known(1)), ask(&known(1)));
    assert_ne!(ask(&known(1)), ask(&known(2)));
    assert_ne!(ask(&known(1)), ask(&net));
    let before = ask(&net);
    net.advance(1).unwrap();
    assert_ne!(ask(&net), before, "another epoch, another draw");
}
