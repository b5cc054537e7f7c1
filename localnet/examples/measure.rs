//! Measures a network's start and its null rounds: `cargo run -p holdfast_localnet --example measure -- <bundle.car> [rounds]`.

use std::time::Instant;

use holdfast_localnet::{Bundle, Kind, Network, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: measure <bundle.car> [rounds]")?;
    let rounds: u64 = args.next().map_or(Ok(10_000), |n| n.parse())?;
    let options = Options::new(timed("read the bundle", || Bundle::read(&path))?);
    timed("first network of the process (compiles 10 actors)", || {
        Network::start(&options)
    })?;
    let mut net = timed("second network", || Network::start(&options))?;
    timed(&format!("{rounds} null rounds"), || net.advance(rounds))?;
    let (from, to) = (
        net.account(Kind::Secp256k1, 0),
        net.account(Kind::Bls, 0).address(),
    );
    timed("a first transfer and its tipset", || {
        net.send(&from, to, Default::default(), 0, Vec::new())
    })?;
    timed("a second one", || {
        net.send(&from, to, Default::default(), 0, Vec::new())
    })?;
    Ok(())
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    println!("{what}: {} ms", start.elapsed().as_millis());
    result
}
