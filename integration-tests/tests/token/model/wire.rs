//! Calls as bytes, and answers from bytes: by number with our types, by calldata with alloy's.

use alloy_primitives::{Address as Eth, B256, Bytes, U256};
use alloy_sol_types::{Eip712Domain, SolCall};
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{
    BatchEntry, BatchParams, BurnByRoleParams, BurnFromParams, BurnFromReturn, BurnParams, BurnReturn,
    DecreaseAllowanceParams, IncreaseAllowanceParams, MintParams, MintReturn, RevokeAllowanceParams,
    SetMinterParams, TransferFromParams, TransferFromReturn, TransferParams, TransferReturn,
};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::{permit, votes};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::CONSTRUCTOR;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cast::{Form, Route, Who};
use super::operation::{Batch, Call, Flaw, Named, Signed};
use super::stage::{Stage, TOKEN_NAME};

/// The order of secp256k1.
const ORDER: U256 =
    alloy_primitives::uint!(0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141_U256);

/// The method number.
pub(super) fn number(call: &Call) -> u64 {
    match call {
        Call::Constructor => CONSTRUCTOR,
        other => method_number(other.name(Route::Number)),
    }
}

fn cbor(params: &impl Serialize) -> Vec<u8> {
    to_vec(params).unwrap()
}

fn operator_data(len: usize) -> RawBytes {
    RawBytes::new(vec![7; len])
}

/// The parameters of a call by number; none for a method that takes none.
pub(super) fn params(stage: &Stage, call: &Call) -> Vec<u8> {
    let at = |named: &Named| stage.address(*named);
    match call.clone() {
        Call::Transfer { to, amount, data } => cbor(&TransferParams {
            to: at(&to),
            amount,
            operator_data: operator_data(data),
        }),
        Call::TransferFrom {
            from,
            to,
            amount,
            data,
        } => {
            let (from, to, operator_data) = (at(&from), at(&to), operator_data(data));
            cbor(&TransferFromParams {
                from,
                to,
                amount,
                operator_data,
            })
        }
        Call::Mint { to, amount, data } => cbor(&MintParams {
            to: at(&to),
            amount,
            operator_data: operator_data(data),
        }),
        Call::BatchTransfer(batch) | Call::BatchMint(batch) => {
            let entries = batch.entries.into_iter();
            let entries = entries
                .map(|(to, amount)| BatchEntry { to: at(&to), amount })
                .collect();
            cbor(&BatchParams {
                entries,
                operator_data: operator_data(batch.data),
            })
        }
        Call::Burn { amount } => cbor(&BurnParams { amount }),
        Call::BurnFrom { holder, amount } => cbor(&BurnFromParams {
            owner: at(&holder),
            amount,
        }),
        Call::BurnByRole { holder, amount } => cbor(&BurnByRoleParams {
            holder: at(&holder),
            amount,
        }),
        Call::IncreaseAllowance { operator, by } => cbor(&IncreaseAllowanceParams {
            operator: at(&operator),
            increase: by,
        }),
        Call::DecreaseAllowance { operator, by } => cbor(&DecreaseAllowanceParams {
            operator: at(&operator),
            decrease: by,
        }),
        Call::RevokeAllowance { operator } => cbor(&RevokeAllowanceParams {
            operator: at(&operator),
        }),
        Call::SetMinter { minter, cap } => cbor(&SetMinterParams {
            minter: at(&minter),
            cap,
        }),
        Call::SetBurner(role) | Call::SetPauser(role) => cbor(&role.as_ref().map(at)),
        Call::LowerSupplyCap { cap } => cbor(&cap),
        Call::TransferOwnership { to } | Call::Delegate { to } => cbor(&at(&to)),
        _ => Vec::new(),
    }
}

/// The amounts in what a call by number returned.
pub(super) fn amounts(call: &Call, returned: &[u8]) -> Vec<TokenAmount> {
    match call {
        Call::Transfer { .. } => {
            let back: TransferReturn = read(returned);
            vec![back.from_balance, back.to_balance]
        }
        Call::TransferFrom { .. } => {
            let back: TransferFromReturn = read(returned);
            vec![back.from_balance, back.to_balance, back.allowance]
        }
        Call::Mint { .. } => {
            let back: MintReturn = read(returned);
            vec![back.balance, back.supply]
        }
        Call::Burn { .. } => vec![read::<BurnReturn>(returned).balance],
        Call::BurnFrom { .. } => {
            let back: BurnFromReturn = read(returned);
            vec![back.balance, back.allowance]
        }
        Call::BurnByRole { .. }
        | Call::BatchTransfer(_)
        | Call::BatchMint(_)
        | Call::IncreaseAllowance { .. }
        | Call::DecreaseAllowance { .. } => vec![read(returned)],
        _ => {
            assert!(returned.is_empty(), "{call:?} gave {returned:02x?}");
            Vec::new()
        }
    }
}

