//! Measures our token with up to a million holders, writes `docs/growth.md`, `docs/growth.svg` and
//! `snapshots/growth.json`, and says what has changed: `make bench`.

use holdfast_integration_tests::bench::growth::measure;
use holdfast_integration_tests::bench::write;

fn main() -> std::io::Result<()> {
    write(measure(|step| eprintln!("{step}")).files())
}
