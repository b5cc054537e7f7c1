//! Parameters and returns.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::{choice, record};

use super::scope::{Node, Scope, Standard};

/// The number of a data set.
pub type DataSetId = u64;
/// The number of a grant: unique in the whole actor, and greater than that of the grant that it was made from.
pub type GrantId = u64;

/// The most CIDs that name the content of a data set.
pub const MAX_CONTENT: usize = 16;
/// The most entries of a batch.
pub const MAX_BATCH: usize = 200;
/// The most entries of a page.
pub const MAX_PAGE: u64 = 1_000;
/// The most grants that one subject has in one data set.
pub const MAX_GRANTS: usize = 16;
/// The most rules of a data set.
pub const MAX_RULES: usize = 32;
/// The longest answer of another actor that a policy asks, bytes.
pub const MAX_ANSWER: u32 = 128;
/// The most gas that all other actors may use that one policy asks.
pub const POLICY_GAS: u64 = 100_000_000;
/// The gas that a token, a DAO or a reputation actor may use for one answer.
pub const QUESTION_GAS: u64 = 20_000_000;

/// `ScoreOf(Address) -> Uint64`, the view of a reputation actor that [`Node::Reputation`] asks.
pub const SCORE_OF: u64 = method_number("ScoreOf");
/// `IsMember(Address) -> Bool`, the view of a DAO that [`Node::DaoMember`] asks.
pub const IS_MEMBER: u64 = method_number("IsMember");

record! {
    /// What a new data set is.
    pub struct CreateDataSetParams {
        /// Who owns it, in any address form; the caller if null.
        pub owner: Option<Address>,
        /// Who may freeze it, suspend grants and cancel what is scheduled; null for nobody.
        pub guardian: Option<Address>,
        /// What it consists of, or one manifest, at most 16 CIDs.
        pub content: Vec<ForeignCid>,
        /// What describes it; null for nothing.
        pub metadata: Option<ForeignCid>,
        /// The most bytes that readers have to expect behind `metadata`.
        pub metadata_size: u64,
    }
}

record! {
    /// A data set.
    pub struct DataSetInfo {
        /// Who owns it.
        pub owner: ActorID,
        /// Whom it is offered to; null for nobody.
        pub pending_owner: Option<ActorID>,
        /// Who may freeze it; null for nobody.
        pub guardian: Option<ActorID>,
        /// Grants of earlier generations are void.
        pub generation: u64,
        /// Rises with every change of a rule.
        pub policy_version: u64,
        /// Rises with every rotation of keys.
        pub key_epoch: u64,
        /// The version of the terms; 0 for none.
        pub terms_version: u64,
        /// The version that has to be accepted; 0 for none.
        pub terms_required: u64,
        /// The hash of the terms' text; zeros for none.
        pub terms_hash: Bytes32,
        /// Whether it opens to nobody.
        pub frozen: bool,
        /// What it consists of.
        pub content: Vec<ForeignCid>,
        /// What describes it.
        pub metadata: Option<ForeignCid>,
        /// The most bytes behind `metadata`.
        pub metadata_size: u64,
    }
}

record! {
    /// Other content for a data set.
    pub struct SetContentParams {
        /// The data set.
        pub data_set: DataSetId,
        /// What it consists of from now on, at most 16 CIDs.
        pub content: Vec<ForeignCid>,
        /// What describes it; null for nothing.
        pub metadata: Option<ForeignCid>,
        /// The most bytes behind `metadata`.
        pub metadata_size: u64,
    }
}

record! {
    /// A data set that is offered to somebody.
    pub struct OfferDataSetParams {
        /// The data set.
        pub data_set: DataSetId,
        /// To whom, in any address form; null takes an offer back.
        pub to: Option<Address>,
        /// Whether grants stay good under the new owner.
        pub keep_grants: bool,
    }
}

record! {
    /// Somebody who watches over a data set.
    pub struct SetGuardianParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Who; null for nobody.
        pub guardian: Option<Address>,
    }
}

