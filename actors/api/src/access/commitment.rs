//! Commitments: grants whose subject nobody knows before it uses them.
//!
//! A commitment is Keccak-256 of five words of 32 bytes: the EIP-155 chain id, the canonical 0x address of this actor, the number
//! of the data set, the canonical 0x address of the subject, and a salt. Numbers are big-endian, addresses have twelve zeros
//! before them; the canonical address of an actor is its f410 address, else 0xff, eleven zeros and its id. It is
//! `keccak256(abi.encode(uint256, address, uint256, address, bytes32))` of Solidity.
//!
//! If the salt is 32 random bytes, nobody who does not know it can tell who the subject is, not even by trying everybody. Whoever
//! reveals is seen, then and in all that it does later.

use fvm_shared::ActorID;
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::record;

use super::data_set::DataSetId;
use super::grant::{GrantId, GrantTerms};

/// What a commitment is the Keccak-256 hash of: for the actor, and for those who make commitments.
pub fn committed_words(
    (chain_id, actor): (u64, EthAddress),
    data_set: DataSetId,
    subject: EthAddress,
    salt: Bytes32,
) -> Vec<u8> {
    let number = |number: u64| [&[0; 24][..], &number.to_be_bytes()].concat();
    [
        number(chain_id),
        actor.to_word().to_vec(),
        number(data_set),
        subject.to_word().to_vec(),
        salt.0.to_vec(),
    ]
    .concat()
}

record! {
    /// A grant for somebody who is not named.
    pub struct GrantCommittedParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The commitment to the subject.
        pub commitment: Bytes32,
        /// What. What they leave open is fixed now: `start` is this epoch, `end` that of the grant above.
        pub terms: GrantTerms,
        /// The caller's own grant that it is made from; null for the owner and admins.
        pub from: Option<GrantId>,
    }
}

record! {
    /// A commitment that is meant.
    pub struct CommitmentParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The commitment.
        pub commitment: Bytes32,
    }
}

record! {
    /// A commitment to the caller.
    pub struct RevealParams {
        /// The data set.
        pub data_set: DataSetId,
        /// What the commitment was salted with.
        pub salt: Bytes32,
    }
}

record! {
    /// A grant that waits for its subject.
    pub struct CommittedGrant {
        /// Who made it.
        pub by: ActorID,
        /// The grant of `by` that it is made from; null if the owner or an admin made it.
        pub from: Option<GrantId>,
        /// What.
        pub terms: GrantTerms,
        /// The generation of the data set in which it was made. In another one it cannot be revealed.
        pub generation: u64,
        /// Whether a delay held it up: until it begins it can be taken back, even if it was made for good.
        pub held_up: bool,
    }
}

record! {
    /// A page of a data set's commitments.
    pub struct ListCommittedParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The first commitment.
        pub start: Bytes32,
        /// The most commitments, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// A page of a data set's commitments.
    pub struct ListCommittedReturn {
        /// By rising bytes.
        pub commitments: Vec<Bytes32>,
        /// The next commitment; null after the last one.
        pub next: Option<Bytes32>,
    }
}
