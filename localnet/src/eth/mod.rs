//! Ethereum transactions and their Filecoin form, converted both ways as Lotus does it.
//!
//! A transaction and its message carry the same facts, so the signature travels on the message as it is and the
//! transaction is rebuilt from the message to check it.

mod address;

use alloy_consensus::{SignableTransaction, Signed, TxEip1559, TxEnvelope, TxLegacy};
use alloy_eips::eip2718::{Decodable2718, Encodable2718};
use alloy_primitives::{Address as AlloyAddress, B256, Bytes, Signature as AlloySignature, TxKind, U256};
use fvm_ipld_encoding::{BytesDe, BytesSer, from_slice, to_vec};
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use k256::ecdsa::{RecoveryId, VerifyingKey};

use crate::error::{Error, Refusal, Result};
use crate::ids::EAM;
use crate::message::{Signature, SignedMessage};

pub use address::EthAddress;

/// Method number of `InvokeEVM`.
pub const INVOKE_EVM: u64 = 3_844_450_837;
/// Method number of the address manager's `CreateExternal`.
pub const CREATE_EXTERNAL: u64 = 4;

const HOMESTEAD_PREFIX: u8 = 1;
const EIP155_PREFIX: u8 = 2;

/// An EIP-1559 transaction to be signed by an Ethereum wallet; what is `None` the network fills in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EthTx {
    /// Recipient; `None` creates a contract.
    pub to: Option<EthAddress>,
    /// Value in attoFIL.
    pub value: TokenAmount,
    /// Calldata or initcode.
    pub input: Vec<u8>,
    /// Nonce; the sender's next one by default.
    pub nonce: Option<u64>,
    /// Gas limit; estimated by default.
    pub gas_limit: Option<u64>,
    /// Most to pay per gas, attoFIL.
    pub max_fee_per_gas: Option<TokenAmount>,
    /// Tip per gas, attoFIL.
    pub max_priority_fee_per_gas: Option<TokenAmount>,
}

/// Recipient, method and parameters of the Filecoin message for a transaction.
///
/// # Errors
/// When the calldata cannot be encoded.
pub fn to_filecoin(to: Option<EthAddress>, input: &[u8]) -> Result<(Address, u64, Vec<u8>)> {
    let params = match input {
        [] => Vec::new(),
        _ => to_vec(&BytesSer(input)).map_err(|e| Error::codec("calldata", e))?,
    };
    Ok(match to {
        Some(to) => (to.to_filecoin(), INVOKE_EVM, params),
        None => (Address::new_id(EAM), CREATE_EXTERNAL, params),
    })
}

/// Recipient and calldata of the transaction that a message is the form of.
fn from_filecoin(message: &Message) -> Result<(Option<EthAddress>, Vec<u8>)> {
    let bad = |why: String| Error::from(Refusal::EthTransaction(why));
    if message.version != 0 {
        return Err(Refusal::Version(message.version).into());
    }
    let input = match message.params.bytes() {
        [] => Vec::new(),
        params => {
            let BytesDe(input) = from_slice(params)
                .map_err(|e| bad(format!("the parameters are no CBOR byte string: {e}")))?;
            if input.is_empty() {
                return Err(bad(
                    "empty calldata is written as no parameters, not as an empty byte string".into(),
                ));
            }
            input
        }
    };
    if message.to == Address::new_id(EAM) {
        return match message.method_num {
            CREATE_EXTERNAL => Ok((None, input)),
            other => Err(bad(format!(
                "method {other} of the address manager, the only one is CreateExternal ({CREATE_EXTERNAL})"
            ))),
        };
    }
    if message.method_num != INVOKE_EVM {
        return Err(bad(format!(
            "method {}, the only one is InvokeEVM ({INVOKE_EVM})",
            message.method_num
        )));
    }
    let to = EthAddress::from_filecoin(&message.to)
        .ok_or_else(|| bad(format!("the recipient {} has no 0x form", message.to)))?;
    Ok((Some(to), input))
}

fn eip1559(message: &Message, chain_id: u64) -> Result<TxEip1559> {
    let (to, input) = from_filecoin(message)?;
    Ok(TxEip1559 {
        chain_id,
        nonce: message.sequence,
        gas_limit: message.gas_limit,
        max_fee_per_gas: wei(&message.gas_fee_cap)?,
        max_priority_fee_per_gas: wei(&message.gas_premium)?,
        to: kind(to),
        value: u256(&message.value)?,
        access_list: Default::default(),
        input: Bytes::from(input),
    })
}

fn legacy(message: &Message, chain_id: Option<u64>) -> Result<TxLegacy> {
    let (to, input) = from_filecoin(message)?;
    if message.gas_premium != message.gas_fee_cap {
        return Err(Refusal::EthTransaction(
            "gas premium and gas fee cap of an older transaction are both its gas price".into(),
        )
        .into());
    }
    Ok(TxLegacy {
        chain_id,
        nonce: message.sequence,
        gas_price: wei(&message.gas_fee_cap)?,
        gas_limit: message.gas_limit,
        to: kind(to),
        value: u256(&message.value)?,
        input: Bytes::from(input),
    })
}

