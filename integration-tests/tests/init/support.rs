//! The two bundles, and networks on them.

use std::path::Path;
use std::sync::LazyLock;

use cid::Cid;
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_bundle::build::{Module, Options as BundleOptions, build};
use holdfast_bundle::{Flavour, Workspace, official, wasm};
use holdfast_init::invariants;
use holdfast_init::state::State;
use holdfast_localnet::{Bundle, Network, Options, ids};

/// What the third party's guest book is called in the manifest.
pub(crate) const GUEST_BOOK: &str = "thirdparty_guest_book";

/// The official actors, untouched.
pub(crate) static OFFICIAL: LazyLock<Bundle> = LazyLock::new(|| {
    let bundle = official(&workspace(), Flavour::Calibrationnet).expect("the official bundle");
    loaded(&bundle)
});

/// The same with our Init, the suite, and a guest book that was added by `--add`.
pub(crate) static MERGED: LazyLock<Bundle> = LazyLock::new(|| {
    let workspace = workspace();
    let package = "holdfast_test_canonical";
    wasm::build(&[package]).expect("the guest book compiles");
    let file = wasm::module_file(&workspace, package);
    let options = BundleOptions {
        release: Flavour::Calibrationnet.into(),
        additions: vec![Module {
            name: GUEST_BOOK.to_owned(),
            file,
        }],
        replacements: Vec::new(),
        output: Some(workspace.target().join("bundle/init-tests.car")),
    };
    loaded(&build(&workspace, &options).expect("the merged bundle").bundle)
});

fn workspace() -> Workspace {
    Workspace::at(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a checkout")
}

fn loaded(bundle: &holdfast_bundle::Bundle) -> Bundle {
    let car = bundle.car().write().expect("a CAR");
    Bundle::from_car(&car).expect("a readable bundle")
}

/// A new network with five funded accounts of each kind.
pub(crate) fn network(bundle: &Bundle) -> Network {
    let options = Options {
        accounts: 5,
        ..Options::new(bundle.clone())
    };
    Network::start(&options).expect("a network")
}

/// The Init actor.
pub(crate) fn init() -> Address {
    Address::new_id(ids::INIT)
}

/// Whole FIL.
pub(crate) fn fil(n: u64) -> TokenAmount {
    TokenAmount::from_whole(n)
}

/// CBOR of a value.
pub(crate) fn cbor<T: serde::Serialize>(value: &T) -> Vec<u8> {
    to_vec(value).expect("CBOR")
}

/// Parameters of `Exec`.
pub(crate) fn exec_params(code: Cid, constructor_params: &[u8]) -> Vec<u8> {
    cbor(&(code, RawBytes::new(constructor_params.to_vec())))
}

/// All invariants of Init hold on this network.
#[track_caller]
pub(crate) fn assert_invariants(network: &Network) {
    let state: State = network.state(&init()).expect("the state of Init");
    invariants::check(&state, network.store().clone()).assert_none();
}

/// The code of the guest book.
pub(crate) fn guest_book(network: &Network) -> Cid {
    network.bundle().code(GUEST_BOOK).expect("the guest book's code")
}
