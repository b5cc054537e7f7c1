//! Tokens that are fetched for a price and handed over to those who are owed some.
//!
//! What a token says is not believed: what this actor holds before and after is compared. Only its no is, when something is
//! fetched: an ERC-20 that answers anything else than true has fetched nothing, whoever else made the balance rise meanwhile.
//! Silence is no answer, as in OpenZeppelin's SafeERC20, since some tokens never give one.

use fvm_ipld_encoding::{BytesDe, BytesSer, RawBytes};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{AccessError, Asset, Standard};
use holdfast_api::token::{TransferFromParams, TransferParams};
use holdfast_runtime::decimal::Decimal;
use holdfast_runtime::evm::{canonical, selector};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::send::{Answer, Call};
use holdfast_runtime::{ActorError, Runtime};

use crate::ask::Machine;
use crate::market::id_of;

/// Fetches tokens from somebody who has allowed this actor to.
///
/// # Errors
/// [`AccessError::TokenFailed`].
pub(crate) fn fetch<R: Runtime>(
    rt: &mut R,
    asset: &Asset,
    from: ActorID,
    amount: &TokenAmount,
) -> Result<(), ActorError> {
    let receiver = rt.message().receiver;
    let (to, owner) = (Address::new_id(receiver), Address::new_id(from));
    let call = match asset.standard {
        Standard::Frc46 {} | Standard::Frc53 {} => Call::new(asset.token, method_number("TransferFrom"))
            .with_params(&TransferFromParams {
                from: owner,
                to,
                amount: amount.clone(),
                operator_data: RawBytes::default(),
            })?,
        Standard::Erc20 {} => by_calldata(
            asset,
            &[
                &selector("transferFrom(address,address,uint256)")[..],
                &canonical(rt, from).to_word(),
                &canonical(rt, receiver).to_word(),
                &word(amount),
            ],
        )?,
    };
    let before = held(rt, asset)?;
    let answer = moved(rt, asset, &call)?;
    if matches!(asset.standard, Standard::Erc20 {}) && is_no(&answer) {
        return Err(failed(asset, "it does not answer true".to_owned()));
    }
    require(asset, &(held(rt, asset)? - before), amount)
}

/// Hands tokens over.
///
/// # Errors
/// [`AccessError::TokenFailed`].
pub(crate) fn hand_over<R: Runtime>(
    rt: &mut R,
    asset: &Asset,
    to: ActorID,
    amount: &TokenAmount,
) -> Result<(), ActorError> {
    let call = match asset.standard {
        Standard::Frc46 {} | Standard::Frc53 {} => Call::new(asset.token, method_number("Transfer"))
            .with_params(&TransferParams {
                to: Address::new_id(to),
                amount: amount.clone(),
                operator_data: RawBytes::default(),
            })?,
        Standard::Erc20 {} => by_calldata(
            asset,
            &[
                &selector("transfer(address,uint256)")[..],
                &canonical(rt, to).to_word(),
                &word(amount),
            ],
        )?,
    };
    let before = held(rt, asset)?;
    moved(rt, asset, &call)?;
    require(asset, &(before - held(rt, asset)?), amount)
}

fn by_calldata(asset: &Asset, parts: &[&[u8]]) -> Result<Call, ActorError> {
    Call::new(asset.token, INVOKE_EVM).with_params(&BytesSer(&parts.concat()))
}

fn word(amount: &TokenAmount) -> [u8; 32] {
    let (_, bytes) = amount.atto().to_bytes_be();
    let mut word = [0; 32];
    let room = word.len().saturating_sub(bytes.len());
    let (_, low) = word.split_at_mut(room);
    low.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    word
}

fn moved<R: Runtime>(rt: &mut R, asset: &Asset, call: &Call) -> Result<Answer, ActorError> {
    rt.send(call)
        .map_err(|why| failed(asset, why.into_error(call).message))
}

/// Whether an ERC-20 answered, and not with true alone.
fn is_no(answer: &Answer) -> bool {
    let said = answer.0.is_some().then(|| answer.decode());
    said.is_some_and(|said| match said {
        Ok(BytesDe(said)) => !said.is_empty() && said != word(&TokenAmount::from_atto(1)),
        Err(_) => true,
    })
}

/// What this actor holds.
fn held<R: Runtime>(rt: &R, asset: &Asset) -> Result<TokenAmount, ActorError> {
    let own = rt.message().receiver;
    let held = Machine::new(rt, None).balance(id_of(&asset.token), &asset.standard, own);
    held.map(TokenAmount::from_atto)
        .ok_or_else(|| failed(asset, "it does not say what is held".to_owned()))
}

fn require(asset: &Asset, moved: &TokenAmount, amount: &TokenAmount) -> Result<(), ActorError> {
    if moved == amount {
        return Ok(());
    }
    let (moved, amount) = (Decimal(moved), Decimal(amount));
    let why = format!("{moved:?} atto-tokens were moved where {amount:?} were due");
    Err(failed(asset, why))
}

fn failed(asset: &Asset, why: String) -> ActorError {
    let token = asset.token;
    AccessError::TokenFailed { token, why }.into()
}
