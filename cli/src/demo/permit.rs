//! An allowance by signature: the holder pays no gas (ERC-2612).

use anyhow::{Context, Result, ensure};
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{EthAddress, Wallet};
use holdfast_runtime::event::Word;
use holdfast_runtime::evm::keccak;
use holdfast_runtime::idl::codec::{calldata, parse_hex};
use serde_json::{Value, json};

use super::chain::{Chain, TokenAt, solidity};
use super::contract::Till;
use super::tell::{chapter, fact, say};

/// ERC-2612's type of what is signed.
const PERMIT: &str = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";

/// Bob signs, Carol brings the signature: her BLS account sends the message and pays.
///
/// # Errors
/// When the allowance is not as signed.
pub(super) fn signed(chain: &mut Chain, token: &TokenAt, till: &Till) -> Result<()> {
    chapter("A permit: Bob signs an allowance of 25 HRB for the till, Carol brings it");
    let (bob, carol) = (chain.bob.clone(), chain.carol.clone());
    let (owner, spender) = (chain.eth_form(&bob.address())?, till.eth);
    let arguments = arguments(chain, token, &bob, spender)?;
    let permit = solidity(&chain.token, "permit")?.clone();
    let data = calldata(&permit, &arguments)?;
    let (receipt, _) = chain
        .net
        .call_evm(&carol, token.eth(), TokenAmount::default(), &data)?;
    chain.check()?;
    let receipt = receipt.ok("permit")?;
    let text = |name: &str| arguments[name].as_str().unwrap_or_default();
    fact(
        "signature",
        &format!("v {}, r {}, s {}", arguments["v"], text("r"), text("s")),
    );
    chain.report(&receipt)?;
    let allowance = solidity(&chain.token, "allowance")?;
    let asked = json!({"owner": owner.to_string(), "operator": spender.to_string()});
    let left = chain.ask(token.eth(), allowance, &asked)?;
    ensure!(
        left == "25000000000000000000",
        "the allowance is {left} atto, not 25 HRB"
    );
    say("  The till may spend 25 HRB of Bob's. Bob has paid no gas.");
    Ok(())
}

/// The arguments of `permit` with the signature, good for an hour.
fn arguments(chain: &Chain, token: &TokenAt, owner: &Wallet, spender: EthAddress) -> Result<Value> {
    let signer = chain.eth_form(&owner.address())?;
    let value = TokenAmount::from_whole(25);
    let deadline = chain.net.profile().timestamp(chain.net.epoch()) + 3_600;
    let nonces = solidity(&chain.token, "nonces")?;
    let nonce = chain.ask(token.eth(), nonces, &json!(signer.to_string()))?;
    let nonce: u64 = nonce.as_str().context("a nonce is a number")?.parse()?;
    let word = |address: EthAddress| holdfast_runtime::evm::EthAddress(address.0).to_word();
    let fields = [
        word(signer),
        word(spender),
        value.word(),
        nonce.word(),
        deadline.word(),
    ];
    let domain = chain.ask(
        token.eth(),
        solidity(&chain.token, "DOMAIN_SEPARATOR")?,
        &Value::Null,
    )?;
    let domain = parse_hex(domain.as_str().context("a domain separator is 32 bytes")?)?;
    let hash = keccak(&[&keccak(&[PERMIT.as_bytes()]), fields.as_flattened()]);
    let signature = owner.sign_hash(&keccak(&[&[0x19, 0x01], &domain, &hash]))?;
    let hex = |bytes: &[u8]| format!("0x{}", data_encoding::HEXLOWER.encode(bytes));
    Ok(json!({
        "owner": signer.to_string(),
        "spender": spender.to_string(),
        "value": value.atto().to_string(),
        "deadline": deadline.to_string(),
        "v": 27 + signature[64],
        "r": hex(&signature[..32]),
        "s": hex(&signature[32..64]),
    }))
}
