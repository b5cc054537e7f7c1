//! From a message to a handler.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{CBOR, DAG_CBOR};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::caller::Access;
use crate::decimal::Decimal;
use crate::error::{ActorError, Context};
use crate::evm::face;
use crate::frc42::FIRST_METHOD;
use crate::method::{Answer, Handle, INVOKE_EVM, Kind, Method, Proof};
use crate::runtime::Runtime;

/// The generated part of an interface: a match over numbers and one over selectors.
pub trait Dispatch<A> {
    /// Runs the method with this number.
    ///
    /// # Errors
    /// Those of the method; USR_UNHANDLED_MESSAGE when there is none.
    fn by_number<R: Runtime>(
        rt: &mut R,
        number: u64,
        params: Option<IpldBlock>,
    ) -> Result<Option<IpldBlock>, ActorError>;

    /// Runs the method with this Solidity selector.
    ///
    /// # Errors
    /// Those of the method; USR_UNHANDLED_MESSAGE when there is none.
    fn by_selector<R: Runtime>(rt: &mut R, selector: u32, args: &[u8]) -> Result<Vec<u8>, ActorError>;

    /// The selectors that belong to a standard, with its name, for ERC-165.
    const STANDARDS: &'static [(&'static str, u32)];
}

/// A failed message: what the machine is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abort {
    /// The code and the sentence.
    pub error: ActorError,
    /// Data that travels with the code: the revert data on the Ethereum face.
    pub data: Option<IpldBlock>,
}

/// Runs the message that the runtime holds, on the actor `A` with the interface `I`.
///
/// # Errors
/// [`Abort`]; the machine rolls everything back.
pub fn invoke<I: Dispatch<A>, A, R: Runtime>(
    rt: &mut R,
    params: Option<IpldBlock>,
) -> Result<Option<IpldBlock>, Abort> {
    match rt.message().method {
        INVOKE_EVM => face::invoke::<I, A, R>(rt, params),
        number => I::by_number(rt, number, params).map_err(|error| Abort {
            data: error.data(),
            error,
        }),
    }
}

/// Runs a method that changes state: payable, access, parameters, handler, return value, in this order.
///
/// # Errors
/// Those of the steps.
pub fn call<A: Handle<M>, M: Method<Params: DeserializeOwned, Return: Serialize>, R: Runtime>(
    rt: &mut R,
    params: Option<IpldBlock>,
) -> Result<Option<IpldBlock>, ActorError> {
    let caller = admit::<M, R>(rt)?;
    let params = decode_params::<M>(params)?;
    encode_return::<M>(&A::handle(rt, caller, params)?)
}

/// Runs a view, in the same order.
///
/// # Errors
/// Those of the steps.
pub fn view<A: Answer<M>, M: Method<Params: DeserializeOwned, Return: Serialize>, R: Runtime>(
    rt: &mut R,
    params: Option<IpldBlock>,
) -> Result<Option<IpldBlock>, ActorError> {
    let caller = admit::<M, R>(rt)?;
    let params = decode_params::<M>(params)?;
    encode_return::<M>(&A::answer(rt, caller, params)?)
}

/// Lets a message in: no FIL to a method that takes none, then the method's access rule.
///
/// # Errors
/// USR_NOT_PAYABLE, USR_FORBIDDEN.
pub(crate) fn admit<M: Method, R: Runtime>(rt: &R) -> Result<Proof<M>, ActorError> {
    if M::KIND != Kind::Pay {
        refuse_value(rt, M::NAME)?;
    }
    M::Access::check(rt)
}

/// Refuses FIL for what takes none.
pub(crate) fn refuse_value<R: Runtime>(rt: &R, name: &str) -> Result<(), ActorError> {
    let value = &rt.message().value;
    if value.is_zero() {
        return Ok(());
    }
    let value = Decimal(value);
    Err(ActorError::not_payable(format!(
        "{name} takes no FIL, but {value} FIL came along"
    )))
}

/// The error for a number that the interface does not list.
pub fn unknown_method(number: u64) -> ActorError {
    let hint = if number < FIRST_METHOD {
        "; public methods have FRC-42 numbers from 2^24 up"
    } else {
        ""
    };
    ActorError::unhandled(format!("there is no method {number}{hint}"))
}

/// Parameters are CBOR (0x51) or DAG-CBOR (0x71). Only a method without parameters may be called with none at all:
/// an optional parameter that was forgotten must not pass for null.
fn decode_params<M: Method<Params: DeserializeOwned>>(
    params: Option<IpldBlock>,
) -> Result<M::Params, ActorError> {
    const NULL: &[u8] = &[0xf6];
    let none_wanted = size_of::<M::Params>() == 0;
    let data = match &params {
        None if none_wanted => NULL,
        None => {
            return Err(ActorError::illegal_argument(format!(
                "{} needs parameters",
                M::NAME
            )));
        }
        Some(block) if none_wanted && block.data.is_empty() => NULL,
        Some(block) if block.codec == CBOR || block.codec == DAG_CBOR => &block.data,
        Some(block) => {
            let codec = block.codec;
            return Err(ActorError::serialization(format!(
                "parameters of {} have codec {codec:#x}, not CBOR (0x51)",
                M::NAME
            )));
        }
    };
    fvm_ipld_encoding::from_slice(data).or_serialization(&format!("parameters of {}", M::NAME))
}

fn encode_return<M: Method<Return: Serialize>>(value: &M::Return) -> Result<Option<IpldBlock>, ActorError> {
    // A method that returns the unit type returns no block at all, not a null.
    if size_of::<M::Return>() == 0 {
        return Ok(None);
    }
    IpldBlock::serialize_cbor(value).or_illegal_state("the return value does not encode")
}
