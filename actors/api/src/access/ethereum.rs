//! Parameters and return values of the Ethereum face alone.
//!
//! Parts of a data set are paths here, and the empty one is the whole. 0 stands for what is null elsewhere, as the field says.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::{Bytes4, Bytes32, EthAddress, keccak};
use holdfast_runtime::record;
use holdfast_runtime::solidity_args;

use super::data_set::DataSetId;
use super::grant::GrantId;
use super::plan::PlanId;

record! {
    /// `hasAccess`.
    #[solidity]
    pub struct SolidityQuestion {
        /// The data set.
        pub data_set: DataSetId,
        /// The part; empty for all.
        pub path: String,
        /// Who.
        pub subject: Address,
        /// One action, as a mask.
        pub action: u8,
    }
}

record! {
    /// `hasAccessToCid`.
    #[solidity]
    pub struct SolidityCidQuestion {
        /// The data set.
        pub data_set: DataSetId,
        /// What it is about, by the bytes of its CID.
        pub cid: RawBytes,
        /// Who.
        pub subject: Address,
        /// One action, as a mask.
        pub action: u8,
    }
}

record! {
    /// `hasAccess` with a proof for a list.
    #[solidity]
    pub struct SolidityProvedQuestion {
        /// The data set.
        pub data_set: DataSetId,
        /// The part; empty for all.
        pub path: String,
        /// Who.
        pub subject: Address,
        /// One action, as a mask.
        pub action: u8,
        /// The list.
        pub list: u64,
        /// The hashes beside the way from the leaf to the root.
        pub proof: Vec<Bytes32>,
    }
}

record! {
    /// Whether somebody may. Who expects a `bool` only reads the first word.
    #[solidity]
    pub struct SolidityAnswer {
        /// Whether.
        pub allowed: bool,
        /// Why, by the number of the reason.
        pub reason: u8,
        /// The grant that it came by, or that does not count; 0 for none.
        pub grant_id: GrantId,
        /// The first epoch at which the answer may be another one although nobody changes anything; 0 if there is none.
        pub valid_until: u64,
        /// The version of the rules and plans.
        pub policy_version: u64,
        /// The present epoch of the keys.
        pub key_epoch: u64,
        /// When it was decided.
        pub epoch: u64,
    }
}

record! {
    /// `grant`.
    #[solidity]
    pub struct SolidityGrantParams {
        /// The data set.
        pub data_set: DataSetId,
        /// For whom.
        pub subject: Address,
        /// What it allows, as a mask.
        pub actions: u8,
        /// The part; empty for all.
        pub path: String,
        /// The first epoch; 0 for now.
        pub start: u64,
        /// The first epoch after it; 0 for no end, or for that of the grant above.
        pub end: u64,
        /// The caller's own grant that it is made from; 0 for the owner and admins.
        pub from: GrantId,
    }
}

record! {
    /// `consumeAccess`.
    #[solidity]
    pub struct SolidityConsumeParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The part; empty for all.
        pub path: String,
        /// One action, as a mask.
        pub action: u8,
        /// How many uses, at least 1.
        pub uses: u64,
    }
}

record! {
    /// `buy` and `renew`.
    #[solidity]
    pub struct SolidityBuyParams {
        /// The plan.
        pub plan: PlanId,
        /// For whom; 0x0 for the caller.
        pub subject: EthAddress,
        /// How many periods of a subscription; 0 takes the trial. 1 for other plans.
        pub periods: u64,
        /// The most that may be charged, attoFIL or atto-tokens.
        pub max_price: TokenAmount,
        /// The version of the data set's rules and plans.
        pub policy_version: u64,
        /// The hash of the data set's terms; zeros for none.
        pub terms_hash: Bytes32,
        /// Who brought the buyer, for a part of this and of every renewal; 0x0 for nobody. Only who buys for itself names one.
        pub referrer: EthAddress,
    }
}

record! {
    /// `quote`.
    #[solidity]
    pub struct SolidityQuoteParams {
        /// The plan.
        pub plan: PlanId,
        /// For whom.
        pub subject: Address,
        /// How many periods; 0 for the trial.
        pub periods: u64,
    }
}

