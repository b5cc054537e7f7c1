//! The Solidity side of the actors, read by alloy from the same interfaces that Solidity contracts import.

use alloy_primitives::U256;
use alloy_sol_types::sol;
use fvm_shared::econ::TokenAmount;

sol! {
    #![sol(all_derives)]
    "../docs/solidity/IToken.sol"
}
sol! {
    #![sol(all_derives)]
    "../docs/solidity/IInit.sol"
}
sol! {
    #![sol(all_derives)]
    "../docs/solidity/IAccess.sol"
}

/// An amount as a 256-bit word.
///
/// # Panics
/// When it is negative or above 2^256 - 1.
pub fn word(amount: &TokenAmount) -> U256 {
    let (_, bytes) = amount.atto().to_bytes_be();
    assert!(!amount.is_negative(), "{amount} is no amount");
    U256::try_from_be_slice(&bytes).unwrap_or_else(|| panic!("{amount} is no amount"))
}
