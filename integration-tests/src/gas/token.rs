//! The token's figures.

use alloy_primitives::{Address as Eth, U256};
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{ConstructorParams, MintParams, TransferParams, method};
use holdfast_localnet::{EthAddress, Kind, Network};
use holdfast_runtime::method::Method as _;
use holdfast_token::state::TokenState;

use super::{Figure, Message, PAIRS, Pair, account_id};
use crate::abi::IToken;
use crate::tokens;

/// What every holder has, whole tokens.
const BALANCE: u64 = 1_000;
/// The first id of holders that only fill the map. Nobody sends to them, so no actor needs to be there.
const FILLERS: ActorID = 10_000;

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

/// Creates the token that all figures are about. Its state is made to measure later.
pub(super) fn prepare(mut network: Network) -> Network {
    let owner = network.account(Kind::Bls, 0);
    let params = ConstructorParams {
        name: "Measured".to_owned(),
        symbol: "MSRD".to_owned(),
        owner: Some(owner.address()),
        supply_cap: None,
        initial_holder: None,
        initial_supply: TokenAmount::default(),
    };
    let params = to_vec(&params).expect("parameters that encode");
    network
        .exec(&owner, "holdfast_token", &params, TokenAmount::default())
        .unwrap_or_else(|error| panic!("no token: {error}"));
    network
}

fn erc20_transfer(pair: &mut Pair, holders: usize) -> Message {
    let token = hold(pair, holders, |_, _, _| {});
    Message::evm(
        token,
        &IToken::transferCall {
            to: eth(pair.recipient_id),
            value: word(1),
        },
    )
}

/// To an account that held nothing.
fn erc20_transfer_new(pair: &mut Pair) -> Message {
    let token = hold(pair, 1_000, |pair, state, network| {
        let gone = state
            .balances
            .update(network.store(), [(pair.recipient_id, None)]);
        gone.expect("a holder less");
        state.supply -= tokens(BALANCE);
    });
    Message::evm(
        token,
        &IToken::transferCall {
            to: eth(pair.recipient_id),
            value: word(1),
        },
    )
}

fn transfer(pair: &mut Pair, holders: usize) -> Message {
    let token = hold(pair, holders, |_, _, _| {});
    let params = TransferParams {
        to: Address::new_id(pair.recipient_id),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    Message::call(token, method::Transfer::NUMBER, &params)
}

/// The first approval of a spender.
fn erc20_approve(pair: &mut Pair) -> Message {
    let token = hold(pair, 2, |_, _, _| {});
    Message::evm(
        token,
        &IToken::approveCall {
            spender: eth(pair.recipient_id),
            value: word(10),
        },
    )
}

/// An allowance spent in part, by an operator who holds tokens too.
fn erc20_transfer_from(pair: &mut Pair) -> Message {
    let owner = account_id(&pair.network, &pair.network.account(Kind::Bls, 1));
    let token = hold(pair, 2, |pair, state, network| {
        let store = network.store();
        state
            .balances
            .set(store, owner, tokens(BALANCE))
            .expect("a third holder");
        state.supply += tokens(BALANCE);
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
fn erc20_balance_of(pair: &mut Pair) -> Message {
    let token = hold(pair, 1_000, |_, _, _| {});
    Message::evm(token, &IToken::balanceOfCall(eth(pair.recipient_id)))
}

fn mint(pair: &mut Pair) -> Message {
    let token = hold(pair, 2, |pair, state, network| {
        let (store, minter) = (network.store(), pair.sender_id);
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

/// Gives the token so many holders, the pair and (from 1 000 on) all other pairs among them, then `change`s it.
/// Written into the state: messages would take minutes.
fn hold(pair: &mut Pair, holders: usize, change: impl FnOnce(&Pair, &mut TokenState, &Network)) -> Address {
    let token = token_of(&pair.network);
    let mut state: TokenState = pair.network.state(&token).expect("the token's state");
    let mut ids = vec![pair.sender_id, pair.recipient_id];
    if holders > 2 {
        let everyone =
            (0..2 * PAIRS).map(|n| account_id(&pair.network, &pair.network.account(Kind::Secp256k1, n)));
        ids = everyone.chain(FILLERS..).take(holders).collect();
    }
    let entries = ids.into_iter().map(|id| (id, Some(tokens(BALANCE))));
    state
        .balances
        .update(pair.network.store(), entries)
        .expect("holders");
    state.supply = tokens(BALANCE * holders as u64);
    change(pair, &mut state, &pair.network);
    holdfast_token::invariants::check(&state, pair.network.store()).assert_none();
    pair.network
        .set_state(&token, &state)
        .expect("a token with holders");
    token
}

fn token_of(network: &Network) -> Address {
    let actors = network.actors().expect("a readable state");
    let token = actors.iter().find(|actor| actor.name == "holdfast_token");
    Address::new_id(token.expect("the token").id)
}

fn eth(id: ActorID) -> Eth {
    Eth::new(EthAddress::from_id(id).0)
}

fn word(whole: u64) -> U256 {
    U256::from(whole) * U256::from(10u64).pow(U256::from(18u64))
}
