//! The figures of votes.

use holdfast_token::account::Account;
use holdfast_token::state::TokenState;

use super::token::{BALANCE, eth, hold, now, word};
use super::{Figure, Message, Pair};
use crate::abi::IToken;
use crate::tokens;

/// All of them.
pub(super) const FIGURES: &[Figure] = &[
    Figure {
        name: "token.erc20_delegate@2",
        message: delegate,
    },
    Figure {
        name: "token.erc20_transfer_delegated@2",
        message: transfer,
    },
];

/// The first delegation of somebody who has tokens, to somebody else.
fn delegate(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 2, |_, _| {});
    Message::evm(token, &IToken::delegateCall(eth(pair.recipient_id)))
}

/// Between two who vote for themselves, in a later epoch.
fn transfer(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 2, |pair, state| {
        for id in [pair.sender_id, pair.recipient_id] {
            vote_alone(pair, state, id);
        }
    });
    let (to, value) = (eth(pair.recipient_id), word(1));
    Message::evm(token, &IToken::transferCall { to, value })
}

fn vote_alone(pair: &Pair<'_>, state: &mut TokenState, id: u64) {
    let (store, balance) = (now(pair), tokens(BALANCE));
    let epoch = u64::try_from(pair.network.epoch()).expect("an epoch");
    let account = Account {
        balance: balance.clone(),
        delegate: Some(id),
        masked: true,
    };
    state.accounts.set(&store, id, account).expect("a delegation");
    let history = state.votes.as_mut().expect("a voting token");
    history.set(&store, (id, epoch), balance).expect("a checkpoint");
}
