//! The token's figures.

use alloy_primitives::{Address as Eth, U256};
use std::collections::BTreeMap;

use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{ConstructorParams, MintParams, TransferParams, method};
use holdfast_localnet::{EthAddress, Kind, MemStore, Network};
use holdfast_runtime::method::Method as _;
use holdfast_runtime::testing::Moment;
use holdfast_token::state::TokenState;

use super::{Figure, Pair, account_id};
use crate::abi::IToken;
use crate::message::Message;
use crate::tokens;

/// What every holder has, whole tokens.
pub(crate) const BALANCE: u64 = 1_000;

/// All of them.
pub(super) const FIGURES: &[Figure] = &[
    Figure {
        name: "token.erc20_transfer@2",
        message: |p| erc20_transfer(p, 2),
    },
    Figure {
        name: "token.erc20_transfer@1000",
        message: |p| erc20_transfer(p, 1_000),
    },
    Figure {
        name: "token.erc20_transfer@10000",
        message: |p| erc20_transfer(p, 10_000),
    },
    Figure {
        name: "token.erc20_transfer_new@1000",
        message: erc20_transfer_new,
    },
    Figure {
        name: "token.transfer@2",
        message: |p| transfer(p, 2),
    },
    Figure {
        name: "token.transfer@1000",
        message: |p| transfer(p, 1_000),
    },
    Figure {
        name: "token.erc20_approve@2",
        message: erc20_approve,
    },
    Figure {
        name: "token.erc20_transfer_from@3",
        message: erc20_transfer_from,
    },
    Figure {
        name: "token.erc20_balance_of@1000",
        message: erc20_balance_of,
    },
    Figure {
        name: "token.mint@2",
        message: mint,
    },
];

/// The token that all figures are about, and its state with so many holders.
pub(crate) struct Measured {
    token: Address,
    crowds: BTreeMap<u64, TokenState>,
}

/// Creates the token, and writes the states that it will be measured in: messages would take minutes.
pub(super) fn prepare(network: &mut Network) -> Measured {
    let owner = network.account(Kind::Bls, 0);
    let params = ConstructorParams {
        name: "Measured".to_owned(),
        symbol: "MSRD".to_owned(),
        owner: Some(owner.address()),
        supply_cap: None,
        initial_holder: None,
        initial_supply: TokenAmount::default(),
        voting: true,
    };
    let params = to_vec(&params).expect("parameters that encode");
    let created = network.exec(&owner, "holdfast_token", &params, TokenAmount::default());
    let (created, _) = created.unwrap_or_else(|error| panic!("no token: {error}"));
    let token = created.id_address;
    let empty: TokenState = network.state(&token).expect("the token's state");
    let crowd = |holders: u64| {
        let mut state = empty.clone();
        credit(&mut state, network, super::people::holders(holders).into_iter());
        holdfast_token::invariants::check(&state, network.store(), network.epoch()).assert_none();
        (holders, state)
    };
    let crowds = [1_000, 10_000]
        .into_iter()
        .map(crowd)
        .chain([(0, empty.clone())])
        .collect();
    Measured { token, crowds }
}

/// Gives what every holder has to more of them.
pub(crate) fn credit(state: &mut TokenState, network: &Network, holders: impl Iterator<Item = ActorID>) {
    let now = Moment(network.store(), network.epoch());
    for id in holders {
        mint_to(state, &now, id);
    }
}

/// Makes what every holder has for one more.
fn mint_to(state: &mut TokenState, now: &Moment<'_, MemStore>, holder: ActorID) {
    state
        .set_supply(now, &state.supply + tokens(BALANCE))
        .expect("a supply");
    drop(
        state
            .credit(now, holder, &tokens(BALANCE), || Ok(true))
            .expect("a holder"),
    );
}

fn erc20_transfer(pair: &mut Pair<'_>, holders: u64) -> Message {
    let token = hold(pair, holders, |_, _| {});
    Message::evm(
        token,
        &IToken::transferCall {
            to: eth(pair.recipient_id),
            value: word(1),
        },
    )
}

/// To an account that held nothing.
fn erc20_transfer_new(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 1_000, |pair, state| {
        let gone = state.burn(&now(pair), pair.recipient_id, &tokens(BALANCE));
        drop(gone.expect("a holder less"));
    });
    Message::evm(
        token,
        &IToken::transferCall {
            to: eth(pair.recipient_id),
            value: word(1),
        },
    )
}

fn transfer(pair: &mut Pair<'_>, holders: u64) -> Message {
    let token = hold(pair, holders, |_, _| {});
    let params = TransferParams {
        to: Address::new_id(pair.recipient_id),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    Message::call(token, method::Transfer::NUMBER, &params)
}

/// The first approval of a spender.
fn erc20_approve(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 2, |_, _| {});
    Message::evm(
        token,
        &IToken::approveCall {
            spender: eth(pair.recipient_id),
            value: word(10),
        },
    )
}

/// An allowance spent in part, by an operator who holds tokens too.
fn erc20_transfer_from(pair: &mut Pair<'_>) -> Message {
    let owner = account_id(&pair.network, &pair.network.account(Kind::Bls, 1));
    let token = hold(pair, 2, |pair, state| {
        let store = pair.network.store();
        mint_to(state, &now(pair), owner);
        let set = state.change_allowance(store, (owner, pair.sender_id), |_| Ok(tokens(10)));
        set.expect("an allowance");
    });
    let call = IToken::transferFromCall {
        from: eth(owner),
        to: eth(pair.recipient_id),
        value: word(1),
    };
    Message::evm(token, &call)
}

/// The view as a message, as a contract's transaction would pay for it.
fn erc20_balance_of(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 1_000, |_, _| {});
    Message::evm(token, &IToken::balanceOfCall(eth(pair.recipient_id)))
}

fn mint(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 2, |pair, state| {
        let (store, minter) = (pair.network.store(), pair.sender_id);
        let cap = state
            .settings
            .update(store, |s| s.minters.set(store, minter, tokens(BALANCE)));
        cap.expect("a minter");
    });
    let params = MintParams {
        to: Address::new_id(pair.recipient_id),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    Message::call(token, method::Mint::NUMBER, &params)
}

/// Gives the token so many holders, the pair among them, then `change`s it.
pub(super) fn hold(
    pair: &mut Pair<'_>,
    holders: u64,
    change: impl FnOnce(&Pair<'_>, &mut TokenState),
) -> Address {
    let start = pair.start;
    let Measured { token, crowds } = &start.token;
    let state = crowds.get(&holders).cloned();
    let mut state = state.unwrap_or_else(|| {
        let mut state = crowds[&0].clone();
        credit(
            &mut state,
            &pair.network,
            [pair.sender_id, pair.recipient_id].into_iter(),
        );
        state
    });
    change(pair, &mut state);
    if holders == 2 {
        holdfast_token::invariants::check(&state, pair.network.store(), pair.network.epoch()).assert_none();
    }
    pair.network
        .set_state(token, &state)
        .expect("a token with holders");
    *token
}

/// The pair's store and time.
pub(super) fn now<'a>(pair: &'a Pair<'_>) -> Moment<'a, MemStore> {
    Moment(pair.network.store(), pair.network.epoch())
}

pub(crate) fn eth(id: ActorID) -> Eth {
    Eth::new(EthAddress::from_id(id).0)
}

pub(crate) fn word(whole: u64) -> U256 {
    U256::from(whole) * U256::from(10u64).pow(U256::from(18u64))
}
