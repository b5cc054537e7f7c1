//! A network that moves to another bundle: from the official calibrationnet actors to those of testing-fake-proofs.

use std::sync::LazyLock;

use fvm_shared::econ::TokenAmount;
use holdfast_bundle::Flavour;
use holdfast_bundle::car::Car;
use holdfast_bundle::upgrade::upgrade_car;
use holdfast_localnet::{Bundle, Contract, Kind, Network, Options, State};

use crate::support::{CALIBRATION, fil, network, official, workspace};

static NEXT: LazyLock<Bundle> = LazyLock::new(|| official(Flavour::TestingFakeProofs));

/// Runtime code that answers a word of storage, and the code that deploys it: 42 is in the slot.
const CONTRACT: &[u8] = &[
    0x60, 42, 0x60, 0, 0x55, 0x60, 0x0b, 0x60, 0x11, 0x60, 0, 0x39, 0x60, 0x0b, 0x60, 0, 0xf3, 0x60, 0, 0x54,
    0x60, 0, 0x52, 0x60, 0x20, 0x60, 0, 0xf3,
];

/// A network with an account, a placeholder and a contract in use.
fn used() -> (Network, Contract) {
    let mut net = network();
    let (secp, eth) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 0));
    let absent = net.account(Kind::Eth, 90).address();
    net.send(&secp, absent, fil(3), 0, Vec::new()).unwrap();
    let (contract, _) = net.deploy_evm(&eth, CONTRACT, fil(0)).unwrap();
    (net, contract)
}

fn goes_on(net: &mut Network, contract: &Contract) {
    let (from, to) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Bls, 0));
    let sent = net.send(&from, to.address(), fil(2), 0, Vec::new()).unwrap();
    sent.ok("a transfer").unwrap();
    let asker = net.account(Kind::Eth, 0).address();
    let answer = net.view_evm(asker, contract.eth_address, &[]).unwrap().1;
    assert_eq!((answer.len(), answer.last()), (32, Some(&42)));
    net.advance(70).unwrap();
}

#[test]
fn an_upgraded_network_keeps_every_actor_under_new_code_and_goes_on() {
    let (mut net, contract) = used();
    let before = net.actors().unwrap();
    let done = net.upgrade(NEXT.clone()).unwrap();
    assert_eq!(
        (done.after, done.actors()),
        (net.head().root, before.len() as u64)
    );
    let after = net.actors().unwrap();
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((old.id, &old.name), (new.id, &new.name));
        let mut expected = old.state.clone();
        expected.code = NEXT.code(&old.name).unwrap();
        if old.id == 0 {
            assert_ne!(new.state.state, expected.state, "f00 holds another manifest");
            expected.state = new.state.state;
        }
        assert_eq!(new.state, expected, "f0{}", old.id);
    }
    assert_eq!(after.len(), before.len());
    assert_eq!(net.total_fil().unwrap(), TokenAmount::from_whole(2_000_000_000));
    goes_on(&mut net, &contract);
}

#[test]
fn the_network_upgraded_in_place_is_the_one_opened_from_an_upgraded_car() {
    let (mut net, contract) = used();
    let exported = Car::read(&net.export_car().unwrap()).unwrap();
    net.upgrade(NEXT.clone()).unwrap();
    let bundle = holdfast_bundle::official(&workspace(), Flavour::TestingFakeProofs).unwrap();
    let (car, done) = upgrade_car(&exported, &bundle).unwrap();
    assert_eq!(done.after, net.head().root);
    let state = State {
        car: car.write().unwrap(),
        head: net.head().clone(),
        chain: None,
        miner: net.miner().id().unwrap(),
    };
    let mut opened = Network::open(&Options::new(NEXT.clone()), state).unwrap();
    for net in [&mut net, &mut opened] {
        goes_on(net, &contract);
    }
    assert_eq!(opened.head(), net.head());
}

#[test]
fn going_back_before_an_upgrade_brings_the_old_bundle_back() {
    let (mut net, contract) = used();
    let point = net.snapshot();
    net.upgrade(NEXT.clone()).unwrap();
    goes_on(&mut net, &contract);
    net.revert(&point);
    assert_eq!(net.bundle().manifest, CALIBRATION.manifest);
    assert_eq!(net.code_name(&net.miner()).unwrap(), "storageminer");
    goes_on(&mut net, &contract);
}

#[test]
fn a_bundle_that_lacks_a_name_of_the_state_is_refused_and_nothing_changes() {
    let official = holdfast_bundle::official(&workspace(), Flavour::Calibrationnet).unwrap();
    let names = official.manifest().entries().iter().map(|entry| &entry.name);
    let mut actors: Vec<_> = names
        .map(|name| (name.clone(), official.wasm(name).unwrap().to_vec()))
        .collect();
    actors.push(("acme_shop".to_owned(), b"never called".to_vec()));
    let more = holdfast_bundle::Bundle::from_actors(actors).unwrap();
    let mut net = Network::start(&Options::new(Bundle::new(&more).unwrap())).unwrap();
    let (head, manifest) = (net.head().clone(), net.bundle().manifest);
    let refusal = net.upgrade(CALIBRATION.clone()).unwrap_err().to_string();
    assert!(refusal.contains("lacks acme_shop"), "{refusal}");
    assert_eq!((net.head(), net.bundle().manifest), (&head, manifest));
}
