//! Whether somebody signed a message: by the kind of actor that they are.

use fvm_ipld_encoding::{BytesDe, BytesSer, RawBytes};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{
    AUTHENTICATE_MESSAGE, AccessError, AuthenticateMessageParams, CarryParams, DOMAIN_NAME, MAX_ANSWER,
    MAX_SIGNATURE, SIGNATURE_GAS, SignedMessage,
};
use holdfast_runtime::error::Context;
use holdfast_runtime::evm::eip712::{digest, signer};
use holdfast_runtime::evm::{Args, Bytes32, EthAddress, is_magic, selector};
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::official::{ETH_ACCOUNT, EVM, PLACEHOLDER, type_of};
use holdfast_runtime::send::{Answer, Call};
use holdfast_runtime::{ActorError, Runtime, record};

use crate::typed::typed;

record! {
    /// Arguments of ERC-1271's `isValidSignature`.
    #[solidity]
    pub struct IsValidSignature {
        /// The digest.
        pub hash: Bytes32,
        /// The signature.
        pub signature: RawBytes,
    }
}

/// The selector of ERC-1271's method, and the answer that is a yes.
const IS_VALID_SIGNATURE: [u8; 4] = selector("isValidSignature(bytes32,bytes)");

/// Refuses a message that the signer has not signed. Nobody who is asked can change anything.
///
/// # Errors
/// [`AccessError::SignatureTooLong`], [`AccessError::NotSigned`]; those of [`typed`].
pub(crate) fn require_signed<R: Runtime>(
    rt: &R,
    signer: ActorID,
    message: &CarryParams,
) -> Result<(), ActorError> {
    let (len, max) = (message.signature.len(), MAX_SIGNATURE);
    if len > max {
        return Err(AccessError::SignatureTooLong { len, max }.into());
    }
    let delegated = rt.delegated_address(signer);
    let eth = delegated.as_ref().and_then(EthAddress::from_delegated);
    match (type_of(rt, signer), eth) {
        (Some(PLACEHOLDER | ETH_ACCOUNT), Some(account)) => by_key(rt, account, message),
        (Some(EVM), Some(wallet)) => by_contract(rt, (signer, wallet), message),
        _ => by_actor(rt, signer, message),
    }
}

/// The key behind a 0x account signs typed data.
fn by_key<R: Runtime>(rt: &R, account: EthAddress, message: &CarryParams) -> Result<(), ActorError> {
    // It is what a malformed signature recovers to in Solidity.
    if account == EthAddress::ZERO {
        return Err(not_signed(message, "nobody has the key of the zero address"));
    }
    let digest = digest(rt, DOMAIN_NAME, &typed(rt, account, message)?);
    let signed_by = split(message.signature.bytes()).and_then(|(v, r, s)| signer(rt, &digest, v, r, s));
    match signed_by {
        Some(by) if by == account => Ok(()),
        Some(other) => Err(not_signed(message, format!("{other} has"))),
        None => {
            let why = "65 bytes are expected: r, the lower s, and a v of 27 or 28";
            Err(not_signed(message, why))
        }
    }
}

/// `v`, `r` and `s` of a signature.
pub(crate) fn split(signature: &[u8]) -> Option<(u8, Bytes32, Bytes32)> {
    let (r, rest) = signature.split_first_chunk::<32>()?;
    let (s, v) = rest.split_first_chunk::<32>()?;
    match v {
        [v] => Some((*v, Bytes32(*r), Bytes32(*s))),
        _ => None,
    }
}

/// A contract says whether it signed typed data (ERC-1271).
fn by_contract<R: Runtime>(
    rt: &R,
    (id, wallet): (ActorID, EthAddress),
    message: &CarryParams,
) -> Result<(), ActorError> {
    let hash = Bytes32(digest(rt, DOMAIN_NAME, &typed(rt, wallet, message)?));
    let signature = message.signature.clone();
    let args = IsValidSignature { hash, signature }.encode(rt);
    let calldata = [&IS_VALID_SIGNATURE[..], &args].concat();
    let call = Call::new(Address::new_id(id), INVOKE_EVM).with_params(&BytesSer(&calldata))?;
    let BytesDe(word) = ask(rt, call, message)?
        .decode()
        .map_err(|why| not_signed(message, why.message))?;
    if is_magic(&word, IS_VALID_SIGNATURE) {
        return Ok(());
    }
    Err(not_signed(
        message,
        "its contract does not answer with 0x1626ba7e",
    ))
}

/// Any other actor says whether it signed bytes (FIP-0044).
fn by_actor<R: Runtime>(rt: &R, id: ActorID, message: &CarryParams) -> Result<(), ActorError> {
    let signed = SignedMessage {
        chain_id: rt.network().chain_id,
        actor: rt.message().receiver,
        signer: message.signer,
        what: message.what.clone(),
        nonce: message.nonce,
        deadline: message.deadline,
    };
    let text = signed
        .to_bytes()
        .or_illegal_state("a signed message does not encode")?;
    let params = AuthenticateMessageParams {
        signature: message.signature.clone(),
        message: RawBytes::new(text),
    };
    let call = Call::new(Address::new_id(id), AUTHENTICATE_MESSAGE).with_params(&params)?;
    let answer = ask(rt, call, message)?.decode();
    if answer.map_err(|why| not_signed(message, why.message))? {
        return Ok(());
    }
    Err(not_signed(message, "its actor says no"))
}

/// Asks the signer's actor, which accounts and empty contracts answer with nothing.
fn ask<R: Runtime>(rt: &R, call: Call, message: &CarryParams) -> Result<Answer, ActorError> {
    let call = Call {
        max_return: MAX_ANSWER,
        ..call.with_gas_limit(SIGNATURE_GAS)
    };
    rt.ask(&call)
        .map_err(|why| not_signed(message, why.into_error(&call).message))
}

fn not_signed(message: &CarryParams, why: impl Into<String>) -> ActorError {
    let (signer, why) = (message.signer, why.into());
    AccessError::NotSigned { signer, why }.into()
}
