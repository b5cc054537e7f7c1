//! The figures of batches.

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
    let recipients = (0..MANY).map(|n| eth(FILLERS + n * STRIDE)).collect();
    let values = (0..MANY).map(|_| word(1)).collect();
    Message::evm(token, &IToken::batchTransferCall { recipients, values })
}
