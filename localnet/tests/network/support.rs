//! Bundles and networks for the tests.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{Bundle, Network, Options};

/// The calibrationnet flavour.
pub(crate) static CALIBRATION: LazyLock<Bundle> = LazyLock::new(|| bundle("calibrationnet"));

/// A bundle of this flavour: the built one, or the official one in the folder that `HOLDFAST_OFFICIAL_BUNDLE` names.
pub(crate) fn bundle(flavour: &str) -> Bundle {
    let built = target().join(format!("bundle/holdfast-{flavour}.car"));
    let official = std::env::var_os("HOLDFAST_OFFICIAL_BUNDLE")
        .map(|dir| PathBuf::from(dir).join(format!("{flavour}.car")));
    let found = [Some(built.clone()), official]
        .into_iter()
        .flatten()
        .find(|path| path.exists());
    let path = found.unwrap_or_else(|| {
        panic!(
            "no bundle at {}: build it with `holdfast bundle build`",
            built.display()
        )
    });
    Bundle::read(&path).expect("a readable bundle")
}

fn target() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(default, PathBuf::from)
}

/// A new calibration-like network.
pub(crate) fn network() -> Network {
    Network::start(&Options::new(CALIBRATION.clone())).expect("a network")
}

/// Whole FIL.
pub(crate) fn fil(n: u64) -> TokenAmount {
    TokenAmount::from_whole(n)
}
