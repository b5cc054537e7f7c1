//! What holders of a token sign (EIP-712): permits (ERC-2612) and delegations of votes (ERC-5805).

use fvm_shared::econ::TokenAmount;
use holdfast_runtime::event::Word;
use holdfast_runtime::evm::eip712::Typed;
use holdfast_runtime::evm::{EthAddress, keccak};

const PERMIT_TYPE: [u8; 32] =
    keccak(&[b"Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"]);
const DELEGATION_TYPE: [u8; 32] = keccak(&[b"Delegation(address delegatee,uint256 nonce,uint256 expiry)"]);

/// A permit without its signature.
pub struct Permit<'a> {
    /// The holder who signs.
    pub owner: EthAddress,
    /// Who may spend.
    pub spender: EthAddress,
    /// Atto-tokens.
    pub value: &'a TokenAmount,
    /// The owner's next nonce.
    pub nonce: u64,
    /// The last second in which it is good.
    pub deadline: &'a TokenAmount,
}

impl Typed for Permit<'_> {
    fn words(&self) -> Vec<[u8; 32]> {
        vec![
            PERMIT_TYPE,
            self.owner.to_word(),
            self.spender.to_word(),
            self.value.word(),
            self.nonce.word(),
            self.deadline.word(),
        ]
    }
}

/// A delegation without its signature. The signer is who delegates.
pub struct Delegation<'a> {
    /// Who gets the votes; 0x0 for nobody.
    pub delegatee: EthAddress,
    /// The signer's next nonce.
    pub nonce: &'a TokenAmount,
    /// The last second in which it is good.
    pub expiry: &'a TokenAmount,
}

impl Typed for Delegation<'_> {
    fn words(&self) -> Vec<[u8; 32]> {
        vec![
            DELEGATION_TYPE,
            self.delegatee.to_word(),
            self.nonce.word(),
            self.expiry.word(),
        ]
    }
}