/// The hash that an Ethereum key signs for this message, as an EIP-1559 transaction.
///
/// # Errors
/// When the message is no form of an Ethereum transaction.
pub fn signing_hash(message: &Message, chain_id: u64) -> Result<[u8; 32]> {
    Ok(eip1559(message, chain_id)?.signature_hash().0)
}

/// Check a delegated signature: the key recovered from it must be that of `signer`.
pub(crate) fn verify(
    message: &Message,
    signature: &[u8],
    signer: &Address,
    chain_id: u64,
) -> std::result::Result<(), String> {
    let (hash, rsv) = signed_hash(message, signature, chain_id).map_err(|e| e.to_string())?;
    let found = recover(&hash, &rsv)?;
    if EthAddress::from_filecoin(signer) == Some(found) {
        return Ok(());
    }
    Err(format!("it was made by {found}"))
}

/// The signed hash and the plain 65 bytes of a delegated signature of any of the three transaction types.
fn signed_hash(message: &Message, signature: &[u8], chain_id: u64) -> Result<([u8; 32], [u8; 65])> {
    let plain = |bytes: &[u8]| -> Result<[u8; 65]> {
        bytes
            .try_into()
            .map_err(|_| Error::Key(format!("a delegated signature of {} bytes", signature.len())))
    };
    match signature {
        [HOMESTEAD_PREFIX, rest @ ..] if signature.len() == 66 => {
            let mut rsv = plain(rest)?;
            rsv[64] = rsv[64]
                .checked_sub(27)
                .ok_or_else(|| Error::Key("v is below 27".into()))?;
            Ok((legacy(message, None)?.signature_hash().0, rsv))
        }
        [EIP155_PREFIX, rest @ ..] if signature.len() > 65 => {
            let (rs, v) = rest.split_at(64);
            let v = v.iter().fold(0u64, |n, b| n.wrapping_shl(8) | u64::from(*b));
            let parity = v.checked_sub(35 + 2 * chain_id).filter(|p| *p < 2);
            let parity =
                parity.ok_or_else(|| Error::Key(format!("v {v} is for another chain than {chain_id}")))?;
            let mut rsv = [0; 65];
            rsv[..64].copy_from_slice(rs);
            rsv[64] = u8::from(parity == 1);
            Ok((legacy(message, Some(chain_id))?.signature_hash().0, rsv))
        }
        _ => Ok((signing_hash(message, chain_id)?, plain(signature)?)),
    }
}

/// The Ethereum address whose key made this signature (r, s, v with v 0 or 1) over `hash`.
///
/// # Errors
/// A sentence that says what is wrong with the signature.
pub fn recover(hash: &[u8; 32], rsv: &[u8; 65]) -> std::result::Result<EthAddress, String> {
    let signature = k256::ecdsa::Signature::from_slice(&rsv[..64]).map_err(|e| e.to_string())?;
    if signature.normalize_s().is_some() {
        return Err("s is in the upper half of the curve's order".into());
    }
    let id = RecoveryId::from_byte(rsv[64])
        .filter(|_| rsv[64] < 2)
        .ok_or_else(|| format!("v is {}, not 0 or 1", rsv[64]))?;
    let key = VerifyingKey::recover_from_prehash(hash, &signature, id).map_err(|e| e.to_string())?;
    Ok(EthAddress::of_key(&key))
}

/// A raw signed transaction, as `eth_sendRawTransaction` takes it, as a signed message.
/// EIP-1559, EIP-155 and pre-EIP-155 transactions are understood.
///
/// # Errors
/// When the bytes are no such transaction, or one for another chain.
pub fn decode(raw: &[u8], chain_id: u64) -> Result<SignedMessage> {
    let bad = |why: String| Error::from(Refusal::EthTransaction(why));
    let tx = TxEnvelope::decode_2718_exact(raw).map_err(|e| bad(e.to_string()))?;
    match tx {
        TxEnvelope::Eip1559(signed) => from_eip1559(&signed, chain_id),
        TxEnvelope::Legacy(signed) => from_legacy(&signed, chain_id),
        other => Err(bad(format!(
            "transaction type {} is not supported, 2 (EIP-1559) and legacy are",
            u8::from(other.tx_type())
        ))),
    }
}

fn from_eip1559(signed: &Signed<TxEip1559>, chain_id: u64) -> Result<SignedMessage> {
    let tx = signed.tx();
    if tx.chain_id != chain_id {
        return Err(Refusal::ChainId {
            found: tx.chain_id,
            expected: chain_id,
        }
        .into());
    }
    if !tx.access_list.is_empty() {
        return Err(Refusal::EthTransaction("access lists are not supported".into()).into());
    }
    let rsv = rsv(signed.signature());
    let from = sender(&tx.signature_hash(), &rsv)?;
    let fees = (attofil(tx.max_fee_per_gas), attofil(tx.max_priority_fee_per_gas));
    let message = message(from, tx.nonce, tx.to, &tx.value, tx.gas_limit, fees, &tx.input)?;
    Ok(SignedMessage {
        message,
        signature: Signature::Delegated(rsv.to_vec()),
    })
}

