//! Typed signatures (EIP-712) as wallets make them: the digest is computed by alloy, the signature by k256.

use alloy_primitives::B256;
use alloy_sol_types::{Eip712Domain, SolStruct, eip712_domain, sol};
use fvm_shared::address::Address;
use holdfast_localnet::Wallet;

use crate::World;

sol! {
    /// ERC-5267.
    interface IERC5267 {
        function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);
    }
}

/// `v`, `r` and `s` of a signature, as Solidity takes them.
pub type Vrs = (u8, B256, B256);

impl World {
    /// The domain that a contract or actor tells by ERC-5267.
    ///
    /// # Panics
    /// When it tells none.
    #[track_caller]
    pub fn told_domain(&self, of: Address) -> Eip712Domain {
        let told = self.ask(of, IERC5267::eip712DomainCall {});
        eip712_domain! {
            name: told.name,
            version: told.version,
            chain_id: told.chainId.to::<u64>(),
            verifying_contract: told.verifyingContract,
        }
    }
}

/// Signs terms for a domain.
///
/// # Panics
/// When the key is BLS.
pub fn sign(terms: &impl SolStruct, domain: &Eip712Domain, signer: &Wallet) -> Vrs {
    let signature = signer.sign_hash(&terms.eip712_signing_hash(domain));
    let signature = signature.unwrap_or_else(|error| panic!("not signed: {error}"));
    let (r, s) = (&signature[..32], &signature[32..64]);
    (27 + signature[64], B256::from_slice(r), B256::from_slice(s))
}
