//! The flavours of the official actors.

use std::fmt;
use std::str::FromStr;

use crate::Error;

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
    fn an_unknown_flavour_is_refused_with_the_four_that_exist() {
        let refusal = "butterflynet".parse::<Flavour>().unwrap_err().to_string();
        for flavour in Flavour::ALL {
            assert!(refusal.contains(flavour.name()), "{refusal}");
        }
    }
}
