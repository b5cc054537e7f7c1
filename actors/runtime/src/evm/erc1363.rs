//! What a token asks by ERC-1363: does the recipient want these tokens, does the spender want this allowance?

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;

use super::{Args, EthAddress, method_selector};
use crate::record;

/// The recipient's callback, `onTransferReceived(address,address,uint256,bytes)`. Its selector is the answer that accepts.
pub const ON_TRANSFER_RECEIVED: u32 = method_selector("onTransferReceived", TransferReceived::TYPES);
/// The spender's callback, `onApprovalReceived(address,uint256,bytes)`. Its selector is the answer that accepts.
pub const ON_APPROVAL_RECEIVED: u32 = method_selector("onApprovalReceived", ApprovalReceived::TYPES);

record! {
    /// Tokens that have come in.
    #[solidity]
    pub struct TransferReceived {
        /// Who called the token.
        pub operator: EthAddress,
        /// Whose tokens they were.
        pub from: EthAddress,
        /// Atto-tokens.
        pub value: TokenAmount,
        /// Data from the operator, in no given format.
        pub data: RawBytes,
    }
}

record! {
    /// An allowance that has been given.
    #[solidity]
    pub struct ApprovalReceived {
        /// The holder.
        pub owner: EthAddress,
        /// The new allowance, atto-tokens.
        pub value: TokenAmount,
        /// Data from the holder, in no given format.
        pub data: RawBytes,
    }
}
