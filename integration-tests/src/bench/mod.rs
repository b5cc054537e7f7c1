//! Our actors beside OpenZeppelin's contracts: the same messages in the same network.
//!
//! [`measure`] runs the scripts for every contender; `docs/bench.md` and its charts show what it found. What a figure is,
//! `gas` says. Every token is called by calldata, so that a message differs only in its recipient.

mod access;
mod arena;
mod bulk;
mod contenders;
mod files;
pub mod growth;
mod page;
mod script;

pub use files::write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bundle::CALIBRATION;
use crate::solidity::pinned;
use crate::{World, gas};
use arena::Arena;
use contenders::CONTENDERS;
use script::SCRIPT;

/// Holders in the crowds.
const CROWDS: [u64; 2] = [1_000, 10_000];

/// What was measured, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bench {
    /// The compiler of our actors, as `rustc --version` says.
    pub compiler: String,
    /// The versions of the contracts and of their compiler.
    pub contracts: String,
    /// Gas by the name of the message and that of the contender.
    pub gas: BTreeMap<String, BTreeMap<String, u64>>,
}

/// The versions of the contracts and of their compiler, as they are pinned now.
fn contracts() -> String {
    let (contracts, solc) = (pinned("@openzeppelin/contracts"), pinned("solc"));
    format!("OpenZeppelin {contracts}, solc {solc}")
}

/// Measures every message of the script for every contender, and tells where it is.
///
/// # Panics
/// When a message fails.
pub fn measure(progress: impl Fn(&str)) -> Bench {
    let start = World::on(gas::start());
    let mut found: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for contender in CONTENDERS {
        progress(contender.name());
        let arena = Arena::new(*contender, &start, &CROWDS, &progress);
        for line in SCRIPT.iter().filter(|line| contender.has(line.needs)) {
            progress(&format!("  {}", line.title));
            let figures = found.entry(line.name.to_owned()).or_default();
            figures.insert(contender.name().to_owned(), line.measure(&arena));
        }
    }
    for (line, contender, gas) in access::measure(&progress) {
        let figures = found.entry(line.to_owned()).or_default();
        figures.insert(contender.to_owned(), gas);
    }
    Bench {
        compiler: CALIBRATION.compiler.clone(),
        contracts: contracts(),
        gas: found,
    }
}
