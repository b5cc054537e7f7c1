//! Permits (ERC-2612): alloy computes the digest, k256 signs it.

use alloy_primitives::{Address as Eth, B256};
use alloy_sol_types::{Eip712Domain, SolStruct, eip712_domain};
use holdfast_localnet::Wallet;

use crate::abi::IToken;

alloy_sol_types::sol! {
    /// What a holder signs.
    struct Permit {
        address owner;
        address spender;
        uint256 value;
        uint256 nonce;
        uint256 deadline;
    }
}

/// The domain of a token with this name.
pub fn domain(name: &str, chain_id: u64, contract: Eth) -> Eip712Domain {
    eip712_domain! {
        name: name.to_owned(),
        version: "1",
        chain_id: chain_id,
        verifying_contract: contract,
    }
}

/// A permit with somebody's signature.
///
/// # Panics
/// When the wallet is of a kind that cannot sign it.
pub fn signed(permit: &Permit, domain: &Eip712Domain, signer: &Wallet) -> IToken::permitCall {
    let signature = signer
        .sign_hash(&permit.eip712_signing_hash(domain))
        .expect("a 0x key");
    IToken::permitCall {
        owner: permit.owner,
        spender: permit.spender,
        value: permit.value,
        deadline: permit.deadline,
        v: 27 + signature[64],
        r: B256::from_slice(&signature[..32]),
        s: B256::from_slice(&signature[32..64]),
    }
}
