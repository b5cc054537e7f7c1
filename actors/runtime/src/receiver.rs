//! The universal receiver hook (FRC-0046): how an actor learns that it was given something.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;

use crate::error::{ActorError, Context};
use crate::frc42::method_number;
use crate::record;
use crate::runtime::Runtime;
use crate::send::Call;

/// The hook's method, `Receive`.
pub const RECEIVE: u64 = method_number("Receive");
/// The payload type of FRC-46 tokens: the FRC-42 hash of `FRC46`.
pub const FRC46_PAYLOAD: u32 = method_number("FRC46") as u32;

record! {
    /// What the hook is called with, by FRC-0046.
    pub struct UniversalReceiverParams {
        /// What the payload is, e.g. the FRC-42 hash of `FRC46`.
        pub type_: u32,
        /// The payload in CBOR.
        pub payload: RawBytes,
    }
}

record! {
    /// The payload for fungible tokens, by FRC-0046.
    pub struct Frc46TokenReceived {
        /// The id of the holder whose tokens were sent; the minted-to actor's own token actor for a mint.
        pub from: ActorID,
        /// The id of the recipient.
        pub to: ActorID,
        /// The id of whoever started the transfer.
        pub operator: ActorID,
        /// Atto-tokens.
        pub amount: TokenAmount,
        /// Data from the operator.
        pub operator_data: RawBytes,
        /// Data from the token.
        pub token_data: RawBytes,
    }
}

/// A hook that has to be called after the state is saved. A transaction that gives something away returns it.
#[must_use = "the recipient has to be told with `ReceiverHook::call`"]
#[derive(Debug, PartialEq, Eq)]
pub struct ReceiverHook {
    received: Frc46TokenReceived,
    called: bool,
}

impl ReceiverHook {
    /// The hook for a transfer or mint of fungible tokens.
    pub fn for_token(received: Frc46TokenReceived) -> Self {
        Self {
            received,
            called: false,
        }
    }

    /// Tells the recipient; gives back what it answered, at most [`DEFAULT_MAX_RETURN`](crate::send::DEFAULT_MAX_RETURN)
    /// bytes. Its failure refuses the transfer.
    ///
    /// # Errors
    /// USR_UNSPECIFIED when the recipient refuses or fails: the whole call must abort.
    pub fn call<R: Runtime>(mut self, rt: &mut R) -> Result<RawBytes, ActorError> {
        self.called = true;
        let payload =
            RawBytes::serialize(&self.received).or_illegal_state("the hook's payload does not encode")?;
        let call =
            Call::new(Address::new_id(self.received.to), RECEIVE).with_params(&UniversalReceiverParams {
                type_: FRC46_PAYLOAD,
                payload,
            })?;
        match rt.send(&call) {
            Ok(answer) => Ok(RawBytes::new(
                answer.0.map(|block| block.data).unwrap_or_default(),
            )),
            Err(why) => Err(why
                .into_error(&call)
                .context("the recipient did not accept the tokens")),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Drop for ReceiverHook {
    fn drop(&mut self) {
        if !self.called {
            crate::testing::owed::forget(format!("the hook for {:?} was dropped uncalled", self.received));
        }
    }
}
