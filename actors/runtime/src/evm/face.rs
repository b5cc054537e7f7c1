//! The Ethereum face: calldata in, ABI-encoded data out, by the method `InvokeEVM`.
//!
//! Wallets send calldata as a CBOR byte string, the EVM actor sends it raw; both get a CBOR byte string back.
//! A failure is exit 33, as an EVM contract's revert is, with the ABI-encoded error as data.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesDe, BytesSer, CBOR, DAG_CBOR, IPLD_RAW, RawBytes};
use fvm_shared::error::ExitCode;

use super::abi::{Args, Bytes4, revert_data};
use super::{method_selector, selector};
use crate::dispatch::{Abort, Dispatch, admit, refuse_value};
use crate::error::{ActorError, Context, Revert};
use crate::frc42::FIRST_METHOD;
use crate::method::{Answer, Handle, INVOKE_EVM, Method, SolidityMethod};
use crate::record;
use crate::runtime::Runtime;

/// What the EVM actor exits with when a contract reverts.
pub const EVM_CONTRACT_REVERTED: ExitCode = ExitCode::new(33);
/// The selector by which the EVM actor opens contracts to FRC-42 methods, and we open ours to Ethereum callers.
pub const HANDLE_FILECOIN_METHOD: u32 = method_selector("handle_filecoin_method", "(uint64,uint64,bytes)");
/// ERC-165.
pub const SUPPORTS_INTERFACE: u32 = method_selector("supportsInterface", "(bytes4)");
/// The Solidity error of a failed `handle_filecoin_method`: the inner exit code and revert data.
pub const FILECOIN_METHOD_FAILED: &str = "FilecoinMethodFailed(uint32,bytes)";

record! {
    /// Arguments of `handle_filecoin_method`.
    #[solidity]
    pub struct FilecoinCall {
        /// The FRC-42 method number.
        pub method: u64,
        /// 0x51 (CBOR), or 0 with empty parameters.
        pub codec: u64,
        /// The parameters.
        pub params: RawBytes,
    }
}

record! {
    /// Results of `handle_filecoin_method`.
    #[solidity]
    pub struct FilecoinReturn {
        /// Always 0: a failing method reverts.
        pub exit_code: u32,
        /// 0x51 (CBOR), or 0 with empty data.
        pub codec: u64,
        /// The return value.
        pub data: RawBytes,
    }
}

record! {
    /// Arguments of the error `FilecoinMethodFailed`.
    #[solidity]
    pub struct MethodFailure {
        /// The exit code of the method.
        pub exit_code: u32,
        /// Its revert data.
        pub data: RawBytes,
    }
}

/// Runs calldata.
///
/// # Errors
/// Always exit 33 with revert data.
pub fn invoke<I: Dispatch<A>, A, R: Runtime>(
    rt: &mut R,
    params: Option<IpldBlock>,
) -> Result<Option<IpldBlock>, Abort> {
    let output = calldata(params).and_then(|data| run::<I, A, R>(rt, &data));
    let output = output.and_then(|bytes| cbor_bytes(&bytes));
    output.map(Some).map_err(|error| reverted(rt, error))
}

fn reverted<R: Runtime>(rt: &R, error: ActorError) -> Abort {
    let data = cbor_bytes(&revert_data(rt, &error)).ok();
    Abort {
        error: ActorError {
            code: EVM_CONTRACT_REVERTED,
            ..error
        },
        data,
    }
}

fn cbor_bytes(bytes: &[u8]) -> Result<IpldBlock, ActorError> {
    let block =
        IpldBlock::serialize_cbor(&BytesSer(bytes)).or_illegal_state("a byte string does not encode")?;
    block.ok_or_else(|| ActorError::illegal_state("a byte string encodes to nothing"))
}

fn calldata(params: Option<IpldBlock>) -> Result<Vec<u8>, ActorError> {
    match params {
        None => Ok(Vec::new()),
        Some(block) if block.codec == IPLD_RAW => Ok(block.data),
        Some(block) if block.codec == CBOR || block.codec == DAG_CBOR => {
            let BytesDe(bytes) = fvm_ipld_encoding::from_slice(&block.data).or_serialization("calldata")?;
            Ok(bytes)
        }
        Some(block) => {
            let codec = block.codec;
            Err(ActorError::serialization(format!(
                "calldata has codec {codec:#x}, neither CBOR (0x51) nor raw (0x55)"
            )))
        }
    }
}