record! {
    /// New terms.
    pub struct SetTermsParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The hash of their text.
        pub hash: Bytes32,
        /// Whether those who accepted an earlier version have to accept this one.
        pub fresh: bool,
    }
}

record! {
    /// Terms that the caller accepts.
    pub struct AcceptTermsParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Their version, which has to be the present one.
        pub version: u64,
        /// Their hash, which has to be the present one.
        pub hash: Bytes32,
    }
}

record! {
    /// What a part of a data set asks of those who want in. It takes the place of a rule for the same part and actions.
    pub struct SetRuleParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The rule.
        pub rule: Rule,
    }
}

record! {
    /// What a part of a data set asks of those who want in. Of several rules the narrowest decides.
    pub struct Rule {
        /// The part.
        pub scope: Scope,
        /// Which actions it is about, as a mask.
        pub actions: u8,
        /// A policy that has to hold for everybody but the owner; null for none.
        pub requires: Option<Vec<Node>>,
        /// A policy that opens without a grant; null for none.
        pub opens: Option<Vec<Node>>,
        /// Whether grants for larger parts end here.
        pub sealed: bool,
    }
}

record! {
    /// A rule that goes.
    pub struct RemoveRuleParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The rule's part.
        pub scope: Scope,
        /// The rule's actions, as a mask.
        pub actions: u8,
    }
}

record! {
    /// What is given.
    pub struct GrantTerms {
        /// What it allows, as a mask; a bit brings those that it implies.
        pub actions: u8,
        /// Where.
        pub scope: Scope,
        /// The first epoch; null for now.
        pub start: Option<ChainEpoch>,
        /// The first epoch after it; null for no end, or for that of the grant above.
        pub end: Option<ChainEpoch>,
        /// How often; null if it is not counted.
        pub uses: Option<u64>,
        /// How fast; null if it does not matter.
        pub rate: Option<Rate>,
        /// Whether those above can take it back.
        pub revocable: bool,
        /// The version of the terms that the subject has to accept; 0 for none.
        pub terms: u64,
    }
}

record! {
    /// How fast something may be used.
    pub struct Rate {
        /// The largest burst, uses.
        pub capacity: u64,
        /// Uses that come back in each period.
        pub refill: u64,
        /// The length of a period, epochs.
        pub period: u64,
    }
}

record! {
    /// Where a grant is.
    pub struct GrantRef {
        /// Whose it is.
        pub subject: ActorID,
        /// Its number.
        pub grant: GrantId,
    }
}

record! {
    /// A grant for somebody.
    pub struct GrantParams {
        /// The data set.
        pub data_set: DataSetId,
        /// For whom, in any address form. An address without an actor gets one.
        pub subject: Address,
        /// What.
        pub terms: GrantTerms,
        /// The caller's own grant that it is made from; null for the owner and admins.
        pub from: Option<GrantId>,
    }
}

record! {
    /// The same grant for many.
    pub struct GrantManyParams {
        /// The data set.
        pub data_set: DataSetId,
        /// For whom, 1 to 200, in any address form.
        pub subjects: Vec<Address>,
        /// What.
        pub terms: GrantTerms,
        /// The caller's own grant that they are made from; null for the owner and admins.
        pub from: Option<GrantId>,
    }
}

record! {
    /// A grant that is meant.
    pub struct GrantAt {
        /// The data set.
        pub data_set: DataSetId,
        /// Whose it is, in any address form.
        pub subject: Address,
        /// Its number.
        pub grant: GrantId,
    }
}

record! {
    /// A grant that the caller gives back.
    pub struct RenounceParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The caller's grant.
        pub grant: GrantId,
    }
}

record! {
    /// A grant that rests for a while.
    pub struct SuspendParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Whose it is, in any address form.
        pub subject: Address,
        /// Its number.
        pub grant: GrantId,
        /// The first epoch at which it counts again; one that is past ends a suspension.
        pub until: ChainEpoch,
    }
}

record! {
    /// Dead grants of a data set to clear away.
    pub struct PruneParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The first subject to look at.
        pub start: ActorID,
        /// The most subjects to look at, 1 to 200.
        pub limit: u64,
    }
}

