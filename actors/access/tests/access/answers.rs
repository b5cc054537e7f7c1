//! What other actors answer when they are asked.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use holdfast_runtime::send::{Answer, Call, SendError};
use serde::Serialize;

use crate::desk::*;

/// A number as a word of Ethereum.
pub fn word(number: u64) -> [u8; 32] {
    let mut word = [0; 32];
    word[24..].copy_from_slice(&number.to_be_bytes());
    word
}

/// What an actor answers that returns this.
pub fn said<T: Serialize + ?Sized>(value: &T) -> Result<Answer, SendError> {
    Ok(Answer(IpldBlock::serialize_cbor(value).unwrap()))
}

impl Desk {
    /// The actor will ask another one, with so much gas, and hear this.
    pub fn hears(&mut self, call: Call, gas: u64, reply: Result<Answer, SendError>) {
        let call = Call {
            max_return: 128,
            ..call.with_gas_limit(gas)
        };
        self.0.expect_ask(call, reply);
    }
}
