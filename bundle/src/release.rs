//! The official bundles: which versions there are, and the manifests they are pinned to.

use std::fmt;
use std::str::FromStr;

use cid::Cid;
use serde::{Deserialize, Serialize};

use crate::{Error, Flavour};

/// A version of the official actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub enum ActorsVersion {
    /// Of network version 27.
    V17,
    /// Of network version 28, live on mainnet and calibrationnet: the default of everything.
    #[default]
    V18,
    /// Of network version 29. Lotus v1.36.1 embeds the bytes of release v18.0.0 for it, on every network.
    V19,
}

impl ActorsVersion {
    /// All versions, the oldest first.
    pub const ALL: [Self; 3] = [Self::V17, Self::V18, Self::V19];

    /// The version's number.
    pub const fn number(self) -> u32 {
        match self {
            Self::V17 => 17,
            Self::V18 => 18,
            Self::V19 => 19,
        }
    }

    /// The release of the official actors whose bytes Lotus v1.36.1 embeds for this version.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::V17 => "v17.0.0",
            Self::V18 | Self::V19 => "v18.0.0",
        }
    }
}

impl From<ActorsVersion> for u32 {
    fn from(version: ActorsVersion) -> Self {
        version.number()
    }
}

impl TryFrom<u32> for ActorsVersion {
    type Error = Error;

    fn try_from(number: u32) -> Result<Self, Error> {
        number.to_string().parse()
    }
}

impl fmt::Display for ActorsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

impl FromStr for ActorsVersion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|version| version.to_string() == text)
            .ok_or_else(|| Error::UnknownActorsVersion(text.to_owned()))
    }
}

/// One official bundle: a version of the actors, built in a flavour. A flavour alone means version 18.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Release {
    /// The version of the actors.
    pub actors: ActorsVersion,
    /// The policy constants they were built with.
    pub flavour: Flavour,
}

impl From<Flavour> for Release {
    fn from(flavour: Flavour) -> Self {
        Self::new(ActorsVersion::default(), flavour)
    }
}

impl Release {
    /// A version in a flavour.
    pub const fn new(actors: ActorsVersion, flavour: Flavour) -> Self {
        Self { actors, flavour }
    }

    /// The name that files of this bundle carry: the flavour, and the version unless it is 18.
    pub fn file_stem(self) -> String {
        let Self { actors, flavour } = self;
        if actors == ActorsVersion::default() {
            flavour.name().to_owned()
        } else {
            format!("{flavour}-v{actors}")
        }
    }

    /// The manifest CID of this official bundle, in base32.
    pub const fn pinned_manifest(self) -> &'static str {
        match self.actors {
            ActorsVersion::V17 => match self.flavour {
                Flavour::Calibrationnet => "bafy2bzacecn64rlb52rjsvgopnidz6w42z3zobmjxqek5s4xqjh3ly47rcurg",
                Flavour::Mainnet => "bafy2bzaceai74ppsvuxs3nvpzzeuptdr3wl7vmdpbphvtz4qt5hfq2qdfvz3e",
                Flavour::Devnet => "bafy2bzaceasvgkke3j4cs3xsxnjswpcdmokkvkiehzxzcgfox3ozlehimbuqk",
                Flavour::TestingFakeProofs => {
                    "bafy2bzacedws3pjlpe4zm3pkgjvu6uovegk7osexwlpwkevkqulhqqqkic6b2"
                }
            },
            ActorsVersion::V18 | ActorsVersion::V19 => match self.flavour {
                Flavour::Calibrationnet => "bafy2bzacebkfatnbe6w4rj7lf6gkjh7mywlrpdh2dj6hu2dl4rmtwksszm2hs",
                Flavour::Mainnet => "bafy2bzacedxsqapxwj5znwy4leem5gsuenhhfyqcntews3yis5iek67thy6lc",
                Flavour::Devnet => "bafy2bzaced35gjxagazf2fne5dakbok5abmivsh7cq7huwfuptebgwjmcpcf6",
                Flavour::TestingFakeProofs => {
                    "bafy2bzacebhqxufvuk42n44l2h3ilek5jrp7lgdyapnyu76j5ocgi5koxkh7u"
                }
            },
        }
    }

    /// The manifest CID of this official bundle.
    ///
    /// # Panics
    /// Never: every pinned text is a CID, which a test proves.
    pub fn manifest(self) -> Cid {
        self.pinned_manifest()
            .parse()
            .expect("the pinned manifests are CIDs")
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of the actors v{}", self.flavour, self.actors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flavours_of_a_version_have_manifests_of_their_own() {
        for actors in ActorsVersion::ALL {
            let release = |flavour| Release::new(actors, flavour).manifest();
            let mut manifests = Flavour::ALL.map(release).to_vec();
            manifests.sort();
            manifests.dedup();
            assert_eq!(manifests.len(), Flavour::ALL.len(), "v{actors}");
        }
    }

    #[test]
    fn version_18_has_the_plain_file_names_and_the_others_say_theirs() {
        let stem = |actors| Release::new(actors, Flavour::Devnet).file_stem();
        assert_eq!(
            ActorsVersion::ALL.map(stem),
            ["devnet-v17", "devnet", "devnet-v19"]
        );
    }

    #[test]
    fn an_unknown_version_is_refused_with_the_three_that_exist() {
        for text in ["16", "20", "v18", "018", ""] {
            let refusal = text.parse::<ActorsVersion>().unwrap_err().to_string();
            assert!(refusal.contains("17, 18 or 19"), "{refusal}");
        }
    }
}
