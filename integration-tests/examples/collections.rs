//! Measures the layouts of maps on the real FVM: `cargo run -p holdfast_integration_tests --example collections`.
//!
//! Each figure is the gas of a whole message of an f1 sender to the probe, an actor whose state is one map from id to
//! amount: the median of 16 keys, for a write of an existing entry, a write of a new one, and a read.

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_bundle::Flavour;
use holdfast_integration_tests::bundle::with_actors;
use holdfast_localnet::{BLOCK_GAS_LIMIT, Kind, Network, Options, Wallet};
use holdfast_runtime::method::Method;
use holdfast_test_probe::{ShelfParams, method};

/// The probe's name in the bundle.
const PROBE: &str = "holdfast_test_probe";
/// The layouts by the numbers that the probe knows them by.
const LAYOUTS: [&str; 8] = [
    "Tree, Hot",
    "Tree, Cold",
    "HAMT, 3 bits, 4 entries",
    "2 bits, 6 entries",
    "3 bits, 2 entries",
    "3 bits, 8 entries",
    "4 bits, 2 entries",
    "Official (5 bits, 3 entries)",
];
/// Entries in the map.
const SIZES: [u64; 4] = [1, 100, 1_001, 10_001];
/// The first key: ids of actors take three bytes.
const FIRST: u64 = 20_000;
/// Entries that one message puts while the map is filled.
const CHUNK: u64 = 500;
/// Messages of one figure.
const KEYS: u64 = 16;
/// About one FIL, attoFIL, which takes nine bytes as amounts of tokens do.
const VALUE: u64 = 1_000_000_000_000_000_000;

fn main() {
    let bundle = with_actors(Flavour::Calibrationnet, &[PROBE]).bundle;
    let options = Options {
        tracing: false,
        ..Options::new(bundle)
    };
    let start = Network::start(&options).expect("a network");
    println!("| layout | entries | write | new entry | read |\n|---|---|---|---|---|");
    for (layout, name) in (0..).zip(LAYOUTS) {
        let mut network = start.fork();
        let sender = network.account(Kind::Secp256k1, 0);
        let (probe, _) = network
            .exec(&sender, PROBE, &[0xf6], TokenAmount::default())
            .expect("a probe");
        let mut filled = 0;
        for size in SIZES {
            while filled < size {
                let count = CHUNK.min(size - filled);
                fill(
                    &mut network,
                    &sender,
                    probe.id_address,
                    shelf(layout, FIRST + filled, count, VALUE),
                );
                filled += count;
            }
            // A value that is there already would cost nothing, so another one is written.
            let figure = |method: u64, first: u64| {
                let keys = (0..KEYS).map(|key| {
                    first
                        + if first == FIRST {
                            key * 7919 % size
                        } else {
                            key * 7919
                        }
                });
                let gas = keys.map(|key| {
                    measure(
                        &network,
                        &sender,
                        probe.id_address,
                        method,
                        &shelf(layout, key, 1, VALUE + 1),
                    )
                });
                millions(median(gas.collect()))
            };
            let write = figure(method::Put::NUMBER, FIRST);
            let new = figure(method::Put::NUMBER, FIRST + size);
            let read = figure(method::Get::NUMBER, FIRST);
            println!("| {name} | {size} | {write} | {new} | {read} |");
        }
    }
}

fn shelf(layout: u32, first: u64, count: u64, value: u64) -> ShelfParams {
    ShelfParams {
        layout,
        first,
        count,
        value,
    }
}

fn fill(network: &mut Network, sender: &Wallet, probe: Address, params: ShelfParams) {
    let params = to_vec(&params).expect("parameters that encode");
    let sent = network.send(sender, probe, TokenAmount::default(), method::Put::NUMBER, params);
    sent.and_then(|receipt| receipt.ok("filling the map"))
        .expect("a filled map");
}

fn measure(network: &Network, sender: &Wallet, probe: Address, method: u64, params: &ShelfParams) -> u64 {
    let params = to_vec(params).expect("parameters that encode").into();
    let message = network
        .message(sender, probe, TokenAmount::default(), method, params)
        .expect("a message");
    assert!(message.gas_limit < BLOCK_GAS_LIMIT);
    let receipt = network
        .dry_run(message)
        .and_then(|receipt| receipt.ok("a measured message"));
    receipt.expect("a measured message").gas_used
}

fn median(mut gas: Vec<u64>) -> u64 {
    gas.sort_unstable();
    let middle = gas.len() / 2;
    u64::midpoint(gas[middle - 1], gas[middle])
}

fn millions(gas: u64) -> String {
    format!("{}.{:02} M", gas / 1_000_000, gas / 10_000 % 100)
}
