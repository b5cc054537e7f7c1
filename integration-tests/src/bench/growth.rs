//! What messages cost as a token or a data set grows: gas against the number of holders or grants, as `docs/growth.md`
//! shows it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use alloy_primitives::U256;
use alloy_sol_types::SolCall;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::token::{TransferParams, method};
use holdfast_runtime::method::Method;
use serde::{Deserialize, Serialize};

use super::arena::Arena;
use super::files::{cell, file, read};
use super::script::{approve, balance_of, delegate, mint, transfer};
use crate::bundle::CALIBRATION;
use crate::chart::{Curve, Curves, spaced};
use crate::conformance::HoldfastToken;
use crate::conformance::votes::IVotes::{delegateCall, getPastVotesCall};
use crate::gas::{self, Pair, Snapshot, access, differ, eth, median_of_pairs, prepared};
use crate::message::Message;
use crate::{World, tokens};

/// The figures, from the top of the project.
const FIGURES: &str = "integration-tests/snapshots/growth.json";
/// The page.
const PAGE: &str = "docs/growth.md";
/// The token's chart.
const CHART: &str = "docs/growth.svg";
/// The chart of a data set.
const ACCESS_CHART: &str = "docs/growth-access.svg";
/// Holders.
const SIZES: [u64; 6] = [1, 100, 1_000, 10_000, 100_000, 1_000_000];

/// The most gas that ten times as many holders add to a message, which changes two paths of a tree.
const TENFOLD: u64 = 5_000_000;

/// A message among so many holders.
type Among = fn(&mut Pair<'_, Arena<'_>>, u64) -> Message;

/// What is measured, in the order of the table.
const METHODS: &[(&str, Among)] = &[
    ("ERC-20 transfer", transfer),
    ("FRC-46 Transfer", frc46_transfer),
    ("approve", approve),
    ("balanceOf", balance_of),
    ("mint", mint),
    ("delegate", delegate),
    ("getPastVotes", past_votes),
];

/// Grants in a data set, beside the one that a message is about.
const GRANTS: [u64; 5] = [0, 1_000, 10_000, 100_000, 1_000_000];

/// A message about a data set with so many grants.
type InDataSet = fn(&mut Pair<'_>, u64) -> Message;

/// What is measured of data sets, in the order of the table.
const ACCESS: &[(&str, InDataSet)] = &[
    ("Grant", |p, others| access::grant(p, others + 1)),
    ("Revoke", |p, others| access::revoke(p, others + 1)),
    ("HasAccess", |p, others| access::has_access(p, others + 1)),
    ("ListGrants, 100 subjects", |p, others| {
        access::list_grants(p, others + 1)
    }),
];

/// Figures that are in `snapshots/gas.json` too: their name there, the method, the holders.
const SHARED: &[(&str, &str, u64)] = &[
    ("token.erc20_transfer@1000", "ERC-20 transfer", 1_000),
    ("token.erc20_transfer@10000", "ERC-20 transfer", 10_000),
    ("token.transfer@1000", "FRC-46 Transfer", 1_000),
    ("token.erc20_balance_of@1000", "balanceOf", 1_000),
    ("access.grant@1", "Grant", 0),
    ("access.grant@1001", "Grant", 1_000),
    ("access.grant@10001", "Grant", 10_000),
    ("access.revoke@1001", "Revoke", 1_000),
    ("access.has_access@1001", "HasAccess", 1_000),
];

/// What was measured, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    /// The compiler of the token, as `rustc --version` says.
    pub compiler: String,
    /// Gas by method and number of holders, or of other grants.
    pub gas: BTreeMap<String, BTreeMap<u64, u64>>,
}

/// Measures every method at every size, and tells where it is.
///
/// # Panics
/// When a message fails.
pub fn measure(progress: impl Fn(&str)) -> Growth {
    let start = World::on(gas::start());
    let crowds = SIZES.split_first().map_or(&[][..], |(_, crowds)| crowds);
    let mut arena = Arena::new(&HoldfastToken, &start, crowds, &progress);
    arena.count_votes(&progress);
    let mut found: BTreeMap<String, BTreeMap<u64, u64>> = BTreeMap::new();
    for (name, message) in METHODS {
        progress(name);
        let at = |holders| median_of_pairs(name, &arena, |pair| message(pair, holders));
        let figures = SIZES.iter().map(|holders| (*holders, at(*holders)));
        found.insert((*name).to_owned(), figures.collect());
    }
    drop(arena);
    progress("a data set with up to a million grants");
    let start = prepared(&GRANTS[1..]);
    for (name, message) in ACCESS {
        progress(name);
        let at = |others| median_of_pairs(name, &start, |pair| message(pair, others));
        let figures = GRANTS.iter().map(|others| (*others, at(*others)));
        found.insert((*name).to_owned(), figures.collect());
    }
    Growth {
        compiler: CALIBRATION.compiler.clone(),
        gas: found,
    }
}

