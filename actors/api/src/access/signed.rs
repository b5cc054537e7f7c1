//! Messages that somebody signs and anybody carries to the actor.
//!
//! **Accounts with a 0x form, and EVM contracts, sign typed data (EIP-712).** The domain has the name `Holdfast Access`, the
//! version `1`, the chain id, and as verifying contract the actor's masked id: 0xff, eleven zeros, the id. The types are
//!
//! ```text
//! Grant(address signer,uint64 dataSet,address subject,uint8 actions,string scope,uint64 start,uint64 end,uint64 uses,
//!       uint64 capacity,uint64 refill,uint64 period,bool revocable,uint64 terms,uint64 from,uint64 nonce,uint64 deadline)
//! Revoke(address signer,uint64 dataSet,address subject,uint64 grant,uint64 nonce,uint64 deadline)
//! AcceptTerms(address signer,uint64 dataSet,uint64 version,bytes32 hash,uint64 nonce,uint64 deadline)
//! ```
//!
//! (each on one line). An address is the f410 address of an actor that has one, else its masked id. `scope` is empty for
//! the whole data set, a path with a slash before it, or the text of a CID, which has no slash. What is null is 0; and what
//! is 0 where null could be meant is refused, so that nothing can be read in two ways. A signature of an account is `r`, `s`
//! and `v`, 65 bytes, with the lower `s` and a `v` of 27 or 28; a contract is asked by ERC-1271.
//!
//! **Every other actor signs bytes:** the text [`SIGNED_PREFIX`], then the DAG-CBOR of [`SignedMessage`]. It is asked by
//! `AuthenticateMessage` (FIP-0044); accounts with keys answer for their own signature.
//!
//! Nonces have no order. Each can be used once by each signer, and taken back.

use fvm_ipld_encoding::{Error, RawBytes, to_vec};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::{choice, record};

use super::data_set::AcceptTermsParams;
use super::grant::{GrantAt, GrantParams};

/// The name in the domain of typed data.
pub const DOMAIN_NAME: &str = "Holdfast Access";
/// What stands before the bytes that native actors sign. No message of Filecoin begins so: they are signed by their CID.
pub const SIGNED_PREFIX: &str = "Holdfast Access\n";
/// The most bytes of a signature.
pub const MAX_SIGNATURE: usize = 1 << 10;
/// The gas that a signer's actor may use to say whether it signed.
pub const SIGNATURE_GAS: u64 = 50_000_000;
/// `AuthenticateMessage` of FIP-0044.
pub const AUTHENTICATE_MESSAGE: u64 = method_number("AuthenticateMessage");

choice! {
    /// What can be signed instead of sent.
    pub enum Signed {
        /// A grant.
        0 Grant {
            /// As for `Grant`.
            params: GrantParams,
        },
        /// A grant that is taken back.
        1 Revoke {
            /// As for `Revoke`.
            params: GrantAt,
        },
        /// Terms that are accepted.
        2 AcceptTerms {
            /// As for `AcceptTerms`.
            params: AcceptTermsParams,
        },
    }
}

record! {
    /// A signed message.
    pub struct CarryParams {
        /// Who signed it, in any address form.
        pub signer: Address,
        /// What it does.
        pub what: Signed,
        /// A number that the signer has not used before.
        pub nonce: u64,
        /// The first epoch at which it is no longer good.
        pub deadline: ChainEpoch,
        /// The signature, at most 1 KiB.
        pub signature: RawBytes,
    }
}

record! {
    /// What native actors sign, after [`SIGNED_PREFIX`].
    pub struct SignedMessage {
        /// The chain id (EIP-155).
        pub chain_id: u64,
        /// The access actor.
        pub actor: ActorID,
        /// Who signs, in the address form in which the message names them.
        pub signer: Address,
        /// What it does.
        pub what: Signed,
        /// A number that the signer has not used before.
        pub nonce: u64,
        /// The first epoch at which it is no longer good.
        pub deadline: ChainEpoch,
    }
}

impl SignedMessage {
    /// The bytes that are signed.
    ///
    /// # Errors
    /// When the message does not encode.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        Ok([SIGNED_PREFIX.as_bytes(), &to_vec(self)?].concat())
    }
}

record! {
    /// What `AuthenticateMessage` takes.
    pub struct AuthenticateMessageParams {
        /// The signature, without a type.
        pub signature: RawBytes,
        /// What was signed.
        pub message: RawBytes,
    }
}

record! {
    /// A nonce that may have been used.
    pub struct NonceParams {
        /// Whose, in any address form.
        pub signer: Address,
        /// The nonce.
        pub nonce: u64,
    }
}