fn read<T: DeserializeOwned>(returned: &[u8]) -> T {
    fvm_ipld_encoding::from_slice(returned).unwrap_or_else(|e| panic!("{returned:02x?}: {e}"))
}

/// Calldata without its last word, or without a whole selector. A byte less may be no more than padding less.
pub(super) fn cut_calldata(mut bytes: Vec<u8>) -> Vec<u8> {
    let word = if bytes.len() > 4 { 32 } else { 1 };
    bytes.truncate(bytes.len() - word);
    bytes
}

/// The calldata of a call.
pub(super) fn calldata(stage: &Stage, call: &Call) -> Vec<u8> {
    let at = |named: &Named| stage.eth(*named);
    match call {
        Call::Transfer { to, amount, .. } => IToken::transferCall {
            to: at(to),
            value: word(amount),
        }
        .abi_encode(),
        Call::TransferFrom { from, to, amount, .. } => IToken::transferFromCall {
            from: at(from),
            to: at(to),
            value: word(amount),
        }
        .abi_encode(),
        Call::Mint { to, amount, .. } => IToken::mintCall {
            to: at(to),
            value: word(amount),
        }
        .abi_encode(),
        Call::TransferAndCall { to, amount, data } => transfer_and_call(at(to), word(amount), *data),
        Call::TransferFromAndCall {
            from,
            to,
            amount,
            data,
        } => transfer_from_and_call((at(from), at(to)), word(amount), *data),
        Call::ApproveAndCall {
            operator,
            amount,
            data,
        } => approve_and_call(at(operator), word(amount), *data),
        Call::BatchTransfer(batch) => {
            let (recipients, values) = columns(stage, batch);
            IToken::batchTransferCall { recipients, values }.abi_encode()
        }
        Call::BatchMint(batch) => {
            let (recipients, values) = columns(stage, batch);
            IToken::batchMintCall { recipients, values }.abi_encode()
        }
        Call::Burn { amount } => IToken::burnCall { amount: word(amount) }.abi_encode(),
        Call::BurnFrom { holder, amount } => IToken::burnFromCall {
            owner: at(holder),
            value: word(amount),
        }
        .abi_encode(),
        Call::BurnByRole { holder, amount } => IToken::burnByRoleCall {
            holder: at(holder),
            amount: word(amount),
        }
        .abi_encode(),
        Call::Approve { operator, amount } => IToken::approveCall {
            spender: at(operator),
            value: word(amount),
        }
        .abi_encode(),
        Call::Permit {
            owner,
            spender,
            value,
            signed,
        } => signed_permit(stage, (at(owner), at(spender)), word(value), signed).abi_encode(),
        Call::Delegate { to } => IToken::delegateCall(at(to)).abi_encode(),
        Call::DelegateBySig { to, signed } => signed_delegation(stage, at(to), signed).abi_encode(),
        Call::SetMinter { minter, cap } => IToken::setMinterCall {
            minter: at(minter),
            cap: word(cap),
        }
        .abi_encode(),
        Call::SetBurner(role) => {
            IToken::setBurnerCall(role.as_ref().map(at).unwrap_or_default()).abi_encode()
        }
        Call::SetPauser(role) => {
            IToken::setPauserCall(role.as_ref().map(at).unwrap_or_default()).abi_encode()
        }
        Call::Pause => IToken::pauseCall {}.abi_encode(),
        Call::Unpause => IToken::unpauseCall {}.abi_encode(),
        Call::LowerSupplyCap { cap } => IToken::lowerSupplyCapCall(word(cap)).abi_encode(),
        Call::TransferOwnership { to } => IToken::transferOwnershipCall(at(to)).abi_encode(),
        Call::AcceptOwnership => IToken::acceptOwnershipCall {}.abi_encode(),
        Call::RenounceOwnership => IToken::renounceOwnershipCall {}.abi_encode(),
        other => panic!("{other:?} has no calldata"),
    }
}

