//! Data sets and their terms.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::record;

/// The number of a data set.
pub type DataSetId = u64;
/// The most CIDs that name the content of a data set.
pub const MAX_CONTENT: usize = 16;
/// The largest size that metadata can be said to have, bytes.
pub const MAX_METADATA: u64 = 1 << 24;

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
        /// The most bytes that readers have to expect behind `metadata`, up to 16 MiB.
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
        /// Whether grants would stay good under that one.
        pub keep_grants: bool,
        /// Who may freeze it; null for nobody.
        pub guardian: Option<ActorID>,
        /// Grants of earlier generations are void.
        pub generation: u64,
        /// Rises with every change of a rule, a list, a plan or a delay of grants, when another version of the terms has to be accepted, and
        /// when the owner or an admin gives something for good.
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
    /// A data set as it would be taken over. Who accepts it names what it has seen, and if that has changed since it is refused.
    #[solidity]
    pub struct OfferedDataSet {
        /// The data set.
        pub data_set: DataSetId,
        /// Whether grants stay good; false if it is not offered.
        pub keep_grants: bool,
        /// The generation, before it is taken over.
        pub generation: u64,
        /// The version of rules, lists and plans, which rises with what is given for good, too.
        pub policy_version: u64,
        /// The version of the terms; 0 for none.
        pub terms_version: u64,
        /// Whether it is frozen.
        pub frozen: bool,
        /// The longest that any of its delays is or becomes, epochs; of who accepts it, the longest that it may.
        pub max_delay: u64,
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
    #[solidity]
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
    #[solidity]
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
    /// That somebody has accepted terms.
    pub struct Acceptance {
        /// Their version.
        pub version: u64,
        /// When it was accepted first.
        pub epoch: ChainEpoch,
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
