//! The accounts of the pairs, and the holders among whom they lie.
//!
//! Ids are given in the order in which actors come about, so accounts that a genesis makes lie side by side, and a tree
//! ordered by ids would change one path for both of a pair. Real holders came to their accounts years apart: here the
//! accounts lie all over the ids that holders have.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{InitState, Kind, Network, Wallet, ids};

use super::PAIRS;

/// The first id of holders. Those of mainnet have up to seven digits.
const FIRST: ActorID = 1_000_000;
/// How many ids there are from the first holder to the last.
const SPAN: u64 = 3_200_000;
/// The number of the first account; genesis has made those before.
const ACCOUNTS: u32 = 1_000;

/// An account of the pairs, by its place.
pub(crate) fn account(network: &Network, number: u32) -> Wallet {
    network.account(Kind::Secp256k1, ACCOUNTS + number)
}

/// The ids of the pairs' accounts.
pub(crate) fn accounts() -> impl Iterator<Item = ActorID> {
    (0..2 * PAIRS).map(|number| FIRST + u64::from(number) * SPAN / u64::from(2 * PAIRS))
}

/// Gives every pair its accounts.
///
/// # Panics
/// When a message fails.
pub(crate) fn settle(network: &mut Network) {
    let (init, funder) = (Address::new_id(ids::INIT), network.account(Kind::Secp256k1, 0));
    for (number, id) in (0..).zip(accounts()) {
        next_id(network, &init, id);
        let (to, fil) = (account(network, number).address(), TokenAmount::from_whole(1_000));
        let sent = network.send(&funder, to, fil, 0, Vec::new());
        let made = sent.and_then(|receipt| receipt.ok("an account"));
        made.unwrap_or_else(|error| panic!("no account: {error}"));
    }
    next_id(network, &init, FIRST + SPAN);
}

fn next_id(network: &mut Network, init: &Address, id: ActorID) {
    let state: InitState = network.state(init).expect("the state of Init");
    let state = InitState { next_id: id, ..state };
    network
        .set_state(init, &state)
        .expect("Init with another next id");
}

/// The ids of so many holders by rising id: the pairs' accounts, and others between them, of which no actor needs to be
/// there.
pub(crate) fn holders(number: u64) -> Vec<ActorID> {
    let accounts: Vec<ActorID> = accounts().collect();
    let others = number - accounts.len() as u64;
    let between = (0..others).map(|n| FIRST + 1 + n * (SPAN - 2) / others);
    let between = between.map(|id| if accounts.contains(&id) { id + 1 } else { id });
    let mut all: Vec<ActorID> = between.chain(accounts.iter().copied()).collect();
    all.sort_unstable();
    all
}
