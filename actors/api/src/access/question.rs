//! The question, its answer, and what others are asked.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::{choice, record};

use super::data_set::DataSetId;
use super::grant::GrantId;
use super::scope::{Scope, Standard};

/// The longest answer of another actor that a policy asks, bytes.
pub const MAX_ANSWER: u32 = 128;
/// The most gas that all other actors may use that are asked for one question, by what a rule requires and what it opens.
pub const POLICY_GAS: u64 = 100_000_000;
/// The most proofs that come with one question: a policy has no more nodes.
pub const MAX_PROOFS: usize = 32;
/// The gas that a token, a DAO or a reputation actor may use for one answer.
pub const QUESTION_GAS: u64 = 20_000_000;
/// `ScoreOf(Address) -> Uint64`, the view of a reputation actor that [`Node::Reputation`](super::Node::Reputation) asks.
pub const SCORE_OF: u64 = method_number("ScoreOf");
/// `IsMember(Address) -> Bool`, the view of a DAO that [`Node::DaoMember`](super::Node::DaoMember) asks.
pub const IS_MEMBER: u64 = method_number("IsMember");

record! {
    /// May somebody do something?
    pub struct HasAccessParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The part.
        pub scope: Scope,
        /// Who, in any address form.
        pub subject: Address,
        /// One action, as a mask.
        pub action: u8,
        /// For lists of the policy: at most 32 proofs, as the builder of the list gives them. Mostly empty.
        pub proofs: Vec<ListProof>,
    }
}

record! {
    /// Shows that somebody is on a list, by the f410 form or by the masked id.
    pub struct ListProof {
        /// The list.
        pub list: u64,
        /// The hashes beside the way from the leaf to the root, at most 64 of 32 bytes each.
        pub path: RawBytes,
    }
}

record! {
    /// Whether somebody may.
    pub struct AccessAnswer {
        /// Whether.
        pub allowed: bool,
        /// Why.
        pub reason: Reason,
        /// The first epoch at which a yes may be a no, or a no a yes, although nobody changes anything; null if there is none.
        pub valid_until: Option<ChainEpoch>,
        /// The version of the rules that it was decided by.
        pub policy_version: u64,
        /// The present epoch of the keys.
        pub key_epoch: u64,
        /// When it was decided.
        pub epoch: ChainEpoch,
    }
}

choice! {
    /// Why somebody may, or may not.
    pub enum Reason {
        /// The owner may.
        0 Owner {},
        /// A grant allows it.
        1 Granted {
            /// The grant.
            grant: GrantId,
        },
        /// The policy of the rule opens.
        2 Opened {},
        /// The data set is frozen.
        3 Frozen {},
        /// The policy that has to hold does not.
        4 NotRequired {
            /// The node that decided, from 0.
            node: u64,
            /// Whether nobody knows, rather than that it does not hold.
            unknown: bool,
        },
        /// The policy that opens does not.
        5 Closed {
            /// The node that decided, from 0.
            node: u64,
            /// Whether nobody knows, rather than that it does not hold.
            unknown: bool,
        },
        /// A grant does not count: it, or one that it came through.
        6 Dead {
            /// The subject's grant.
            grant: GrantId,
            /// The one of its chain that does not count.
            at: GrantId,
            /// Why: `revoked`, `generation`, `not yet`, `over`, `suspended`, `used up` or `throttled`.
            why: String,
        },
        /// A grant came from one that is no longer there.
        7 Orphaned {
            /// The grant.
            grant: GrantId,
        },
        /// A grant above allows less.
        8 Narrowed {
            /// The subject's grant.
            grant: GrantId,
            /// The one above.
            at: GrantId,
        },
        /// A grant needs terms that the subject has not accepted.
        9 TermsNotAccepted {
            /// The grant.
            grant: GrantId,
            /// Their version.
            version: u64,
        },
        /// The part is sealed against the grant, which is for a larger one or came from one that is.
        10 Sealed {
            /// The grant.
            grant: GrantId,
        },
        /// There is neither grant nor policy.
        11 Nothing {},
        /// There is no such data set.
        12 NoDataSet {},
        /// The subject has no actor.
        13 NobodyThere {},
    }
}

record! {
    /// A use that is counted.
    pub struct ConsumeAccessParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The part.
        pub scope: Scope,
        /// One action, as a mask.
        pub action: u8,
        /// How many uses, at least 1.
        pub uses: u64,
        /// For lists of the policy: proofs. Mostly empty.
        pub proofs: Vec<ListProof>,
    }
}

record! {
    /// What a policy asks another actor's view: may somebody?
    pub struct ExternalQuestion {
        /// The data set.
        pub data_set: DataSetId,
        /// The part.
        pub scope: Scope,
        /// Who.
        pub subject: ActorID,
        /// One action, as a mask.
        pub action: u8,
    }
}

record! {
    /// Somebody who holds tokens.
    pub struct ObserveHolderParams {
        /// The token.
        pub token: Address,
        /// How it is asked.
        pub standard: Standard,
        /// Who, in any address form.
        pub holder: Address,
    }
}
