//! The flavours of the official actors and the manifests they are pinned to.

use std::fmt;
use std::str::FromStr;

use cid::Cid;

use crate::Error;

/// The version of the official actors in every bundle.
pub const ACTORS_VERSION: u32 = 18;

/// Which policy constants the official actors were built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flavour {
    /// The calibration test network; used by the demo and most tests.
    Calibrationnet,
    /// The main network.
    Mainnet,
    /// Lotus' 2k development network.
    Devnet,
    /// Accepts made-up storage proofs, for tests with miners.
    TestingFakeProofs,
}

impl Flavour {
    /// All flavours, the most used first.
    pub const ALL: [Self; 4] = [
        Self::Calibrationnet,
        Self::Mainnet,
        Self::Devnet,
        Self::TestingFakeProofs,
    ];

    /// The flavour's name, as the official releases write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calibrationnet => "calibrationnet",
            Self::Mainnet => "mainnet",
            Self::Devnet => "devnet",
            Self::TestingFakeProofs => "testing-fake-proofs",
        }
    }

    /// The manifest CID of the official bundle of this flavour, in base32.
    pub const fn pinned_manifest(self) -> &'static str {
        match self {
            Self::Calibrationnet => "bafy2bzacebkfatnbe6w4rj7lf6gkjh7mywlrpdh2dj6hu2dl4rmtwksszm2hs",
            Self::Mainnet => "bafy2bzacedxsqapxwj5znwy4leem5gsuenhhfyqcntews3yis5iek67thy6lc",
            Self::Devnet => "bafy2bzaced35gjxagazf2fne5dakbok5abmivsh7cq7huwfuptebgwjmcpcf6",
            Self::TestingFakeProofs => "bafy2bzacebhqxufvuk42n44l2h3ilek5jrp7lgdyapnyu76j5ocgi5koxkh7u",
        }
    }

    /// The manifest CID of the official bundle of this flavour.
    ///
    /// # Panics
    /// Never: every pinned text is a CID, which a test proves.
    pub fn manifest(self) -> Cid {
        self.pinned_manifest()
            .parse()
            .expect("the pinned manifests are CIDs")
    }
}

impl fmt::Display for Flavour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Flavour {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|flavour| flavour.name() == text)
            .ok_or_else(|| Error::UnknownFlavour(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flavour_has_a_manifest_of_its_own() {
        let mut manifests: Vec<Cid> = Flavour::ALL.into_iter().map(Flavour::manifest).collect();
        manifests.sort();
        manifests.dedup();
        assert_eq!(manifests.len(), Flavour::ALL.len());
    }

    #[test]
    fn an_unknown_flavour_is_refused_with_the_four_that_exist() {
        let refusal = "butterflynet".parse::<Flavour>().unwrap_err().to_string();
        for flavour in Flavour::ALL {
            assert!(refusal.contains(flavour.name()), "{refusal}");
        }
    }
}
