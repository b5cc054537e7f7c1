//! A network of the official calibrationnet actors in use, for the upgrade that Lotus rehearses on it.
//!
//! `cargo run -p holdfast_integration_tests --example calibration -- start STATE` writes its state tree as a CAR;
//! `.. -- go-on STATE BUNDLE` goes on from what an upgrade has made of the tree: it fails unless everything that was
//! there works as before and there can be tokens.

use std::path::Path;

use alloy_sol_types::{SolCall, sol};
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{ConstructorParams, TransferParams, method};
use holdfast_bundle::car::Car;
use holdfast_bundle::{Flavour, Workspace, official};
use holdfast_integration_tests::{solidity, tokens};
use holdfast_localnet::{
    Bundle, EthAddress, FIRST_MINER_ID, Head, Kind, Network, Options, Profile, State, Wallet,
};
use holdfast_runtime::method::Method;

sol! {
    function close(bool closed_) external;
    function closed() external view returns (bool);
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Where the first network stands when it is written, and where the second goes on.
const EPOCH: i64 = 100;
/// Methods of the official multisig.
const PROPOSE: u64 = 2;
const APPROVE: u64 = 3;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["start", state] => start(Path::new(state)),
        ["go-on", state, bundle] => go_on(Path::new(state), Path::new(bundle)),
        _ => Err("usage: calibration start STATE | calibration go-on STATE BUNDLE".into()),
    }
}

/// Makes a multisig with a pending proposal and a contract that holds state, and writes the tree of epoch 100.
fn start(state: &Path) -> Result<()> {
    let workspace = Workspace::at(env!("CARGO_MANIFEST_DIR").as_ref())?;
    let actors = Bundle::new(&official(&workspace, Flavour::Calibrationnet)?)?;
    let mut net = Network::start(&Options::new(actors))?;
    let [owner, friend, wallet] = people(&net);

    let signers = [owner.address(), friend.address()];
    let params = to_vec(&(signers, 2u64, 0i64, 0i64))?;
    let (vault, _) = net.exec(&owner, "multisig", &params, fil(10))?;
    let gift = to_vec(&(friend.address(), fil(3), 0u64, RawBytes::default()))?;
    let proposed = net.send(&owner, vault.id_address, fil(0), PROPOSE, gift)?;
    proposed.ok("Propose")?;

    let (contract, _) = net.deploy_evm(&wallet, &solidity::initcode("Frc46Holder"), fil(0))?;
    close(&mut net, &wallet, contract.id, true)?;

    net.advance((EPOCH - net.epoch()).try_into()?)?;
    std::fs::write(state, net.export_car()?)?;
    println!("{}", net.head().root);
    Ok(())
}

fn go_on(state: &Path, bundle: &Path) -> Result<()> {
    let mut net = open(state, Bundle::read(bundle)?)?;
    let [owner, friend, wallet] = people(&net);
    let (vault, contract) = (made(&net, "multisig")?, made(&net, "evm")?);

    let left = net.balance(&vault)?;
    check(left == fil(10), "the multisig holds", &left)?;
    let approval = to_vec(&(0u64, RawBytes::default()))?;
    let approved = net.send(&friend, vault, fil(0), APPROVE, approval)?;
    approved.ok("Approve")?;
    let left = net.balance(&vault)?;
    check(left == fil(7), "after its gift the multisig holds", &left)?;

    let shut = is_closed(&net, &wallet, contract.id()?)?;
    check(shut, "the contract is closed", &shut)?;
    close(&mut net, &wallet, contract.id()?, false)?;

    let token = token(&mut net, &owner)?;
    let params = TransferParams {
        to: contract,
        amount: tokens(5),
        operator_data: RawBytes::default(),
    };
    let paid = net.send(&owner, token, fil(0), method::Transfer::NUMBER, to_vec(&params)?)?;
    paid.ok("Transfer")?;
    let asked = to_vec(&contract)?;
    let held = net.view(wallet.address(), token, method::BalanceOf::NUMBER, asked)?;
    let held: TokenAmount = held.ok("BalanceOf")?.decode()?;
    check(held == tokens(5), "the old contract's tokens", &held)?;
    println!(
        "a token at {}, {held} of it in the contract at {}",
        net.display(&token),
        net.display(&contract)
    );
    Ok(())
}

/// The network of [`start`] with another tree and its bundle.
fn open(state: &Path, bundle: Bundle) -> Result<Network> {
    let car = std::fs::read(state)?;
    let head = Head {
        root: Car::read(&car)?.root(),
        epoch: EPOCH,
        base_fee: TokenAmount::from_atto(Profile::calibration().initial_base_fee),
    };
    let state = State {
        car,
        head,
        chain: None,
        miner: FIRST_MINER_ID,
    };
    Ok(Network::open(&Options::new(bundle), state)?)
}

fn people(net: &Network) -> [Wallet; 3] {
    [Kind::Secp256k1, Kind::Bls, Kind::Eth].map(|kind| net.account(kind, 0))
}

/// The actor of this name that somebody has made after the genesis.
fn made(net: &Network, name: &str) -> Result<Address> {
    let actors = net.actors()?;
    let mut found = actors
        .iter()
        .filter(|actor| actor.name == name && actor.id > FIRST_MINER_ID);
    let found = found.next().ok_or_else(|| format!("the state has no {name}"))?;
    Ok(Address::new_id(found.id))
}

fn close(net: &mut Network, from: &Wallet, contract: u64, shut: bool) -> Result<()> {
    let call = closeCall { closed_: shut }.abi_encode();
    let (receipt, _) = net.call_evm(from, EthAddress::from_id(contract), fil(0), &call)?;
    receipt.ok("close")?;
    Ok(())
}

fn is_closed(net: &Network, from: &Wallet, contract: u64) -> Result<bool> {
    let call = closedCall {}.abi_encode();
    let (_, answer) = net.view_evm(from.address(), EthAddress::from_id(contract), &call)?;
    Ok(closedCall::abi_decode_returns(&answer)?)
}

fn token(net: &mut Network, owner: &Wallet) -> Result<Address> {
    let params = ConstructorParams {
        name: "Harbour".to_owned(),
        symbol: "HRB".to_owned(),
        owner: Some(owner.address()),
        supply_cap: None,
        initial_holder: Some(owner.address()),
        initial_supply: tokens(1_000),
        voting: true,
    };
    let (created, _) = net.exec(owner, "holdfast_token", &to_vec(&params)?, fil(0))?;
    Ok(created.id_address)
}

fn check(holds: bool, what: &str, found: &dyn std::fmt::Display) -> Result<()> {
    if holds {
        Ok(())
    } else {
        Err(format!("{what}: {found}").into())
    }
}

fn fil(amount: u64) -> TokenAmount {
    TokenAmount::from_whole(amount)
}