fn from_legacy(signed: &Signed<TxLegacy>, chain_id: u64) -> Result<SignedMessage> {
    let tx = signed.tx();
    if let Some(found) = tx.chain_id.filter(|id| *id != chain_id) {
        return Err(Refusal::ChainId {
            found,
            expected: chain_id,
        }
        .into());
    }
    let rsv = rsv(signed.signature());
    let from = sender(&tx.signature_hash(), &rsv)?;
    let fees = (attofil(tx.gas_price), attofil(tx.gas_price));
    let message = message(from, tx.nonce, tx.to, &tx.value, tx.gas_limit, fees, &tx.input)?;
    let (prefix, v) = match tx.chain_id {
        None => (HOMESTEAD_PREFIX, 27 + u64::from(rsv[64])),
        Some(id) => (EIP155_PREFIX, 35 + 2 * id + u64::from(rsv[64])),
    };
    let mut bytes = vec![prefix];
    bytes.extend_from_slice(&rsv[..64]);
    bytes.extend(v.to_be_bytes().into_iter().skip_while(|b| *b == 0));
    Ok(SignedMessage {
        message,
        signature: Signature::Delegated(bytes),
    })
}

/// The raw EIP-1559 transaction of a message signed by an Ethereum wallet, for `eth_sendRawTransaction`, and its hash.
///
/// # Errors
/// When the message is not such a one.
pub fn encode(signed: &SignedMessage, chain_id: u64) -> Result<(Vec<u8>, [u8; 32])> {
    let bad = || {
        Error::from(Refusal::EthTransaction(
            "it is not signed as an EIP-1559 transaction".into(),
        ))
    };
    let Signature::Delegated(bytes) = &signed.signature else {
        return Err(bad());
    };
    let rsv: [u8; 65] = bytes.as_slice().try_into().map_err(|_| bad())?;
    let (r, s) = (U256::from_be_slice(&rsv[..32]), U256::from_be_slice(&rsv[32..64]));
    let tx = eip1559(&signed.message, chain_id)?.into_signed(AlloySignature::new(r, s, rsv[64] == 1));
    let envelope = TxEnvelope::from(tx);
    Ok((envelope.encoded_2718(), envelope.tx_hash().0))
}

fn message(
    from: Address,
    nonce: u64,
    to: TxKind,
    value: &U256,
    gas_limit: u64,
    (gas_fee_cap, gas_premium): (TokenAmount, TokenAmount),
    input: &Bytes,
) -> Result<Message> {
    let to = to.to().map(|a| EthAddress(a.into_array()));
    let (to, method_num, params) = to_filecoin(to, input)?;
    let value = TokenAmount::from_atto(BigInt::from_bytes_be(Sign::Plus, &value.to_be_bytes::<32>()));
    Ok(Message {
        version: 0,
        from,
        to,
        sequence: nonce,
        value,
        method_num,
        params: params.into(),
        gas_limit,
        gas_fee_cap,
        gas_premium,
    })
}

fn sender(hash: &B256, rsv: &[u8; 65]) -> Result<Address> {
    recover(&hash.0, rsv)
        .map(EthAddress::to_filecoin)
        .map_err(|e| Refusal::EthTransaction(format!("signature: {e}")).into())
}

fn rsv(signature: &AlloySignature) -> [u8; 65] {
    let mut out = [0; 65];
    out[..32].copy_from_slice(&signature.r().to_be_bytes::<32>());
    out[32..64].copy_from_slice(&signature.s().to_be_bytes::<32>());
    out[64] = u8::from(signature.v());
    out
}

fn kind(to: Option<EthAddress>) -> TxKind {
    to.map_or(TxKind::Create, |a| TxKind::Call(AlloyAddress::from(a.0)))
}

fn u256(amount: &TokenAmount) -> Result<U256> {
    let (sign, bytes) = amount.atto().to_bytes_be();
    let fits = sign != Sign::Minus && bytes.len() <= 32;
    fits.then(|| U256::from_be_slice(&bytes))
        .ok_or_else(|| Error::codec("value", format!("{amount} FIL does not fit 256 unsigned bits")))
}

fn wei(amount: &TokenAmount) -> Result<u128> {
    u128::try_from(amount.atto()).map_err(|_| {
        Error::codec(
            "fee",
            format!("{} attoFIL does not fit 128 unsigned bits", amount.atto()),
        )
    })
}

fn attofil(wei: u128) -> TokenAmount {
    TokenAmount::from_atto(wei)
}
