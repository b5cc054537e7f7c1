//! Solidity callbacks: how a contract learns that it was given something, and says that it wants it.
//!
//! ERC-721, ERC-1155 and ERC-1363 share the way: the recipient's method is called, and has to answer with the selector of
//! that very method.

use fvm_ipld_encoding::{BytesDe, BytesSer};
use fvm_shared::ActorID;
use fvm_shared::address::Address;

use super::abi::{Args, callee_revert};
use crate::error::{ActorError, Revert};
use crate::method::INVOKE_EVM;
use crate::runtime::Runtime;
use crate::send::{Call, SendError};

/// A callback that has to be called after the state is saved.
#[must_use = "the recipient has to be asked with `Callback::call`"]
#[derive(Debug, PartialEq, Eq)]
pub struct Callback {
    call: Call,
    magic: [u8; 4],
    called: bool,
}

impl Callback {
    /// The callback to the Ethereum face of `to`, a contract or a native actor, by the method with this selector.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the calldata does not encode.
    pub fn new<R: Runtime>(rt: &R, to: ActorID, selector: u32, args: impl Args) -> Result<Self, ActorError> {
        let magic = selector.to_be_bytes();
        let calldata = [magic.to_vec(), args.encode(rt)].concat();
        Ok(Self {
            call: Call::new(Address::new_id(to), INVOKE_EVM).with_params(&BytesSer(&calldata))?,
            magic,
            called: false,
        })
    }

    /// Asks the recipient. It accepts by one word, the selector; silence, which is what accounts answer to everything, refuses.
    ///
    /// # Errors
    /// The recipient's revert data if it gave any, as OpenZeppelin passes it on; else what `otherwise` makes of the reason. The
    /// whole call must abort.
    pub fn call<R: Runtime, E: Into<ActorError>>(
        mut self,
        rt: &mut R,
        otherwise: impl FnOnce(String) -> E,
    ) -> Result<(), ActorError> {
        self.called = true;
        let answer = match rt.send(&self.call) {
            Ok(answer) => answer,
            Err(why) => return Err(refused(&self.call, why, otherwise)),
        };
        match answer.decode() {
            Ok(BytesDe(answer)) if is_magic(&answer, self.magic) => Ok(()),
            Ok(_) => Err(otherwise("it did not answer with the callback's selector".to_owned()).into()),
            Err(why) => Err(otherwise(why.message).into()),
        }
    }
}

/// Whether this is the one answer that accepts, in callbacks and in ERC-1271: the selector, padded with zeros to a word.
pub fn is_magic(answer: &[u8], magic: [u8; 4]) -> bool {
    answer.len() == 32
        && answer
            .strip_prefix(&magic)
            .is_some_and(|rest| rest.iter().all(|byte| *byte == 0))
}

fn refused<E: Into<ActorError>>(
    call: &Call,
    why: SendError,
    otherwise: impl FnOnce(String) -> E,
) -> ActorError {
    let said = match &why {
        SendError::Exit { data, .. } => data.as_ref().and_then(callee_revert),
        SendError::Refused(_) | SendError::Oversized { .. } => None,
    };
    let error = why.into_error(call);
    match said.filter(|data| !data.is_empty()) {
        Some(data) => ActorError {
            revert: Some(Revert::Encoded(data)),
            ..error
        },
        None => otherwise(error.message).into(),
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Drop for Callback {
    fn drop(&mut self) {
        if !self.called {
            crate::testing::owed::forget(format!("the callback {:?} was dropped uncalled", self.call));
        }
    }
}
