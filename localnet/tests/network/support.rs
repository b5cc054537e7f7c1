//! Bundles and networks for the tests.

use std::sync::LazyLock;

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use holdfast_bundle::{Flavour, Workspace};
use holdfast_localnet::{BLOCK_GAS_LIMIT, Bundle, Network, Options, Wallet};

/// The official actors of calibration.
pub(crate) static CALIBRATION: LazyLock<Bundle> = LazyLock::new(|| official(Flavour::Calibrationnet));

/// This checkout.
pub(crate) fn workspace() -> Workspace {
    Workspace::at(env!("CARGO_MANIFEST_DIR").as_ref()).expect("a checkout")
}

/// The official actors of a flavour.
pub(crate) fn official(flavour: Flavour) -> Bundle {
    let bundle = holdfast_bundle::official(&workspace(), flavour).expect("an official bundle");
    Bundle::new(&bundle).expect("a readable manifest")
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
