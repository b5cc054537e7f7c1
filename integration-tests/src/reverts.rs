//! The token's Solidity errors with more than one value. The interface does not name their values; these do.

use alloy_primitives::{Address as Eth, Bytes, U256};
use fvm_shared::econ::TokenAmount;

use crate::abi::{IToken, word};

/// A holder has less than is needed.
pub fn insufficient_balance(
    holder: Eth,
    has: &TokenAmount,
    needs: &TokenAmount,
) -> IToken::ERC20InsufficientBalance {
    IToken::ERC20InsufficientBalance {
        _0: holder,
        _1: word(has),
        _2: word(needs),
    }
}

/// A spender may spend less than is needed.
pub fn insufficient_allowance(
    spender: Eth,
    has: &TokenAmount,
    needs: &TokenAmount,
) -> IToken::ERC20InsufficientAllowance {
    IToken::ERC20InsufficientAllowance {
        _0: spender,
        _1: word(has),
        _2: word(needs),
    }
}

/// More would exist than the cap allows.
pub fn exceeded_cap(supply: &TokenAmount, cap: &TokenAmount) -> IToken::ERC20ExceededCap {
    IToken::ERC20ExceededCap {
        _0: word(supply),
        _1: word(cap),
    }
}

/// A permit whose signature is `signer`'s where `owner`'s is needed.
pub fn invalid_signer(signer: Eth, owner: Eth) -> IToken::ERC2612InvalidSigner {
    IToken::ERC2612InvalidSigner {
        _0: signer,
        _1: owner,
    }
}

/// A deadline that has passed.
pub fn expired_signature(deadline: U256) -> IToken::ERC2612ExpiredSignature {
    IToken::ERC2612ExpiredSignature(deadline)
}

/// A method called through `handle_filecoin_method` failed.
pub fn method_failed(code: u32, data: Vec<u8>) -> IToken::FilecoinMethodFailed {
    IToken::FilecoinMethodFailed {
        _0: code,
        _1: Bytes::from(data),
    }
}
