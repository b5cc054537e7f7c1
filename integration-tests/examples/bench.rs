//! Measures our token beside OpenZeppelin's contracts, writes `docs/bench.md`, `docs/bench.svg` and
//! `snapshots/bench.json`, and says what has changed: `make bench`.

use holdfast_integration_tests::bench::measure;

fn main() -> std::io::Result<()> {
    let measured = measure(|step| eprintln!("{step}"));
    for (path, text) in measured.files() {
        let before = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(&path, &text)?;
        let verdict = if before == text {
            "as before"
        } else {
            "has changed"
        };
        println!("{}: {verdict}", path.display());
    }
    Ok(())
}