record! {
    /// What `quote` gives.
    #[solidity]
    pub struct SolidityQuote {
        /// What is charged now: attoFIL or atto-tokens.
        pub price: TokenAmount,
        /// In what; 0x0 for FIL.
        pub token: EthAddress,
        /// Whether it is a renewal: then `renew` is the method, else `buy`.
        pub renewal: bool,
        /// The first epoch after what is bought; 0 for good, or where uses are counted.
        pub end: u64,
        /// To be named in `buy`.
        pub policy_version: u64,
        /// To be named in `buy`.
        pub terms_hash: Bytes32,
    }
}

/// `canCall` of OpenZeppelin's and Solmate's `IAuthority`. On the Ethereum face only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanCallParams {
    /// Who wants to call.
    pub caller: Address,
    /// Whom.
    pub target: Address,
    /// Which function.
    pub selector: Bytes4,
}

solidity_args!(CanCallParams {
    caller: Address,
    target: Address,
    selector: Bytes4,
});

record! {
    /// Whether a call may be made, as OpenZeppelin's AccessManager answers.
    #[solidity]
    pub struct CanCallReturn {
        /// Whether now.
        pub allowed: bool,
        /// After how long otherwise: always 0, who may not now may not later either.
        pub delay: u32,
    }
}

/// `bindFunction`. On the Ethereum face only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindFunctionParams {
    /// The caller's function that is guarded.
    pub selector: Bytes4,
    /// The data set whose rules decide; 0 lets nobody in any more.
    pub data_set: DataSetId,
    /// The part of it; empty for all.
    pub path: String,
    /// The action that a caller of the function needs, as a mask.
    pub action: u8,
}

solidity_args!(BindFunctionParams {
    selector: Bytes4,
    data_set: DataSetId,
    path: String,
    action: u8,
});

record! {
    /// `isRevoked` of ERC-5539.
    #[solidity]
    pub struct IsRevokedParams {
        /// The owner of the data set.
        pub namespace: Address,
        /// The data set, as a number in 32 bytes.
        pub revocation_list: Bytes32,
        /// The pass of the grant, as `passOf` gives it, in 32 bytes.
        pub revocation_key: Bytes32,
    }
}

record! {
    /// `bindService`.
    #[solidity]
    pub struct BindServiceParams {
        /// The storage service, which will ask.
        pub service: Address,
        /// Its number of a data set that the caller pays for.
        pub service_data_set: TokenAmount,
        /// The data set whose rules decide, which the caller owns or administers; 0 lets nobody in any more.
        pub data_set: DataSetId,
        /// The part of it; empty for all.
        pub path: String,
    }
}

record! {
    /// `isAuthorized` of the Filecoin Warm Storage Service's `IDataSetAuthorizer`.
    #[solidity]
    pub struct IsAuthorizedParams {
        /// The service's number of the data set.
        pub data_set_id: TokenAmount,
        /// Who pays for it.
        pub payer: Address,
        /// What is to be done: the EIP-712 type hash of the operation.
        pub operation: Bytes32,
        /// The EIP-712 digest of this very operation.
        pub digest: Bytes32,
        /// A 0x account's signature of the digest: r, s, v, 65 bytes.
        pub signature: RawBytes,
        /// The operation itself; not looked at.
        pub operation_data: RawBytes,
    }
}

/// The operation that adds pieces: its EIP-712 type hash.
pub const ADD_PIECES: [u8; 32] = keccak(&[
    b"AddPieces(uint256 clientDataSetId,uint256 nonce,Cid[] pieceData,PieceMetadata[] pieceMetadata)",
    b"Cid(bytes data)MetadataEntry(string key,string value)",
    b"PieceMetadata(uint256 pieceIndex,MetadataEntry[] metadata)",
]);
/// The operation that schedules the removal of pieces.
pub const SCHEDULE_PIECE_REMOVALS: [u8; 32] =
    keccak(&[b"SchedulePieceRemovals(uint256 clientDataSetId,uint256[] pieceIds)"]);
/// The operation that ends the service at once.
pub const TERMINATE_SERVICE: [u8; 32] = keccak(&[b"TerminateService(uint256 dataSetId)"]);
