//! `holdfast demo`: a network starts in this process, and the stories of the token and of a data set happen on it.

mod access;
mod bundle;
mod chain;
mod contract;
mod creation;
mod permit;
mod proof;
mod refusal;
mod tell;
mod transfers;
mod votes;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;
use holdfast_bundle::{Flavour, Workspace};
use holdfast_localnet::{Bundle, Network, Options};
use holdfast_runtime::idl::codec::show_amount;

use self::chain::Chain;
use self::tell::{chapter, fact, say};

/// What the story is told on.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The bundle [default: target/bundle/holdfast-calibrationnet.car]
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
}

/// Tells the story. Each step checks what it tells.
///
/// # Errors
/// At the first thing that is not as it should be.
pub(crate) fn run(args: &DemoArgs) -> Result<()> {
    let started = Instant::now();
    let (car, till, ward) = materials(args)?;
    bundle::contents(&car)?;
    let mut chain = start(&car)?;
    let ours = creation::by_filecoin_account(&mut chain)?;
    let theirs = creation::by_ethereum_account(&mut chain)?;
    transfers::by_frc46(&mut chain, &ours)?;
    transfers::by_erc20(&mut chain, &ours)?;
    let till = contract::opened(&mut chain, &ours, &till)?;
    permit::signed(&mut chain, &ours, &till)?;
    contract::spends(&mut chain, &ours, &till)?;
    refusal::explained(&mut chain, &ours)?;
    votes::counted(&mut chain, &ours)?;
    access::told(&mut chain, &ours, &ward)?;
    proof::checked_story(&chain, &[&ours, &theirs])?;
    say("\nEverything was as told.");
    eprintln!("in {} s", started.elapsed().as_secs());
    Ok(())
}

/// The bundle and the init code of the contracts `Till` and `Ward`; all are made beforehand.
fn materials(args: &DemoArgs) -> Result<(PathBuf, Vec<u8>, Vec<u8>)> {
    let car = match &args.bundle {
        Some(path) => path.clone(),
        None => Workspace::find()?.bundle_car(Flavour::Calibrationnet),
    };
    ensure!(
        car.is_file(),
        "there is no bundle at {}: run `make bundle`",
        car.display()
    );
    Ok((car, contract::init_code("Till")?, contract::init_code("Ward")?))
}

fn start(car: &std::path::Path) -> Result<Chain> {
    chapter("A network in this process");
    eprintln!("starting it: the official actors are compiled once, which takes some seconds");
    let began = Instant::now();
    let bundle = Bundle::read(car)?;
    let net = Network::start(&Options::new(bundle)).context("the network does not start")?;
    let profile = net.profile();
    fact(
        "network",
        &format!("{}, chain id {}", profile.network_name, profile.chain_id),
    );
    fact(
        "actors",
        &format!(
            "{} at genesis, each from its own constructor",
            net.actors()?.len()
        ),
    );
    fact(
        "machine",
        &format!("FVM, network version {}", profile.network_version),
    );
    fact("FIL", &format!("{} in all", show_amount(&net.total_fil()?)));
    eprintln!("started in {} ms", began.elapsed().as_millis());
    Chain::new(net)
}
