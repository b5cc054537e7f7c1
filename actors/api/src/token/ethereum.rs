//! Parameters and return values of the Ethereum face alone.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::{Bytes1, Bytes32, EthAddress};
use holdfast_runtime::record;

record! {
    /// ERC-20 `transfer`.
    #[solidity]
    pub struct Erc20TransferParams {
        /// Who receives.
        pub to: Address,
        /// Atto-tokens.
        pub value: TokenAmount,
    }
}

record! {
    /// ERC-20 `transferFrom`.
    #[solidity]
    pub struct Erc20TransferFromParams {
        /// Whose tokens.
        pub from: Address,
        /// Who receives.
        pub to: Address,
        /// Atto-tokens.
        pub value: TokenAmount,
    }
}

record! {
    /// ERC-20 `approve`.
    #[solidity]
    pub struct ApproveParams {
        /// Who may spend.
        pub spender: Address,
        /// Atto-tokens; 2^256 - 1 is without end.
        pub value: TokenAmount,
    }
}

record! {
    /// ERC-1363 `transferAndCall` with data.
    #[solidity]
    pub struct TransferAndCallParams {
        /// Who receives.
        pub to: Address,
        /// Atto-tokens.
        pub value: TokenAmount,
        /// Passed on to the recipient.
        pub data: RawBytes,
    }
}

record! {
    /// ERC-1363 `transferFromAndCall` with data.
    #[solidity]
    pub struct TransferFromAndCallParams {
        /// Whose tokens.
        pub from: Address,
        /// Who receives.
        pub to: Address,
        /// Atto-tokens.
        pub value: TokenAmount,
        /// Passed on to the recipient.
        pub data: RawBytes,
    }
}

record! {
    /// ERC-1363 `approveAndCall` with data.
    #[solidity]
    pub struct ApproveAndCallParams {
        /// Who may spend.
        pub spender: Address,
        /// Atto-tokens; 2^256 - 1 is without end.
        pub value: TokenAmount,
        /// Passed on to the spender.
        pub data: RawBytes,
    }
}

record! {
    /// `batchTransfer` and `batchMint`, without the hook.
    #[solidity]
    pub struct SolidityBatchParams {
        /// Who receives, 1 to 200 addresses. The same one may come more than once.
        pub recipients: Vec<Address>,
        /// Atto-tokens, one value a recipient.
        pub values: Vec<TokenAmount>,
    }
}

record! {
    /// `mint` without the hook.
    #[solidity]
    pub struct Erc20MintParams {
        /// Who receives.
        pub to: Address,
        /// Atto-tokens.
        pub value: TokenAmount,
    }
}

record! {
    /// `burnFrom`.
    #[solidity]
    pub struct Erc20BurnFromParams {
        /// Whose tokens.
        pub owner: Address,
        /// Atto-tokens.
        pub value: TokenAmount,
    }
}

/// ERC-2612 `permit`: an allowance signed by its owner. On the Ethereum face only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermitParams {
    /// Whose tokens. A 0x account.
    pub owner: EthAddress,
    /// Who may spend.
    pub spender: EthAddress,
    /// Atto-tokens; 2^256 - 1 is without end.
    pub value: TokenAmount,
    /// The last second, since 1970, in which the permit is good.
    pub deadline: TokenAmount,
    /// The signature's recovery byte, 27 or 28.
    pub v: u8,
    /// The signature's first half.
    pub r: Bytes32,
    /// The signature's second half, in the lower half of the curve's order.
    pub s: Bytes32,
}

holdfast_runtime::solidity_args!(PermitParams {
    owner: EthAddress,
    spender: EthAddress,
    value: TokenAmount,
    deadline: TokenAmount,
    v: u8,
    r: Bytes32,
    s: Bytes32,
});

record! {
    /// ERC-5805 `getPastVotes`.
    #[solidity]
    pub struct GetPastVotesParams {
        /// The delegate.
        pub account: Address,
        /// An epoch that is over.
        pub timepoint: TokenAmount,
    }
}

/// ERC-5805 `delegateBySig`: a delegation signed by the holder. On the Ethereum face only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegateBySigParams {
    /// To whom; 0x0 for nobody.
    pub delegatee: EthAddress,
    /// The holder's next nonce.
    pub nonce: TokenAmount,
    /// The last second, since 1970, in which the signature is good.
    pub expiry: TokenAmount,
    /// The signature's recovery byte, 27 or 28.
    pub v: u8,
    /// The signature's first half.
    pub r: Bytes32,
    /// The signature's second half, in the lower half of the curve's order.
    pub s: Bytes32,
}

holdfast_runtime::solidity_args!(DelegateBySigParams {
    delegatee: EthAddress,
    nonce: TokenAmount,
    expiry: TokenAmount,
    v: u8,
    r: Bytes32,
    s: Bytes32,
});

/// ERC-5267 `eip712Domain`. On the Ethereum face only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eip712Domain {
    /// Which fields count: 0x0f for name, version, chain id and contract.
    pub fields: Bytes1,
    /// The token's name.
    pub name: String,
    /// Always "1".
    pub version: String,
    /// The EIP-155 chain id.
    pub chain_id: TokenAmount,
    /// The token's masked id.
    pub verifying_contract: EthAddress,
    /// Always zero.
    pub salt: Bytes32,
    /// Always empty.
    pub extensions: Vec<TokenAmount>,
}

holdfast_runtime::solidity_args!(Eip712Domain {
    fields: Bytes1,
    name: String,
    version: String,
    chain_id: TokenAmount,
    verifying_contract: EthAddress,
    salt: Bytes32,
    extensions: Vec<TokenAmount>,
});
