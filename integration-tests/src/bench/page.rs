//! What was measured, for people: `docs/bench.md` and its charts, written from `snapshots/bench.json`.

use std::path::PathBuf;

use super::contenders::CONTENDERS;
use super::files::{cell, file, read};
use super::script::SCRIPT;
use super::{Bench, access, contracts};
use crate::chart::{Bars, Group};
use crate::gas::{Snapshot, differ};

/// The figures, from the top of the project.
const FIGURES: &str = "integration-tests/snapshots/bench.json";
/// The page.
const PAGE: &str = "docs/bench.md";
/// The token's chart.
const CHART: &str = "docs/bench.svg";
/// The chart of the access actor.
const ACCESS_CHART: &str = "docs/bench-access.svg";
/// What the token's figures are called in `snapshots/gas.json`.
const TOKEN: &str = "token.";

/// What is compared.
pub(super) struct Table {
    /// The contenders, ours first.
    pub(super) names: Vec<&'static str>,
    /// The messages.
    pub(super) rows: Vec<Row>,
}

/// One message.
pub(super) struct Row {
    /// Its name among the figures.
    pub(super) name: &'static str,
    /// What people call it.
    pub(super) title: &'static str,
    /// Whether it is small enough for a chart beside the others.
    pub(super) charted: bool,
}

fn token() -> Table {
    let rows = SCRIPT.iter().map(|line| Row {
        name: line.name,
        title: line.title,
        charted: line.charted,
    });
    Table {
        names: CONTENDERS.iter().map(|contender| contender.name()).collect(),
        rows: rows.collect(),
    }
}

impl Bench {
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
            (
                file(CHART),
                self.chart("Our token and OpenZeppelin's contracts on Filecoin", &token()),
            ),
            (
                file(ACCESS_CHART),
                self.chart(
                    "A data set and OpenZeppelin's contracts on Filecoin",
                    &access::table(),
                ),
            ),
        ]
    }

    /// Why the figures have to be measured anew: other contracts are pinned, or the token's own figures have changed by
    /// more than another compiler explains. Smaller changes `make nightly` finds.
    pub fn stale(&self, gas: &Snapshot) -> Vec<String> {
        let mut found = Vec::new();
        if self.contracts != contracts() {
            found.push(format!(
                "measured with {}, pinned are {}",
                self.contracts,
                contracts()
            ));
        }
        let ours = [token().names[0], access::table().names[0]];
        for (name, now) in gas.figures.get("gas").into_iter().flatten() {
            let name = name.strip_prefix(TOKEN).unwrap_or(name);
            let figures = self.gas.get(name);
            let then = figures.and_then(|figures| ours.iter().find_map(|ours| figures.get(*ours)));
            if let Some(then) = then.filter(|then| differ(**then, *now, false)) {
                found.push(format!("{name}: measured {then}, snapshots/gas.json has {now}"));
            }
        }
        found
    }

    fn figure(&self, row: &Row, contender: &str) -> Option<u64> {
        self.gas.get(row.name)?.get(contender).copied()
    }

    fn chart(&self, title: &str, table: &Table) -> String {
        let rows = table.rows.iter().filter(|row| row.charted);
        let groups = rows.map(|row| Group {
            name: row.title.to_owned(),
            gas: table.names.iter().map(|name| self.figure(row, name)).collect(),
        });
        let bars = Bars {
            title,
            series: table.names.iter().map(|name| (*name).to_owned()).collect(),
            groups: groups.collect(),
        };
        bars.svg()
    }

    fn table(&self, Table { names, rows }: &Table) -> String {
        let mut table = format!(
            "| millions of gas | {} | ours of the closest |\n",
            names.join(" | ")
        );
        table += &format!("|---|{}---:|\n", "---:|".repeat(names.len()));
        for row in rows {
            let figures: Vec<Option<u64>> = names.iter().map(|name| self.figure(row, name)).collect();
            let cells: Vec<String> = figures
                .iter()
                .map(|gas| gas.map_or("-".to_owned(), cell))
                .collect();
            let closest = figures[1..].iter().flatten();
            let share = match (figures[0], closest.min()) {
                (Some(ours), Some(closest)) => format!("{} %", (ours * 200 + closest) / (closest * 2)),
                _ => "-".to_owned(),
            };
            table += &format!("| {} | {} | {share} |\n", row.title, cells.join(" | "));
        }
        table
    }

    fn page(&self) -> String {
        let (token, access) = (self.table(&token()), self.table(&access::table()));
        let (compiler, contracts) = (&self.compiler, &self.contracts);
        format!(
            "# Our actors beside OpenZeppelin's contracts

The same messages in the same network, of the calibrationnet flavour: ours as native actors, OpenZeppelin's contracts on the official EVM actor. Gas is exact and repeatable.

## The token

![gas of one message](bench.svg)

{token}
A figure is the gas of a whole message of an f1 sender, with its signature, at its length on the chain: the median of 16 pairs of sender and recipient. Every contender is called by calldata through `InvokeEVM`, so a message differs in
its recipient only. `balanceOf` and `getPastVotes` are messages here, as a contract's transaction would pay for them. The last column compares with the smallest of the contracts that has the method.

- The contracts are OpenZeppelin's, with an owner who mints (`Ownable2Step`) and `ERC20Burnable`: [`Peers.sol`](../integration-tests/solidity/contracts/peers/Peers.sol). They have no other code when they are measured.
- Many holders are written by the token's own library; in the contracts a loop makes them, in a contract of its own whose storage the measured one then gets.

## Data sets

![gas of one message about a data set](bench-access.svg)

{access}
The contracts are `AccessControl` with as little as lets a role end, and `AccessManager` as it is, whose roles do not end: [`Access.sol`](../integration-tests/solidity/contracts/peers/Access.sol). A contract keeps one data set, so making one is deploying it. Ours also keeps
in which data sets a subject has grants, which neither contract does: a subject's first grant in a data set writes two paths of the tree of grants. Contracts are called by calldata, ours by its method numbers; the owner sends, and the recipient of a pair is the subject. A check is a message here, as a contract's
transaction would pay for it.

Measured with {compiler}; {contracts}, optimizer 200 runs, EVM version cancun.

To measure again: `make bench`. It writes this page, the charts and `integration-tests/snapshots/bench.json`, and says which figures have changed. `make test` says when the figures are off by more than 2 %, `make nightly` when they are off at all.
"
        )
    }
}
