//! The figures of batches.

use fvm_shared::ActorID;

use super::token::{FILLERS, eth, hold, word};
use super::{Figure, Message, Pair};
use crate::abi::IToken;

/// Transfers in one message.
const MANY: u64 = 100;
/// How far apart the recipients' ids are, so that they lie all over the tree.
const STRIDE: u64 = 9;

/// All of them.
pub(super) const FIGURES: &[Figure] = &[Figure {
    name: "token.batch_transfer_100@1000",
    message: batch_transfer,
}];

/// To a hundred of a thousand holders.
fn batch_transfer(pair: &mut Pair<'_>) -> Message {
    let token = hold(pair, 1_000, |_, _| {});
    Message::evm(token, &to_a_hundred())
}

/// A hundred of a thousand holders.
pub(crate) fn hundred() -> impl Iterator<Item = ActorID> {
    (0..MANY).map(|n| FILLERS + n * STRIDE)
}

/// A token to each of them.
pub(crate) fn to_a_hundred() -> IToken::batchTransferCall {
    let (recipients, values) = hundred().map(|id| (eth(id), word(1))).unzip();
    IToken::batchTransferCall { recipients, values }
}
