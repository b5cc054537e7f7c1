//! What messages cost. Gas is exact: the same code and state give the same figure on every machine.
//!
//! A figure is `gas_used` of a whole message of an f1 sender: inclusion at its length on the chain, the check of
//! its secp256k1 signature, execution. It is the median of 16 fixed pairs of sender and recipient, since the depth
//! of an entry in its tree depends on its key, and they lie all over the ids of holders (`people`). Recipients are given as masked ids on the Ethereum face and as ids
//! on the Filecoin side, and hold tokens already unless the name says `new`.

pub(crate) mod access;
mod batch;
pub(crate) mod crowd;
pub(crate) mod people;
mod sale;
mod service;
mod snapshot;
mod token;
mod votes;

pub(crate) use batch::{hundred, to_a_hundred};
pub(crate) use snapshot::differ;
pub use snapshot::{Goal, Snapshot, goals, table};
pub(crate) use token::{BALANCE, credit, eth, word};

use std::collections::BTreeMap;

use holdfast_localnet::{Network, Options, Wallet};

use crate::bundle::CALIBRATION;
use crate::message::Message;

/// Pairs of sender and recipient.
pub(crate) const PAIRS: u32 = 16;

/// One pair of accounts, in a network of their own.
pub(crate) struct Pair<'a, S = Start> {
    pub(crate) start: &'a S,
    pub(crate) number: u32,
    pub(crate) network: Network,
    pub(crate) sender: Wallet,
    pub(crate) sender_id: u64,
    pub(crate) recipient: Wallet,
    pub(crate) recipient_id: u64,
}

/// Where figures start.
pub(crate) trait Origin {
    /// A network with [`PAIRS`] pairs of accounts.
    fn network(&self) -> &Network;
}

impl Origin for Start {
    fn network(&self) -> &Network {
        &self.network
    }
}

/// Where every figure of our actors starts.
pub(crate) struct Start {
    pub(crate) network: Network,
    token: token::Measured,
    access: crowd::Measured,
}

/// A figure's name and how its message comes about.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) message: fn(&mut Pair<'_>) -> Message,
}

/// Measures every figure; gives gas by name.
///
/// # Panics
/// When a message fails.
pub fn measure() -> BTreeMap<String, u64> {
    let start = prepared(&[1_000, 10_000]);
    let all = [token::FIGURES, batch::FIGURES, votes::FIGURES, access::FIGURES];
    let figures = all.into_iter().flatten();
    figures
        .map(|figure| (figure.name.to_owned(), figure.measure(&start)))
        .collect()
}

/// Where figures start, with data sets of so many grants beside the empty one.
///
/// # Panics
/// When a message fails.
pub(crate) fn prepared(grants: &[u64]) -> Start {
    let mut network = start();
    let token = token::prepare(&mut network);
    let access = crowd::prepare(&mut network, grants);
    Start {
        network,
        token,
        access,
    }
}

/// One figure of the access actor, by its name.
///
/// # Panics
/// When there is none, or its message fails.
pub(crate) fn access_figure(name: &str, start: &Start) -> u64 {
    let figure = access::FIGURES.iter().find(|figure| figure.name == name);
    figure
        .unwrap_or_else(|| panic!("no figure {name}"))
        .measure(start)
}

/// A new network with the pairs' accounts.
///
/// # Panics
/// When the genesis fails.
pub(crate) fn start() -> Network {
    let options = Options {
        tracing: false,
        ..Options::new(CALIBRATION.bundle.clone())
    };
    let mut network = Network::start(&options).unwrap_or_else(|error| panic!("no network: {error}"));
    people::settle(&mut network);
    network
}

impl Figure {
    fn measure(&self, start: &Start) -> u64 {
        median_of_pairs(self.name, start, self.message)
    }
}

/// What a message costs, as the median of all pairs.
///
/// # Panics
/// When it fails.
pub(crate) fn median_of_pairs<S: Origin>(
    what: &str,
    start: &S,
    message: impl Fn(&mut Pair<'_, S>) -> Message,
) -> u64 {
    let gas = (0..PAIRS).map(|number| {
        let mut pair = Pair::new(start, number);
        let message = message(&mut pair);
        gas_of(what, &mut pair.network, &pair.sender, message)
    });
    median(gas.collect())
}

/// Sends a message; gives what it cost.
///
/// # Panics
/// When it fails.
pub(crate) fn gas_of(what: &str, network: &mut Network, from: &Wallet, message: Message) -> u64 {
    let Message {
        to,
        value,
        method,
        params,
    } = message;
    let sent = network.send(from, to, value, method, params);
    let receipt = sent.and_then(|receipt| receipt.ok(what));
    receipt.unwrap_or_else(|error| panic!("{what}: {error}")).gas_used
}

impl<'a, S: Origin> Pair<'a, S> {
    fn new(start: &'a S, number: u32) -> Self {
        let network = start.network().fork();
        let account = |number| people::account(&network, number);
        // Doubled, so that the distances between the two ids are of all lengths.
        let (sender, recipient) = (account(number), account(PAIRS + 2 * number % PAIRS));
        let (sender_id, recipient_id) = (account_id(&network, &sender), account_id(&network, &recipient));
        Self {
            start,
            number,
            network,
            sender,
            sender_id,
            recipient,
            recipient_id,
        }
    }
}

/// The id of an account that exists.
pub(crate) fn account_id(network: &Network, wallet: &Wallet) -> u64 {
    let id = network.resolve(&wallet.address()).expect("a readable state");
    id.expect("an account")
}

fn median(mut gas: Vec<u64>) -> u64 {
    gas.sort_unstable();
    let middle = gas.len() / 2;
    u64::midpoint(gas[middle - 1], gas[middle])
}
