//! What all ways of creating an actor have in common.

use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_api::init::events::Created;
use holdfast_api::init::{ExecReturn, FIRST_OPEN_TYPE, InitError};
use holdfast_runtime::error::Revert;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::canonical;
use holdfast_runtime::method::CONSTRUCTOR;
use holdfast_runtime::send::{Call, SendError};
use holdfast_runtime::{ActorError, Runtime};

use crate::state::State;

/// What is to be created.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The code.
    pub(crate) code: Cid,
    /// The position of the code in the manifest.
    pub(crate) kind: u32,
    /// The CBOR of the constructor's parameters; empty for none.
    pub(crate) params: RawBytes,
}

/// The type number of a code that everybody may create.
///
/// # Errors
/// [`InitError::UnknownCode`], [`InitError::OfficialType`].
pub(crate) fn open_type_of_code<R: Runtime>(rt: &R, code: &Cid) -> Result<u32, ActorError> {
    let kind = rt
        .type_of_code(code)
        .ok_or(InitError::UnknownCode { code: *code })?;
    only_open(kind).map(|()| kind)
}

/// The code of a type that everybody may create.
///
/// # Errors
/// [`InitError::UnknownType`], [`InitError::OfficialType`].
pub(crate) fn code_of_open_type<R: Runtime>(rt: &R, kind: u32) -> Result<Cid, ActorError> {
    let code = rt.code_of_type(kind).ok_or(InitError::UnknownType {
        actor_type: kind.into(),
    })?;
    only_open(kind).map(|()| code)
}

fn only_open(kind: u32) -> Result<(), ActorError> {
    if kind >= FIRST_OPEN_TYPE {
        return Ok(());
    }
    Err(InitError::OfficialType {
        actor_type: kind.into(),
        first: FIRST_OPEN_TYPE.into(),
    }
    .into())
}

/// Creates an actor under the address that the machine gives to this message.
///
/// # Errors
/// Those of [`State::assign`], of the machine and of the constructor.
pub(crate) fn create<R: Runtime>(rt: &mut R, plan: Plan) -> Result<ExecReturn, ActorError> {
    let robust = rt.next_actor_address();
    create_at(rt, plan, robust)
}

/// Creates an actor under a given f2 address and runs its constructor, to which the message's FIL goes.
///
/// # Errors
/// As [`create`].
pub(crate) fn create_at<R: Runtime>(
    rt: &mut R,
    plan: Plan,
    robust: Address,
) -> Result<ExecReturn, ActorError> {
    let assigned = rt.transaction(|state: &mut State, store| state.assign(store, &robust, None))?;
    rt.create_actor(assigned.id, &plan.code, None)?;
    // Official types leave no event, as with the official Init: the receipt's events root would differ.
    if plan.kind >= FIRST_OPEN_TYPE {
        let creator = canonical(rt, rt.message().caller);
        let created = Created {
            creator,
            id: assigned.id,
            actor_type: plan.kind,
        };
        rt.emit(&created.to_actor_event()?)?;
    }
    construct(rt, assigned.id, plan.params)?;
    Ok(ExecReturn {
        id_address: Address::new_id(assigned.id),
        robust_address: robust,
    })
}

/// Runs the constructor of a new actor with the message's FIL. Its failure is passed on as the official Init does
/// it: the same exit code, unless the machine reserves it, and the same data.
///
/// # Errors
/// Those of the constructor.
pub(crate) fn construct<R: Runtime>(rt: &mut R, id: ActorID, params: RawBytes) -> Result<(), ActorError> {
    let call = Call {
        to: Address::new_id(id),
        method: CONSTRUCTOR,
        params: params.into(),
        value: rt.message().value.clone(),
        gas_limit: None,
        // The creator pays for a constructor that talks too much, here as in the official Init.
        max_return: u32::MAX,
    };
    rt.send(&call)
        .map(|_| ())
        .map_err(|error| passed_on(error).context("constructor failed"))
}

fn passed_on(error: SendError) -> ActorError {
    match error {
        SendError::Exit { code, data } => {
            let message = format!("exit code {}", code.value());
            ActorError {
                code: user_code(code),
                message,
                revert: data.map(Revert::PassedOn),
            }
        }
        SendError::Refused(number) => {
            let code = match number {
                ErrorNumber::NotFound => ExitCode::USR_UNSPECIFIED,
                ErrorNumber::InsufficientFunds => ExitCode::USR_INSUFFICIENT_FUNDS,
                ErrorNumber::ReadOnly => ExitCode::USR_READ_ONLY,
                _ => ExitCode::USR_ASSERTION_FAILED,
            };
            ActorError::new(code, format!("the machine refused the call: {number}"))
        }
        SendError::Oversized { len, max } => ActorError::new(
            ExitCode::USR_ASSERTION_FAILED,
            format!("{len} bytes of answer, {max} allowed"),
        ),
    }
}

/// An actor must not exit with the machine's own codes.
fn user_code(code: ExitCode) -> ExitCode {
    match code {
        ExitCode::SYS_MISSING_RETURN
        | ExitCode::SYS_ILLEGAL_INSTRUCTION
        | ExitCode::SYS_ILLEGAL_EXIT_CODE => ExitCode::USR_UNSPECIFIED,
        code if code.is_system_error() => ExitCode::USR_ASSERTION_FAILED,
        code => code,
    }
}
