//! Data sets with so many grants in them, in which the access actor is measured.

use std::collections::BTreeMap;

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_access::bulk::copy_grant;
use holdfast_access::state::AccessState;
use holdfast_api::access::{GrantTerms, READ, method};
use holdfast_localnet::{Kind, Network, Wallet};
use holdfast_runtime::method::Method;
use serde::Serialize;

use super::{Pair, account_id, gas_of, people};
use crate::access::{DATA, creation, data_set, giving, id};
use crate::message::Message;

/// Grants that are made one by one, as messages make them.
const ONE_BY_ONE: u64 = 10_000;
/// How many are made at a time beyond that.
const AT_ONCE: usize = 8;

/// The actor with one data set, and its state with so many grants in it.
pub(crate) struct Measured {
    access: Address,
    crowds: BTreeMap<u64, AccessState>,
}

/// Creates the actor, and writes the states that it will be measured in, with so many grants.
pub(super) fn prepare(network: &mut Network, crowds: &[u64]) -> Measured {
    let owner = network.account(Kind::Bls, 0);
    let access = create(network, &owner);
    let empty: AccessState = network.state(&access).expect("the actor's state");
    let sizes = crowds;
    let mut crowds = BTreeMap::new();
    for &grants in sizes {
        network.set_state(&access, &empty).expect("an empty data set");
        crowd(network, access, &owner, &others(grants));
        let state: AccessState = network.state(&access).expect("the actor's state");
        if grants <= ONE_BY_ONE {
            holdfast_access::invariants::check(&state, network.store(), network.epoch()).assert_none();
        }
        crowds.insert(grants, state);
    }
    crowds.insert(0, empty);
    Measured { access, crowds }
}

/// Creates the actor with one data set.
pub(crate) fn create(network: &mut Network, owner: &Wallet) -> Address {
    let (message, address) = creation(network);
    gas_of("the actor", network, owner, message);
    let id = network.resolve(&address).expect("a readable state");
    let access = Address::new_id(id.expect("the actor"));
    send::<method::CreateDataSet>(network, access, owner, &data_set());
    access
}

/// So many subjects, none of whom is one of the pairs' accounts.
pub(crate) fn others(number: u64) -> Vec<ActorID> {
    let accounts: Vec<ActorID> = people::accounts().collect();
    let all = people::holders(number + accounts.len() as u64);
    all.into_iter().filter(|id| !accounts.contains(id)).collect()
}

/// Gives all of them reading; those behind the first by the actor's own library.
pub(crate) fn crowd(network: &mut Network, access: Address, owner: &Wallet, subjects: &[ActorID]) {
    let first = account_id(network, &network.account(Kind::Bls, 1));
    let grant = giving(id(first), GrantTerms::plain(READ), None);
    send::<method::Grant>(network, access, owner, &grant);
    let mut state: AccessState = network.state(&access).expect("the actor's state");
    let at_once = if subjects.len() as u64 <= ONE_BY_ONE {
        1
    } else {
        AT_ONCE
    };
    for subjects in subjects[1..].chunks(at_once) {
        let copied = copy_grant(&mut state, network.store(), (DATA, first), subjects);
        copied.expect("grants");
    }
    network
        .set_state(&access, &state)
        .expect("a data set with grants");
}

/// Lets the pair go on where the data set, which is the sender's, has so many grants.
pub(super) fn among(pair: &mut Pair<'_>, grants: u64) -> Address {
    let start = pair.start;
    let Measured { access, crowds } = &start.access;
    let state = crowds.get(&grants);
    let mut state = state
        .unwrap_or_else(|| panic!("there is no crowd of {grants}"))
        .clone();
    let store = pair.network.store();
    let mut head = state.data_set(store, DATA).expect("the data set");
    head.owner = pair.sender_id;
    state.data_sets.set(store, DATA, head).expect("another owner");
    pair.network.set_state(access, &state).expect("a data set");
    *access
}

/// Lets the sender do something before.
pub(super) fn before<M: Method<Params: Serialize>>(pair: &mut Pair<'_>, params: &M::Params) {
    let access = pair.start.access.access;
    send::<M>(&mut pair.network, access, &pair.sender, params);
}

pub(super) fn send<M: Method<Params: Serialize>>(
    network: &mut Network,
    access: Address,
    from: &Wallet,
    params: &M::Params,
) {
    let message = Message::call(access, M::NUMBER, params);
    gas_of("a step before", network, from, message);
}
