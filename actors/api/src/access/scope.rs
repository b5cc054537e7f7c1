//! Parts of data sets, actions, and the nodes of policies.

use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::choice;
use holdfast_runtime::foreign_cid::ForeignCid;

/// Fetch the ciphertext and pass it on: bit 0 of a mask.
pub const RELAY: u8 = 0b0_0001;
/// Open it; implies [`RELAY`].
pub const READ: u8 = 0b0_0010;
/// Put something new in its place; implies [`READ`].
pub const WRITE: u8 = 0b0_0100;
/// Give on what one has oneself.
pub const GRANT: u8 = 0b0_1000;
/// What the owner may, but for giving the data set away, naming its guardian, setting delays, revoking all and opening what is
/// frozen; implies all others.
pub const ADMIN: u8 = 0b1_0000;

choice! {
    /// A part of a data set.
    pub enum Scope {
        /// The whole data set.
        0 All {},
        /// A path and all paths that go on after it, at most 256 bytes in at most 16 names, without a slash at its ends.
        1 Path {
            /// The path, e.g. `trial-7/images`.
            path: String,
        },
        /// What is behind a CID.
        2 Content {
            /// The CID.
            cid: ForeignCid,
        },
    }
}

choice! {
    /// How a token is asked for a balance.
    pub enum Standard {
        /// `balanceOf(address)` by calldata: ERC-20 and ERC-721.
        0 Erc20 {},
        /// `BalanceOf` of FRC-46.
        1 Frc46 {},
        /// `BalanceOf` of FRC-53.
        2 Frc53 {},
    }
}

choice! {
    /// A node of a policy. Every node stands before its children; a policy has at most 32 nodes in at most 4 levels.
    pub enum Node {
        /// All of its children have to hold.
        0 And {
            /// How many children, at least 1.
            of: u8,
        },
        /// One of its children has to hold.
        1 Or {
            /// How many children, at least 1.
            of: u8,
        },
        /// Its one child must not hold. What is not known stays so.
        2 Not {},
        /// Some of its children have to hold.
        3 AtLeast {
            /// How many, at least 1.
            needed: u8,
            /// Of how many children.
            of: u8,
        },
        /// The subject holds enough of a token.
        4 Holder {
            /// The token.
            token: Address,
            /// How it is asked.
            standard: Standard,
            /// Atto-tokens, or NFTs.
            least: TokenAmount,
            /// For how many epochs it has to be seen to be so; 0 asks for now only, which borrowed tokens satisfy.
            held_for: u64,
        },
        /// The subject's reputation is good enough.
        5 Reputation {
            /// The actor that keeps it.
            actor: Address,
            /// The least score.
            least: u64,
        },
        /// The subject is a member of a DAO.
        6 DaoMember {
            /// The DAO.
            dao: Address,
        },
        /// The subject is in a group of this actor.
        7 InGroup {
            /// The group.
            group: u64,
        },
        /// It is time: from `start` on, and no longer at `end`.
        8 TimeWindow {
            /// The first epoch.
            start: ChainEpoch,
            /// The first epoch after it; null if it never ends.
            end: Option<ChainEpoch>,
        },
        /// The subject has accepted the terms that are required.
        9 AcceptedTerms {},
        /// The subject is this actor.
        10 Caller {
            /// The actor.
            actor: Address,
        },
        /// The subject is on a list, as a proof that comes with the question shows.
        11 AllowList {
            /// The list.
            list: u64,
        },
        /// Another actor's view says yes.
        12 External {
            /// The actor, by address and never by code.
            actor: Address,
            /// The view's FRC-42 number.
            method: u64,
            /// The gas that it may use.
            gas: u64,
        },
        /// The subject has bought a plan, and what it bought counts, its terms accepted.
        13 Paid {
            /// The plan.
            plan: u64,
        },
    }
}