/// To an account, receiver hook included.
fn frc46_transfer(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    pair.among(holders);
    let params = TransferParams {
        to: Address::new_id(pair.recipient_id),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    Message::call(pair.start.token, method::Transfer::NUMBER, &params)
}

/// The votes of one delegate of so many, some time ago.
fn past_votes(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    let arena = pair.start;
    if let Some(electorate) = arena.electorates.get(&holders) {
        pair.network = electorate.fork();
    } else {
        pair.among(holders);
        let delegatee = eth(pair.recipient_id);
        arena.send(
            &mut pair.network,
            &pair.sender,
            &delegateCall { delegatee }.abi_encode(),
        );
    }
    let then = u64::try_from(pair.network.epoch()).expect("an epoch");
    pair.network.advance(1).expect("a null round");
    pair.call(&getPastVotesCall {
        account: eth(pair.recipient_id),
        timepoint: U256::from(then),
    })
}

impl Growth {
    /// The committed figures.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn committed() -> Self {
        read(FIGURES)
    }

    /// Figures, page and chart, each with the file that it belongs in.
    ///
    /// # Panics
    /// When there are no figures.
    pub fn files(&self) -> [(PathBuf, String); 4] {
        let figures = serde_json::to_string_pretty(self).expect("figures");
        [
            (file(FIGURES), figures + "\n"),
            (file(PAGE), self.page()),
            (file(CHART), self.chart()),
            (file(ACCESS_CHART), self.access_chart()),
        ]
    }

    /// Why the figures have to be measured anew: those that `snapshots/gas.json` has too are others there.
    pub fn stale(&self, gas: &Snapshot) -> Vec<String> {
        let mut found = Vec::new();
        for (name, method, holders) in SHARED {
            let then = self.gas.get(*method).and_then(|figures| figures.get(holders));
            let now = gas.figures.get("gas").and_then(|figures| figures.get(*name));
            if let (Some(then), Some(now)) = (then, now)
                && differ(*then, *now, false)
            {
                found.push(format!(
                    "{method} among {holders}: measured {then}, snapshots/gas.json has {now}"
                ));
            }
        }
        found
    }

    /// What grows faster than the depth of a tree does, from one size to the next: each tenfold may add 5 M gas.
    pub fn steep(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (method, figures) in &self.gas {
            for ((fewer, least), (holders, gas)) in figures.iter().zip(figures.iter().skip(1)) {
                let tenfolds = u64::from((holders / fewer.max(&1)).max(1).ilog10());
                let most = least + tenfolds * TENFOLD;
                if *gas > most {
                    found.push(format!(
                        "{method} costs {gas} among {holders} and {least} among {fewer}, and may cost {most}"
                    ));
                }
            }
        }
        found
    }

    fn chart(&self) -> String {
        let curves = METHODS.iter().map(|(name, _)| Curve {
            name: (*name).to_owned(),
            points: self.points(name),
        });
        let curves = Curves {
            title: "What the token's messages cost as it grows",
            entries: "holders",
            curves: curves.collect(),
        };
        curves.svg()
    }

    fn access_chart(&self) -> String {
        // No others are shown as one, since the axis is logarithmic.
        let points = |name| {
            self.points(name)
                .into_iter()
                .map(|(others, gas)| (others.max(1), gas))
        };
        let curves = ACCESS.iter().map(|(name, _)| Curve {
            name: (*name).to_owned(),
            points: points(name).collect(),
        });
        let curves = Curves {
            title: "What messages cost as a data set grows",
            entries: "other grants in the data set",
            curves: curves.collect(),
        };
        curves.svg()
    }

    fn points(&self, name: &str) -> Vec<(u64, u64)> {
        let figures = self.gas.get(name).into_iter().flatten();
        figures.map(|(holders, gas)| (*holders, *gas)).collect()
    }

    fn table(&self, over: &str, sizes: &[u64], names: impl Iterator<Item = &'static str>) -> String {
        let columns: Vec<String> = sizes.iter().map(|size| spaced(*size)).collect();
        let mut table = format!(
            "| millions of gas, {over} | {} |\n|---|{}\n",
            columns.join(" | "),
            "---:|".repeat(sizes.len())
        );
        for name in names {
            let cells: Vec<String> = self.points(name).iter().map(|(_, gas)| cell(*gas)).collect();
            table += &format!("| {name} | {} |\n", cells.join(" | "));
        }
        table
    }

    fn page(&self) -> String {
        let token = self.table("among holders", &SIZES, METHODS.iter().map(|(name, _)| *name));
        let access = self.table("other grants", &GRANTS, ACCESS.iter().map(|(name, _)| *name));
        format!(
            "# What messages cost as a state grows

Gas of whole messages of an f1 sender, the median of 16 pairs of sender and recipient whose ids lie all over those of the other holders.

## A token

![gas against holders](growth.svg)

{token}
Balances lie in a tree that is ordered by id, whose top is in the root of the state ([the layout](../actors/token/README.md)). With one holder the recipient of a transfer or mint is a new one. Holders are made by the token's own library by rising id,
as accounts come about; beyond 10 000 four at a time. `delegate` is a holder's first; `getPastVotes` is asked where each of the holders has a checkpoint of votes.

## A data set

![gas against other grants](growth-access.svg)

{access}
The sender owns the data set, and the recipient is the subject of the grant. Grants lie in a tree by data set and subject, and in the same tree it stands in which data sets a subject has some, so a subject's first grant changes two of its leaves, and whatever
comes later one. Grants are made by the actor's own library by rising id of their subjects; beyond 10 000 eight at a time.

Measured with {compiler}.

To measure again: `make bench`, which also says which figures have changed. OpenZeppelin's contracts beside it: [bench.md](bench.md).
",
            compiler = self.compiler,
        )
    }
}
