//! Bundles and networks for the tests.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use holdfast_localnet::{BLOCK_GAS_LIMIT, Bundle, Network, Options, Wallet};

/// The calibrationnet flavour: the built bundle, or the official one when none is built.
pub(crate) static CALIBRATION: LazyLock<Bundle> = LazyLock::new(|| {
    let built = target().join("bundle/holdfast-calibrationnet.car");
    if built.exists() {
        Bundle::read(built).expect("a readable bundle")
    } else {
        official("calibrationnet")
    }
});

/// The official bundle of a flavour, from where `holdfast bundle official` puts it or from the folder that
/// `HOLDFAST_OFFICIAL_BUNDLE` names.
pub(crate) fn official(flavour: &str) -> Bundle {
    let fetched = target().join("official");
    let given = std::env::var_os("HOLDFAST_OFFICIAL_BUNDLE").map(PathBuf::from);
    let places = [Some(fetched), given]
        .into_iter()
        .flatten()
        .map(|dir| dir.join(format!("{flavour}.car")));
    let path = places.into_iter().find(|path| path.exists());
    let path = path.unwrap_or_else(|| panic!("run `holdfast bundle official --flavour {flavour}` first"));
    Bundle::read(path).expect("a readable bundle")
}

fn target() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(default, PathBuf::from)
}

/// A new calibration-like network.
pub(crate) fn network() -> Network {
    Network::start(&options()).expect("a network")
}

/// The options of [`network`].
pub(crate) fn options() -> Options {
    Options::new(CALIBRATION.clone())
}

/// Whole FIL.
pub(crate) fn fil(n: u64) -> TokenAmount {
    TokenAmount::from_whole(n)
}

/// A plain transfer that the pool takes, to be spoilt by a test.
pub(crate) fn transfer(net: &Network, from: &Wallet, to: Address) -> Message {
    let (gas_fee_cap, gas_premium) = net.usual_fees();
    Message {
        version: 0,
        from: from.address(),
        to,
        sequence: net.next_nonce(&from.address()).unwrap(),
        value: fil(1),
        method_num: 0,
        params: Vec::new().into(),
        gas_limit: BLOCK_GAS_LIMIT / 100,
        gas_fee_cap,
        gas_premium,
    }
}