record! {
    /// What was cleared away.
    pub struct PruneReturn {
        /// How many grants.
        pub pruned: u64,
        /// The next subject; null after the last one.
        pub next: Option<ActorID>,
    }
}

record! {
    /// A grant.
    pub struct GrantInfo {
        /// Its number.
        pub grant: GrantId,
        /// The grant that it was made from; null if the owner or an admin made it.
        pub from: Option<GrantRef>,
        /// What it allows, as a mask.
        pub actions: u8,
        /// Where.
        pub scope: Scope,
        /// The first epoch.
        pub start: ChainEpoch,
        /// The first epoch after it; null for no end.
        pub end: Option<ChainEpoch>,
        /// The uses that are left; null if they are not counted.
        pub uses_left: Option<u64>,
        /// How fast it may be used; null if it does not matter.
        pub rate: Option<Rate>,
        /// Whether those above can take it back.
        pub revocable: bool,
        /// Whether it was taken back.
        pub revoked: bool,
        /// It does not count before this epoch.
        pub suspended_until: ChainEpoch,
        /// The generation of the data set in which it was made.
        pub generation: u64,
        /// The version of the terms that its subject has to accept; 0 for none.
        pub terms: u64,
    }
}

record! {
    /// A page of a data set's grants.
    pub struct ListGrantsParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The first subject.
        pub start: ActorID,
        /// The most subjects, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// The grants of one subject in one data set.
    pub struct SubjectGrants {
        /// The subject.
        pub subject: ActorID,
        /// Its grants by rising number.
        pub grants: Vec<GrantInfo>,
    }
}

record! {
    /// A page of a data set's grants.
    pub struct ListGrantsReturn {
        /// By rising subject.
        pub subjects: Vec<SubjectGrants>,
        /// The next subject; null after the last one.
        pub next: Option<ActorID>,
    }
}

record! {
    /// A page of the data sets in which somebody has grants.
    pub struct ListDataSetsParams {
        /// Who, in any address form.
        pub subject: Address,
        /// The first data set.
        pub start: DataSetId,
        /// The most data sets, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// A page of the data sets in which somebody has grants.
    pub struct ListDataSetsReturn {
        /// By rising number.
        pub data_sets: Vec<DataSetId>,
        /// The next data set; null after the last one.
        pub next: Option<DataSetId>,
    }
}

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
        /// For lists of the policy: proofs, as the builder of the list gives them. Mostly empty.
        pub proofs: Vec<ListProof>,
    }
}

record! {
    /// Shows that somebody is on a list.
    pub struct ListProof {
        /// The list.
        pub list: u64,
        /// The hashes beside the way from the leaf to the root, 32 bytes each.
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
        /// The first epoch at which the answer may be another one although nobody changes anything; null if there is none.
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
        /// The part is sealed against the grant, which is for a larger one.
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
    /// Members of a group.
    pub struct MembersParams {
        /// The group.
        pub group: u64,
        /// 1 to 200, in any address form.
        pub members: Vec<Address>,
    }
}

record! {
    /// A page of a group's members.
    pub struct ListMembersParams {
        /// The group.
        pub group: u64,
        /// The first member.
        pub start: ActorID,
        /// The most members, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// A page of a group's members.
    pub struct ListMembersReturn {
        /// By rising id.
        pub members: Vec<ActorID>,
        /// The next member; null after the last one.
        pub next: Option<ActorID>,
    }
}

record! {
    /// Somebody in a group.
    pub struct InGroupParams {
        /// The group.
        pub group: u64,
        /// Who, in any address form.
        pub member: Address,
    }
}

record! {
    /// A list of subjects that is kept outside the chain.
    pub struct SetAllowListParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The list's number in the data set.
        pub list: u64,
        /// The root of its Merkle tree; zeros take the list away.
        pub root: Bytes32,
    }
}

record! {
    /// Somebody who may have accepted terms.
    pub struct AcceptedTermsParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Who, in any address form.
        pub subject: Address,
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
