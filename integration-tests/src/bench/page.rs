//! What was measured, for people: `docs/bench.md` and `docs/bench.svg`, written from `snapshots/bench.json`.

use std::path::PathBuf;

use super::contenders::CONTENDERS;
use super::files::{cell, file, read};
use super::script::{Line, SCRIPT};
use super::{Bench, contracts};
use crate::chart::{Bars, Group};
use crate::gas::{Snapshot, differ};

/// The figures, from the top of the project.
const FIGURES: &str = "integration-tests/snapshots/bench.json";
/// The page.
const PAGE: &str = "docs/bench.md";
/// The chart.
const CHART: &str = "docs/bench.svg";
/// What our figures are called in `snapshots/gas.json`.
const OURS: &str = "token.";

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
    pub fn files(&self) -> [(PathBuf, String); 3] {
        let figures = serde_json::to_string_pretty(self).expect("figures");
        [
            (file(FIGURES), figures + "\n"),
            (file(PAGE), self.page()),
            (file(CHART), self.chart()),
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
        let ours = CONTENDERS[0].name();
        for (name, now) in gas.figures.get("gas").into_iter().flatten() {
            let name = name.strip_prefix(OURS).unwrap_or(name);
            let then = self.gas.get(name).and_then(|figures| figures.get(ours));
            if let Some(then) = then.filter(|then| differ(**then, *now, false)) {
                found.push(format!("{name}: measured {then}, snapshots/gas.json has {now}"));
            }
        }
        found
    }

    fn figure(&self, line: &Line, contender: usize) -> Option<u64> {
        let figures = self.gas.get(line.name)?;
        figures.get(CONTENDERS[contender].name()).copied()
    }

    fn chart(&self) -> String {
        let lines = SCRIPT.iter().filter(|line| line.charted);
        let groups = lines.map(|line| Group {
            name: line.title.to_owned(),
            gas: (0..CONTENDERS.len())
                .map(|contender| self.figure(line, contender))
                .collect(),
        });
        let bars = Bars {
            title: "Our token and OpenZeppelin's contracts on Filecoin",
            series: CONTENDERS.iter().map(|c| c.name().to_owned()).collect(),
            groups: groups.collect(),
        };
        bars.svg()
    }

    fn page(&self) -> String {
        let names: Vec<&str> = CONTENDERS.iter().map(|contender| contender.name()).collect();
        let mut table = format!(
            "| millions of gas | {} | ours of the closest |\n",
            names.join(" | ")
        );
        table += &format!("|---|{}---:|\n", "---:|".repeat(names.len()));
        for line in SCRIPT {
            let figures: Vec<Option<u64>> = (0..names.len()).map(|c| self.figure(line, c)).collect();
            let cells: Vec<String> = figures
                .iter()
                .map(|gas| gas.map_or("-".to_owned(), cell))
                .collect();
            let share = match (figures[0], figures[1..].iter().flatten().next()) {
                (Some(ours), Some(closest)) => format!("{} %", (ours * 200 + closest) / (closest * 2)),
                _ => "-".to_owned(),
            };
            table += &format!("| {} | {} | {share} |\n", line.title, cells.join(" | "));
        }
        let (compiler, contracts) = (&self.compiler, &self.contracts);
        format!(
            "# The token beside OpenZeppelin's contracts

The same messages in the same network, of the calibrationnet flavour: our token as a native actor, OpenZeppelin's contracts on the official EVM actor. Gas is exact and repeatable.

![gas of one message](bench.svg)

{table}
A figure is the gas of a whole message of an f1 sender, with its signature, at its length on the chain: the median of 16 pairs of sender and recipient. Every contender is called by calldata through `InvokeEVM`, so a message differs in
its recipient only. `balanceOf` and `getPastVotes` are messages here, as a contract's transaction would pay for them. The last column compares with the smallest of the contracts that has the method.

- The contracts are OpenZeppelin's, with an owner who mints (`Ownable2Step`) and `ERC20Burnable`: [`Peers.sol`](../integration-tests/solidity/contracts/peers/Peers.sol). They have no other code when they are measured.
- Many holders are written by the token's own library; in the contracts a loop makes them, in a contract of its own whose storage the measured one then gets.
- Measured with {compiler}; {contracts}, optimizer 200 runs, EVM version cancun.

To measure again: `make bench`. It writes this page, the chart and `integration-tests/snapshots/bench.json`, and says which figures have changed. `make test` says when the figures are off by more than 2 %, `make nightly` when they are off at all.
"
        )
    }
}
