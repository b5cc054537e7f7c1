//! The first state.

use crate::support::{fil, network, official, options};
use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_bundle::Flavour;
use holdfast_localnet::{EthAddress, InitState, Kind, Network, Options, Profile, ids};

fn id(n: u64) -> Address {
    Address::new_id(n)
}

#[test]
fn a_network_starts_with_all_the_fil_and_every_singleton() {
    let net = network();
    assert_eq!(net.total_fil().unwrap(), fil(2_000_000_000));
    assert_eq!(net.balance(&id(ids::REWARD)).unwrap(), fil(1_100_000_000));
    let names: Vec<_> = net
        .actors()
        .unwrap()
        .into_iter()
        .filter(|a| a.id < 100)
        .map(|a| (a.id, a.name))
        .collect();
    let expected = [
        (ids::SYSTEM, "system"),
        (ids::INIT, "init"),
        (ids::REWARD, "reward"),
        (ids::CRON, "cron"),
        (ids::POWER, "storagepower"),
        (ids::MARKET, "storagemarket"),
        (ids::VERIFREG, "verifiedregistry"),
        (ids::DATACAP, "datacap"),
        (ids::EAM, "eam"),
        (ids::VERIFREG_ROOT, "multisig"),
        (ids::RESERVE, "multisig"),
        (ids::BURNT, "account"),
    ];
    assert_eq!(names, expected.map(|(id, name)| (id, name.to_owned())));
}

#[test]
fn the_system_actor_holds_the_manifest_and_init_the_networks_name() {
    let net = network();
    let (manifest,): (Cid,) = net.state(&id(ids::SYSTEM)).unwrap();
    assert_eq!(manifest, net.bundle().data);
    let init: InitState = net.state(&id(ids::INIT)).unwrap();
    assert_eq!(
        (init.network_name.as_str(), init.next_id),
        ("calibrationnet", 1002)
    );
}

#[test]
fn cron_ticks_power_and_market_and_the_registry_belongs_to_f080() {
    let net = network();
    let (entries,): (Vec<(Address, u64)>,) = net.state(&id(ids::CRON)).unwrap();
    assert_eq!(entries, [(id(ids::POWER), 5), (id(ids::MARKET), 9)]);
    let (root, ..): (Address, Cid, Cid, Cid, u64, Cid) = net.state(&id(ids::VERIFREG)).unwrap();
    assert_eq!(root, id(ids::VERIFREG_ROOT));
}

#[test]
fn accounts_of_every_kind_have_their_funds_and_their_code() {
    let net = network();
    for (kind, code) in [
        (Kind::Secp256k1, "account"),
        (Kind::Bls, "account"),
        (Kind::Eth, "ethaccount"),
    ] {
        for index in 0..10 {
            let address = net.account(kind, index).address();
            assert_eq!(net.balance(&address).unwrap(), fil(1_000_000), "{kind:?} {index}");
            assert_eq!(net.code_name(&address).unwrap(), code);
        }
        assert!(net.actor(&net.account(kind, 10).address()).unwrap().is_none());
    }
}

#[test]
fn the_genesis_miner_and_the_null_account_of_ethereum_come_after_the_accounts() {
    let net = network();
    assert_eq!(net.miner(), id(1000));
    assert_eq!(net.code_name(&net.miner()).unwrap(), "storageminer");
    let null = EthAddress([0; 20]).to_filecoin();
    assert_eq!(net.resolve(&null).unwrap(), Some(1001));
    assert_eq!(net.code_name(&null).unwrap(), "ethaccount");
}

#[test]
fn the_same_options_give_the_same_genesis_and_another_seed_another() {
    let fresh = Options {
        share_genesis: false,
        ..options()
    };
    let root = Network::start(&fresh).unwrap().head().root;
    assert_eq!(root, network().head().root);
    let seeded = Options { seed: 7, ..options() };
    assert_ne!(root, Network::start(&seeded).unwrap().head().root);
}

#[test]
fn the_first_actor_of_a_user_follows_the_genesis_actors() {
    let mut net = network();
    let from = net.account(Kind::Secp256k1, 0);
    let to = net.account(Kind::Bls, 10).address();
    assert!(net.send(&from, to, fil(1), 0, Vec::new()).unwrap().is_ok());
    assert_eq!(net.resolve(&to).unwrap(), Some(1002));
}

#[test]
fn a_flavour_for_small_sectors_gets_a_miner_too() {
    let mut net = Network::start(&Options::new(official(Flavour::TestingFakeProofs))).unwrap();
    assert_eq!(net.code_name(&net.miner()).unwrap(), "storageminer");
    net.mine().unwrap();
}

#[test]
fn profiles_differ_in_chain_id_prefix_and_time() {
    let address = id(1000);
    for (profile, chain_id, text, seconds) in [
        (Profile::calibration(), 314_159, "t01000", 30),
        (Profile::dev(), 31_415_926, "t01000", 4),
        (Profile::lotus_kit(), 314, "f01000", 30),
    ] {
        let net = Network::start(&options().profile(profile)).unwrap();
        assert_eq!(net.profile().chain_id, chain_id);
        assert_eq!(net.display(&address), text);
        assert_eq!(net.profile().timestamp(10) - net.profile().timestamp(9), seconds);
    }
}

#[test]
fn a_slow_start_tells_what_it_does() {
    static STEPS: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
    let progress: fn(&str) = |step| STEPS.lock().unwrap().push(step.to_owned());
    Network::start(&Options {
        progress,
        share_genesis: false,
        ..options()
    })
    .unwrap();
    let steps = STEPS.lock().unwrap();
    assert!(
        steps.iter().any(|step| step == "genesis: constructor of f04"),
        "{steps:?}"
    );
}

#[test]
fn a_bundle_has_names_codes_and_type_numbers() {
    let net = network();
    let bundle = net.bundle();
    assert_eq!(
        (bundle.actor_type("system"), bundle.actor_type("ethaccount")),
        (Some(1), Some(16))
    );
    assert_eq!(bundle.actor_type("nobody"), None);
    assert_eq!(bundle.name(&bundle.code("evm").unwrap()), Some("evm"));
    assert_eq!(
        bundle.code("nobody").unwrap_err().to_string(),
        "bundle: there is no actor named nobody"
    );
    let error = holdfast_localnet::Bundle::from_car(b"no car")
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("bundle: "), "{error}");
}

#[test]
fn the_heads_of_f080_and_f090_are_those_that_the_constructor_writes_and_their_signers_can_spend() {
    let mut net = network();
    for (root, signer) in [
        (ids::VERIFREG_ROOT, net.registry_root_wallet()),
        (ids::RESERVE, net.reserve_wallet()),
    ] {
        let params = fvm_ipld_encoding::to_vec(&([signer.address()], 1u64, 0i64, 0i64)).unwrap();
        let (created, _) = net.exec(&signer, "multisig", &params, fil(0)).unwrap();
        let head = |address| net.actor(&address).unwrap().unwrap().state;
        assert_eq!(head(created.id_address), head(id(root)));
    }
    let to = net.account(Kind::Bls, 0).address();
    let propose = fvm_ipld_encoding::to_vec(&(to, fil(5), 0u64, RawBytes::default())).unwrap();
    let signer = net.reserve_wallet();
    net.send(&signer, id(ids::RESERVE), fil(0), 2, propose)
        .unwrap()
        .ok("Propose")
        .unwrap();
    assert_eq!(net.balance(&to).unwrap(), fil(1_000_005));
}
