//! Large states of our token, written with its own library: messages would take hours.

use fvm_shared::ActorID;
use holdfast_localnet::Network;
use holdfast_runtime::collections::{Packed, Top, Tree, TreeKey};
use holdfast_runtime::testing::Moment;
use holdfast_token::account::Account;
use holdfast_token::state::TokenState;

use crate::gas::{BALANCE, credit};
use crate::tokens;

/// Entries that are made one by one, as messages make them.
const ONE_BY_ONE: usize = 10_000;
/// How many are made at a time beyond that. A leaf of the tree is split by a few entries too many then, and not by one.
const AT_ONCE: usize = 4;

/// Gives what every holder has to actors of these ids.
pub(super) fn credit_all(state: &mut TokenState, network: &Network, holders: &[ActorID]) {
    if holders.len() <= ONE_BY_ONE {
        credit(state, network, holders.iter().copied());
        return;
    }
    let account = Account {
        balance: tokens(BALANCE),
        masked: true,
        ..Account::default()
    };
    fill(&mut state.accounts, network, holders, |id| (id, account.clone()));
    let (now, supply) = (
        now(network),
        &state.supply + tokens(BALANCE) * holders.len() as u64,
    );
    state.set_supply(&now, supply).expect("a supply");
}

/// Writes down that each of these has had the votes of what every holder has, since the last epoch. Their accounts stay:
/// a question about the past does not read them.
pub(super) fn count_all(state: &mut TokenState, network: &Network, holders: &[ActorID]) {
    let epoch = u64::try_from(network.epoch()).expect("an epoch");
    let history = state.votes.as_mut().expect("a voting token");
    fill(history, network, holders, |id| ((id, epoch), tokens(BALANCE)));
}

fn fill<K: TreeKey, V: Packed + Clone + PartialEq, T: Top>(
    tree: &mut Tree<K, V, T>,
    network: &Network,
    ids: &[ActorID],
    entry: impl Fn(ActorID) -> (K, V),
) {
    let at_once = if ids.len() <= ONE_BY_ONE { 1 } else { AT_ONCE };
    for some in ids.chunks(at_once) {
        let entries = some.iter().map(|id| entry(*id));
        let changed = tree.update(network.store(), entries.map(|(key, value)| (key, Some(value))));
        changed.expect("entries");
    }
}

fn now(network: &Network) -> Moment<'_, holdfast_localnet::MemStore> {
    Moment(network.store(), network.epoch())
}
