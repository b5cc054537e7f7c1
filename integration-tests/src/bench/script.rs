//! What is measured, message by message.

use alloy_primitives::U256;
use alloy_sol_types::SolCall;
use holdfast_localnet::Kind;

use super::arena::Arena;
use super::contenders::Feature;
use crate::conformance::erc20::IERC20Metadata::{approveCall, balanceOfCall, transferCall, transferFromCall};
use crate::conformance::votes::IVotes::{delegateCall, getPastVotesCall};
use crate::gas::{
    PAIRS, Pair, account_id, eth, gas_of, hundred, median_of_pairs, people, to_a_hundred, word,
};
use crate::message::Message;
use crate::permit::{Permit, signed};

/// One figure.
pub(super) struct Line {
    /// Its name, as the token's own figure in `snapshots/gas.json` has it after `token.`.
    pub(super) name: &'static str,
    /// What the tables call it.
    pub(super) title: &'static str,
    /// Who has such a message.
    pub(super) needs: Feature,
    /// Whether it is small enough for a chart beside the others.
    pub(super) charted: bool,
    figure: Figure,
}

/// How a figure comes about.
enum Figure {
    /// The median of all pairs.
    Median(fn(&mut Pair<'_, Arena<'_>>) -> Message),
    /// A sum.
    Sum(fn(&Arena<'_>) -> u64),
}

impl Line {
    pub(super) fn measure(&self, arena: &Arena<'_>) -> u64 {
        match self.figure {
            Figure::Median(message) => median_of_pairs(self.name, arena, message),
            Figure::Sum(sum) => sum(arena),
        }
    }
}

/// A line of medians.
const fn line(
    name: &'static str,
    title: &'static str,
    needs: Feature,
    message: fn(&mut Pair<'_, Arena<'_>>) -> Message,
) -> Line {
    Line {
        name,
        title,
        needs,
        charted: true,
        figure: Figure::Median(message),
    }
}

/// All of it, in the order of the tables.
pub(super) const SCRIPT: &[Line] = &[
    Line {
        charted: false,
        ..line("create", "create an instance", Feature::Erc20, create)
    },
    line("erc20_transfer@2", "transfer, 2 holders", Feature::Erc20, |p| {
        transfer(p, 2)
    }),
    line(
        "erc20_transfer@1000",
        "transfer, 1 000 holders",
        Feature::Erc20,
        |p| transfer(p, 1_000),
    ),
    line(
        "erc20_transfer@10000",
        "transfer, 10 000 holders",
        Feature::Erc20,
        |p| transfer(p, 10_000),
    ),
    line("erc20_approve@2", "approve", Feature::Erc20, |p| approve(p, 2)),
    line(
        "erc20_transfer_from",
        "transferFrom",
        Feature::Erc20,
        transfer_from,
    ),
    line("erc20_permit@2", "permit", Feature::Permit, permit),
    line(
        "erc20_balance_of@1000",
        "balanceOf, 1 000 holders",
        Feature::Erc20,
        |p| balance_of(p, 1_000),
    ),
    line("erc20_mint@2", "mint", Feature::Erc20, |p| mint(p, 2)),
    line("erc20_delegate@2", "delegate", Feature::Votes, |p| delegate(p, 2)),
    line(
        "erc20_transfer_delegated@2",
        "transfer, both delegated",
        Feature::Votes,
        transfer_delegated,
    ),
    line(
        "get_past_votes@1",
        "getPastVotes, 1 checkpoint",
        Feature::Votes,
        |p| past_votes(p, 1),
    ),
    line(
        "get_past_votes@10",
        "getPastVotes, 10 checkpoints",
        Feature::Votes,
        |p| past_votes(p, 10),
    ),
    line(
        "get_past_votes@100",
        "getPastVotes, 100 checkpoints",
        Feature::Votes,
        |p| past_votes(p, 100),
    ),
    Line {
        name: "transfers_100@1000",
        title: "100 transfers one by one, 1 000 holders",
        needs: Feature::Erc20,
        charted: false,
        figure: Figure::Sum(hundred_transfers),
    },
    Line {
        charted: false,
        ..line(
            "batch_transfer_100@1000",
            "100 transfers in one message, 1 000 holders",
            Feature::Batch,
            batch_transfer,
        )
    },
];

fn create(pair: &mut Pair<'_, Arena<'_>>) -> Message {
    pair.start.contender.creation(&pair.network, &pair.sender)
}

pub(super) fn transfer(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    pair.among(holders);
    pair.call(&transferCall {
        to: eth(pair.recipient_id),
        value: word(1),
    })
}

/// The first approval of a spender.
pub(super) fn approve(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    pair.among(holders);
    pair.call(&approveCall {
        spender: eth(pair.recipient_id),
        value: word(10),
    })
}

/// An allowance spent in part, by a spender who holds tokens too.
fn transfer_from(pair: &mut Pair<'_, Arena<'_>>) -> Message {
    pair.among(2);
    let (arena, maker) = (pair.start, account_id(&pair.network, &pair.start.maker));
    arena.mint(&mut pair.network, maker);
    let approval = approveCall {
        spender: eth(pair.sender_id),
        value: word(10),
    };
    arena.send(&mut pair.network, &arena.maker, &approval.abi_encode());
    pair.call(&transferFromCall {
        from: eth(maker),
        to: eth(pair.recipient_id),
        value: word(1),
    })
}

/// The first permit of a 0x holder, for a spender who brings it.
fn permit(pair: &mut Pair<'_, Arena<'_>>) -> Message {
    pair.among(2);
    let arena = pair.start;
    let holder = pair.network.account(Kind::Eth, 0);
    let holder_id = account_id(&pair.network, &holder);
    arena.mint(&mut pair.network, holder_id);
    let owner = holder.eth_address().expect("a 0x account");
    let terms = Permit {
        owner: owner.0.into(),
        spender: eth(pair.sender_id),
        value: word(10),
        nonce: U256::ZERO,
        deadline: U256::MAX,
    };
    let domain = arena.domain.as_ref().expect("a domain of signatures");
    pair.call(&signed(&terms, domain, &holder))
}

/// The view as a message, as a contract's transaction would pay for it.
pub(super) fn balance_of(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    pair.among(holders);
    let account = eth(pair.recipient_id);
    pair.call(&balanceOfCall { account })
}

/// By the maker, for somebody who holds tokens.
pub(super) fn mint(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    pair.among(holders);
    let arena = pair.start;
    pair.sender = arena.maker.clone();
    let mint = arena.contender.mint(eth(pair.recipient_id), word(1));
    Message::calldata(arena.token, &mint)
}

/// The first delegation of a holder.
pub(super) fn delegate(pair: &mut Pair<'_, Arena<'_>>, holders: u64) -> Message {
    pair.among(holders);
    let delegatee = eth(pair.recipient_id);
    pair.call(&delegateCall { delegatee })
}

/// Two holders who vote with their own tokens: the transfer writes two checkpoints.
fn transfer_delegated(pair: &mut Pair<'_, Arena<'_>>) -> Message {
    pair.among(2);
    let arena = pair.start;
    let both = [
        (&pair.sender, pair.sender_id),
        (&pair.recipient, pair.recipient_id),
    ];
    for (wallet, id) in both {
        let delegatee = eth(id);
        arena.send(
            &mut pair.network,
            wallet,
            &delegateCall { delegatee }.abi_encode(),
        );
    }
    pair.call(&transferCall {
        to: eth(pair.recipient_id),
        value: word(1),
    })
}

/// The question as a message, each pair for another epoch between the first checkpoint and the last.
fn past_votes(pair: &mut Pair<'_, Arena<'_>>, checkpoints: u64) -> Message {
    let arena = pair.start;
    let past = &arena.pasts[&checkpoints];
    pair.network = past.network.fork();
    let (first, last) = past.epochs;
    let epoch = first + (last - first) * i64::from(pair.number) / i64::from(PAIRS - 1);
    pair.call(&getPastVotesCall {
        account: eth(account_id(&pair.network, &arena.maker)),
        timepoint: U256::from(epoch),
    })
}

/// From one holder to a hundred others, a message each.
fn hundred_transfers(arena: &Arena<'_>) -> u64 {
    let mut network = arena.crowds[&1_000].fork();
    let sender = people::account(&network, 0);
    let transfers = hundred().map(|to| {
        let (to, value) = (eth(to), word(1));
        let message = Message::evm(arena.token, &transferCall { to, value });
        gas_of("a transfer", &mut network, &sender, message)
    });
    transfers.sum()
}

/// The same in one message.
fn batch_transfer(pair: &mut Pair<'_, Arena<'_>>) -> Message {
    pair.among(1_000);
    pair.call(&to_a_hundred())
}
