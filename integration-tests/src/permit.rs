//! Permits (ERC-2612) as a holder signs them.

use alloy_primitives::Address as Eth;
use alloy_sol_types::{Eip712Domain, eip712_domain};
use holdfast_localnet::Wallet;

use crate::abi::IToken;
use crate::eip712::sign;

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
/// When the key is BLS.
pub fn signed(permit: &Permit, domain: &Eip712Domain, signer: &Wallet) -> IToken::permitCall {
    let (v, r, s) = sign(permit, domain, signer);
    IToken::permitCall {
        owner: permit.owner,
        spender: permit.spender,
        value: permit.value,
        deadline: permit.deadline,
        v,
        r,
        s,
    }
}
