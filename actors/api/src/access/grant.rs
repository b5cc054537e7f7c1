//! Grants.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::record;

use super::data_set::DataSetId;
use super::scope::Scope;

/// The number of a grant: unique in the whole actor, and greater than that of the grant that it was made from.
pub type GrantId = u64;
/// The most grants that one subject has in one data set.
pub const MAX_GRANTS: usize = 16;
/// So many of them leave room for what somebody else buys for the subject or shares with it, for which nobody is asked.
pub const MAX_PRESENTS: usize = 8;

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
        /// The version of the terms that the subject has to accept; 0 for none. A grant that is given on asks for those of the one
        /// above too.
        pub terms: u64,
    }
}

impl GrantTerms {
    /// Actions, as a mask, in the whole data set, from now on and without end, that can be taken back.
    pub fn plain(actions: u8) -> Self {
        Self {
            actions,
            scope: Scope::All {},
            start: None,
            end: None,
            uses: None,
            rate: None,
            revocable: true,
            terms: 0,
        }
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
    #[solidity]
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
    #[solidity]
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
        /// Whether a delay held it up when it was made: until it begins it can be taken back, whatever else was said.
        pub held_up: bool,
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