fn run<I: Dispatch<A>, A, R: Runtime>(rt: &mut R, calldata: &[u8]) -> Result<Vec<u8>, ActorError> {
    let Some((head, args)) = calldata.split_first_chunk::<4>() else {
        let len = calldata.len();
        return Err(ActorError::unhandled(format!(
            "calldata of {len} bytes has no method: a selector has 4 bytes"
        )));
    };
    match u32::from_be_bytes(*head) {
        SUPPORTS_INTERFACE => {
            refuse_value(rt, "supportsInterface")?;
            Ok(supports(I::STANDARDS, Bytes4::decode(args)?).encode(rt))
        }
        HANDLE_FILECOIN_METHOD => filecoin_method::<I, A, R>(rt, FilecoinCall::decode(args)?),
        selector => I::by_selector(rt, selector, args),
    }
}

/// Runs a Solidity method that changes state.
///
/// # Errors
/// Those of the method.
pub fn call<A: Handle<M>, M: SolidityMethod, R: Runtime>(
    rt: &mut R,
    args: &[u8],
) -> Result<Vec<u8>, ActorError> {
    let caller = admit::<M, R>(rt)?;
    let params = <M::Params as Args>::decode(args).map_err(|e| e.context(<M as Method>::NAME))?;
    A::handle(rt, caller, params).map(|value| value.encode(rt))
}

/// Runs a Solidity view.
///
/// # Errors
/// Those of the view.
pub fn view<A: Answer<M>, M: SolidityMethod, R: Runtime>(
    rt: &mut R,
    args: &[u8],
) -> Result<Vec<u8>, ActorError> {
    let caller = admit::<M, R>(rt)?;
    let params = <M::Params as Args>::decode(args).map_err(|e| e.context(<M as Method>::NAME))?;
    A::answer(rt, caller, params).map(|value| value.encode(rt))
}

/// The error for a selector that the interface does not list.
pub fn unknown_selector(selector: u32) -> ActorError {
    ActorError::unhandled(format!("there is no method with the selector {selector:#010x}"))
}

/// The ERC-165 id of a standard: the XOR of the selectors that the table gives to it.
pub fn interface_id(standards: &[(&str, u32)], name: &str) -> u32 {
    standards
        .iter()
        .filter(|(standard, _)| *standard == name)
        .fold(0, |id, (_, selector)| id ^ selector)
}

fn supports(standards: &[(&str, u32)], wanted: Bytes4) -> bool {
    let wanted = u32::from_be_bytes(wanted.0);
    wanted == SUPPORTS_INTERFACE
        || wanted != 0
            && standards
                .iter()
                .any(|(name, _)| interface_id(standards, name) == wanted)
}

/// Opens every FRC-42 method to Ethereum callers. Caller, value and read-only are those of the message.
fn filecoin_method<I: Dispatch<A>, A, R: Runtime>(
    rt: &mut R,
    call: FilecoinCall,
) -> Result<Vec<u8>, ActorError> {
    let FilecoinCall {
        method,
        codec,
        params,
    } = call;
    if method < FIRST_METHOD || method == INVOKE_EVM {
        return Err(ActorError::forbidden(format!(
            "method {method} cannot be called through handle_filecoin_method: it takes FRC-42 numbers from 2^24 up, but not InvokeEVM"
        )));
    }
    let params = match (codec, params.is_empty()) {
        (0, true) => None,
        (CBOR, _) => Some(IpldBlock {
            codec,
            data: params.to_vec(),
        }),
        _ => {
            let len = params.len();
            return Err(ActorError::illegal_argument(format!(
                "codec {codec:#x} with {len} bytes of parameters: it has to be 0x51 (CBOR), or 0 without parameters"
            )));
        }
    };
    let returned = I::by_number(rt, method, params).map_err(|error| method_failed(rt, error))?;
    let (codec, data) = returned.map_or((0, Vec::new()), |block| (block.codec, block.data));
    Ok(FilecoinReturn {
        exit_code: 0,
        codec,
        data: RawBytes::new(data),
    }
    .encode(rt))
}

/// Wraps the failure of an inner method, so that a Solidity caller sees its exit code and its revert data.
fn method_failed<R: Runtime>(rt: &R, inner: ActorError) -> ActorError {
    let arguments = MethodFailure {
        exit_code: inner.code.value(),
        data: RawBytes::new(revert_data(rt, &inner)),
    };
    let mut data = const { selector(FILECOIN_METHOD_FAILED) }.to_vec();
    data.extend(arguments.encode(rt));
    ActorError {
        revert: Some(Revert::Encoded(data)),
        ..inner
    }
}
