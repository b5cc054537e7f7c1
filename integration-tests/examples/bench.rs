//! Measures our token beside OpenZeppelin's contracts, writes `docs/bench.md`, `docs/bench.svg` and
//! `snapshots/bench.json`, and says what has changed: `make bench`.

use holdfast_integration_tests::bench::{measure, write};

fn main() -> std::io::Result<()> {
    write(measure(|step| eprintln!("{step}")).files())
}
