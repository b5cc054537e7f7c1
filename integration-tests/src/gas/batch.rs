//! The figures of batches.

use fvm_shared::ActorID;

use super::token::{eth, hold, word};
use super::{Figure, Message, Pair, gas_of, people};
use crate::abi::IToken;

/// Transfers in one message.
const MANY: usize = 100;
/// The recipients are every ninth holder, so that they lie all over the tree.
const STRIDE: usize = 9;

/// All of them.
pub(super) const FIGURES: &[Figure] = &[
    Figure {
        name: "token.batch_transfer_100@1000",
        message: batch_transfer,
    },
    Figure {
        name: "token.batch_transfer_100_again@1000",
        message: batch_transfer_again,
    },
];

/// To a hundred of a thousand holders.
fn batch_transfer(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 1_000, |_, _| {});
    Message::evm(token, &to_a_hundred())
}

/// The same payout once more: what changed together lies together.
fn batch_transfer_again(pair: &mut Pair<'_>) -> Message {
    let first = batch_transfer(pair);
    gas_of("the first payout", &mut pair.network, &pair.sender, first.clone());
    first
}

/// A hundred of a thousand holders, all over the tree.
pub(crate) fn hundred() -> impl Iterator<Item = ActorID> {
    let others = people::holders(1_000)
        .into_iter()
        .filter(|id| people::accounts().all(|of| of != *id));
    others.step_by(STRIDE).take(MANY)
}

/// A token to each of them.
pub(crate) fn to_a_hundred() -> IToken::batchTransferCall {
    let (recipients, values) = hundred().map(|id| (eth(id), word(1))).unzip();
    IToken::batchTransferCall { recipients, values }
}