/// The amounts in what calldata returned.
pub(super) fn results(call: &Call, returned: &[u8]) -> Vec<TokenAmount> {
    match call {
        Call::Transfer { .. }
        | Call::TransferFrom { .. }
        | Call::TransferAndCall { .. }
        | Call::TransferFromAndCall { .. }
        | Call::ApproveAndCall { .. }
        | Call::BatchTransfer(_)
        | Call::Approve { .. } => {
            let done = IToken::transferCall::abi_decode_returns_validate(returned).unwrap();
            assert!(done, "{call:?} gave false");
            Vec::new()
        }
        Call::Burn { .. } | Call::BurnByRole { .. } => {
            let left = IToken::burnCall::abi_decode_returns_validate(returned).unwrap();
            vec![TokenAmount::from_atto(fvm_shared::bigint::BigInt::from_bytes_be(
                fvm_shared::bigint::Sign::Plus,
                &left.to_be_bytes::<32>(),
            ))]
        }
        _ => {
            assert!(returned.is_empty(), "{call:?} gave {returned:02x?}");
            Vec::new()
        }
    }
}

/// Recipients and values of a batch.
fn columns(stage: &Stage, batch: &Batch) -> (Vec<Eth>, Vec<U256>) {
    let recipients = batch.entries.iter().map(|(to, _)| stage.eth(*to)).collect();
    let mut values: Vec<U256> = batch.entries.iter().map(|(_, amount)| word(amount)).collect();
    if batch.uneven {
        values.pop();
    }
    (recipients, values)
}

fn transfer_and_call(to: Eth, value: U256, data: Option<usize>) -> Vec<u8> {
    match data.map(callback_data) {
        None => IToken::transferAndCall_0Call { to, value }.abi_encode(),
        Some(data) => IToken::transferAndCall_1Call { to, value, data }.abi_encode(),
    }
}

fn transfer_from_and_call((from, to): (Eth, Eth), value: U256, data: Option<usize>) -> Vec<u8> {
    match data.map(callback_data) {
        None => IToken::transferFromAndCall_0Call { from, to, value }.abi_encode(),
        Some(data) => IToken::transferFromAndCall_1Call {
            from,
            to,
            value,
            data,
        }
        .abi_encode(),
    }
}

fn approve_and_call(spender: Eth, value: U256, data: Option<usize>) -> Vec<u8> {
    match data.map(callback_data) {
        None => IToken::approveAndCall_0Call { spender, value }.abi_encode(),
        Some(data) => IToken::approveAndCall_1Call { spender, value, data }.abi_encode(),
    }
}

fn callback_data(len: usize) -> Bytes {
    vec![7; len].into()
}

/// The domain that a signature is for.
fn domain(stage: &Stage, signed: &Signed) -> Eip712Domain {
    let other = signed.flaw == Some(Flaw::OtherToken);
    let who = if other { Who::OtherToken } else { Who::Token };
    let contract = stage.eth(Named { who, form: Form::Id });
    permit::domain(TOKEN_NAME, stage.w.network().profile().chain_id, contract)
}

/// A permit with its signature, and with its flaw.
fn signed_permit(
    stage: &Stage,
    (owner, spender): (Eth, Eth),
    value: U256,
    signed: &Signed,
) -> IToken::permitCall {
    let asked = permit::Permit {
        owner,
        spender,
        value: signed.terms(value),
        nonce: U256::from(signed.nonce),
        deadline: U256::from(stage.unix(signed.until)),
    };
    let mut call = permit::signed(&asked, &domain(stage, signed), &stage.wallet(signed.by));
    call.value = value;
    signed.spoil(&mut call.v, &mut call.s);
    call
}

/// A delegation with its signature, and with its flaw.
fn signed_delegation(stage: &Stage, delegatee: Eth, signed: &Signed) -> IToken::delegateBySigCall {
    let expiry = U256::from(stage.unix(signed.until));
    let asked = votes::Delegation {
        delegatee,
        nonce: U256::from(signed.nonce),
        expiry: signed.terms(expiry),
    };
    let mut call = votes::signed(&asked, &domain(stage, signed), &stage.wallet(signed.by));
    call.expiry = expiry;
    signed.spoil(&mut call.v, &mut call.s);
    call
}

impl Signed {
    /// The term that is signed where `term` is asked for.
    fn terms(&self, term: U256) -> U256 {
        if self.flaw == Some(Flaw::OtherTerms) {
            term ^ U256::ONE
        } else {
            term
        }
    }

    fn spoil(&self, v: &mut u8, s: &mut B256) {
        match self.flaw {
            Some(Flaw::HighS) => {
                *s = B256::from(ORDER - U256::from_be_bytes(s.0));
                *v = 55 - *v;
            }
            Some(Flaw::LowV) => *v -= 27,
            _ => {}
        }
    }
}
