//! Calls to other actors, and the two ways in which they fail.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{CBOR, DAG_CBOR};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{ActorError, Context};
use crate::method::Method;
use crate::runtime::Runtime;

/// Plain value transfer: no code runs at an account.
pub const METHOD_SEND: u64 = 0;

/// How many bytes of an answer are read unless a call says otherwise.
pub const DEFAULT_MAX_RETURN: u32 = 2048;

/// A call to another actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Whom, in any address form.
    pub to: Address,
    /// Which method.
    pub method: u64,
    /// With what.
    pub params: Option<IpldBlock>,
    /// FIL that goes along, attoFIL.
    pub value: TokenAmount,
    /// Gas that the callee may use; none means all that is left. The machine cuts it silently to what is
    /// left, so a limited call comes after [`require_gas`].
    pub gas_limit: Option<u64>,
    /// An answer that is longer, in bytes, is a failure and is never copied into our memory.
    pub max_return: u32,
}

impl Call {
    /// A call without parameters and value.
    pub fn new(to: Address, method: u64) -> Self {
        let value = TokenAmount::default();
        Self {
            to,
            method,
            params: None,
            value,
            gas_limit: None,
            max_return: DEFAULT_MAX_RETURN,
        }
    }

    /// A call of a method that an interface lists, with its parameters. A method of the Ethereum face alone has no
    /// number, and does not compile here: method 0 would be a bare send that runs nothing and succeeds.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the parameters do not encode.
    pub fn to_method<M: Method<Params: Serialize>>(
        to: Address,
        params: &M::Params,
    ) -> Result<Self, ActorError> {
        const {
            assert!(
                M::NUMBER != METHOD_SEND,
                "the method exists on the Ethereum face only: it has no number to call it by"
            )
        };
        Self::new(to, M::NUMBER).with_params(params)
    }

    /// The same with parameters, encoded as CBOR.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when they do not encode.
    pub fn with_params<T: Serialize + ?Sized>(mut self, params: &T) -> Result<Self, ActorError> {
        self.params = IpldBlock::serialize_cbor(params).or_illegal_state("parameters do not encode")?;
        Ok(self)
    }

    /// The same with FIL, attoFIL.
    pub fn with_value(mut self, value: TokenAmount) -> Self {
        self.value = value;
        self
    }

    /// The same with a limit of gas.
    pub fn with_gas_limit(mut self, gas: u64) -> Self {
        self.gas_limit = Some(gas);
        self
    }
}

/// What a successful call brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer(pub Option<IpldBlock>);

impl Answer {
    /// Decodes the answer strictly. Accounts, ethaccounts, placeholders and contracts with an empty fallback
    /// answer every call with success and no data: that is not an answer.
    ///
    /// # Errors
    /// USR_UNSPECIFIED when there is no data, or it is not CBOR of the expected type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, ActorError> {
        let Some(block) = &self.0 else {
            return Err(ActorError::callee_failed("the callee answered nothing"));
        };
        if block.codec != CBOR && block.codec != DAG_CBOR {
            let codec = block.codec;
            return Err(ActorError::callee_failed(format!(
                "the callee answered with codec {codec:#x}, not CBOR"
            )));
        }
        fvm_ipld_encoding::from_slice(&block.data)
            .map_err(|e| ActorError::callee_failed(format!("the callee's answer does not decode: {e}")))
    }
}

/// Why a call failed: both channels of the machine, and what we refuse to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The callee ended with this code. Abnormal ends look like 4, 7, 9 or 11.
    Exit {
        /// Never to be re-raised as our own.
        code: ExitCode,
        /// What it said, if anything.
        data: Option<IpldBlock>,
    },
    /// The machine refused the call: no such actor, too little FIL, read-only, too deep.
    Refused(ErrorNumber),
    /// The call succeeded with an answer longer than it allows. What it did is done: abort.
    Oversized {
        /// Length of the answer, bytes.
        len: u32,
        /// The call's limit, bytes.
        max: u32,
    },
}

impl SendError {
    /// Wraps the failure into one of ours, with the callee's words in the message.
    pub fn into_error(self, call: &Call) -> ActorError {
        let (to, method) = (call.to, call.method);
        let why = match self {
            Self::Exit { code, .. } => format!("ended with exit code {}", code.value()),
            Self::Refused(number) => format!("was refused by the machine: {number}"),
            Self::Oversized { len, max } => format!("answered {len} bytes where {max} are allowed"),
        };
        ActorError::callee_failed(format!("the call of method {method} of {to} {why}"))
    }
}

/// What the machine charges for a send before the callee's own limit begins, with room for some KiB of parameters, gas.
/// Measured: 30 195 without parameters.
pub const SEND_GAS: u64 = 100_000;

/// Makes sure that a call with a gas limit can really have that much, so that the caller of this actor
/// cannot starve it.
///
/// # Errors
/// SYS-like shortage told as USR_INSUFFICIENT_FUNDS: the message needs a higher gas limit.
pub fn require_gas<R: Runtime>(rt: &R, gas: u64) -> Result<(), ActorError> {
    // Beyond that the machine keeps nothing back on a send: what is left is what the callee can get.
    let needed = gas.saturating_add(SEND_GAS);
    let left = rt.gas_left();
    if left >= needed {
        return Ok(());
    }
    Err(ActorError::insufficient_funds(format!(
        "{left} gas is left where the call needs {needed}: raise the gas limit"
    )))
}
