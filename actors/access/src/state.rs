//! The layout of the actor's state.
//!
//! The root holds what grants and questions touch; everything else lies behind a link.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    Acceptance, CommittedGrant, DataSetId, Delay, GrantId, LogId, LogInfo, PlanId, PlanInfo, Purchase, Rule,
    Scope, Split, Ticket, TicketId,
};
use holdfast_runtime::collections::{Cold, Link, Recorded, Tree};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::record;
use holdfast_runtime::state::{State, Version};

use crate::data_set::{DataSet, Ended, Freeze};
use crate::held::Held;
use crate::slot::Slot;

record! {
    /// The root block.
    pub struct AccessState {
        /// The layout's version.
        pub version: Version<1>,
        /// The number of the next data set.
        pub next_data_set: DataSetId,
        /// The number of the next grant.
        pub next_grant: GrantId,
        /// The highest id that was seen to have an actor.
        pub youngest: ActorID,
        /// The grants of each subject in each data set, and in which data sets a subject has some.
        pub grants: Tree<Slot, Held>,
        /// The heads of the data sets.
        pub data_sets: Tree<DataSetId, DataSet, Cold>,
        /// (Data set, list) to the root of the list.
        pub lists: Tree<(DataSetId, u64), Recorded<Root>, Cold>,
        /// What is seldom written.
        pub shelves: Link<Shelves>,
    }
}

record! {
    /// What is seldom written.
    pub struct Shelves {
        /// What data sets consist of.
        pub contents: Tree<DataSetId, Recorded<Content>, Cold>,
        /// The rules of data sets that have some.
        pub rules: Tree<DataSetId, Recorded<Rules>, Cold>,
        /// (Data set, subject) to the version of the terms that the subject has accepted last, and when.
        pub accepted: Tree<(DataSetId, ActorID), Recorded<Acceptance>, Cold>,
        /// (Token, holder) to what was seen.
        pub observed: Tree<(ActorID, ActorID), Recorded<Observed>, Cold>,
        /// The number of the next group.
        pub next_group: u64,
        /// Group to its owner.
        pub groups: Tree<u64, ActorID, Cold>,
        /// (Group, member).
        pub members: Tree<(u64, ActorID), (), Cold>,
        /// What is sold, and what is owed to whom.
        pub market: Link<Market>,
        /// What is farther away.
        pub annex: Link<Annex>,
    }
}

record! {
    /// What has a link of its own, so that none of it weighs on the others.
    pub struct Annex {
        /// What contracts elsewhere let this actor decide.
        pub bindings: Link<Bindings>,
        /// Delays, and what is scheduled because of them.
        pub guards: Link<Guards>,
        /// (Signer, nonce / 64) to the nonces that were used, one bit each. No entry is zero.
        pub nonces: Tree<(ActorID, u64), u64, Cold>,
        /// Keys of readers, and of data sets for them.
        pub keys: Link<Keys>,
        /// What gateways gave out.
        pub logs: Link<Logs>,
        /// Tickets.
        pub tickets: Link<Tickets>,
        /// Grants whose subjects are not named.
        pub commitments: Link<Commitments>,
    }
}

record! {
    /// What contracts elsewhere let this actor decide.
    pub struct Bindings {
        /// (Contract, selector) to what decides who may call that function of it.
        pub functions: Tree<(ActorID, u64), Recorded<Binding>, Cold>,
        /// ((Storage service, payer), the service's number of a data set) to what decides who writes to that.
        pub services: Tree<((ActorID, ActorID), u64), Recorded<ServiceBinding>, Cold>,
        /// ((Storage service, the service's number of a data set), digest) of the operations that were let through.
        pub used: Tree<((ActorID, u64), Bytes32), (), Cold>,
    }
}

record! {
    /// What decides who writes to a data set of a storage service.
    pub struct ServiceBinding {
        /// The data set whose rules do.
        pub data_set: DataSetId,
        /// The part of it.
        pub scope: Scope,
    }
}

record! {
    /// What decides who may call a function.
    pub struct Binding {
        /// The data set whose rules do.
        pub data_set: DataSetId,
        /// The part of it.
        pub scope: Scope,
        /// The action that is needed, as a mask.
        pub action: u8,
    }
}

record! {
    /// What is sold, and what is owed to whom.
    pub struct Market {
        /// The number of the next plan.
        pub next_plan: PlanId,
        /// The plans, with what was sold and what was left when they were last changed.
        pub plans: Tree<PlanId, Recorded<PlanInfo>, Cold>,
        /// (Plan, version) to the shares of a price as they were.
        pub shares: Tree<(PlanId, u64), Recorded<Shares>, Cold>,
        /// How often each was sold. No entry is zero.
        pub sold: Tree<PlanId, u64, Cold>,
        /// (Plan, subject) to what the subject has bought last.
        pub purchases: Tree<(PlanId, ActorID), Recorded<Purchase>, Cold>,
        /// (Data set, generation) to when its grants ended.
        pub ended: Tree<(DataSetId, u64), Recorded<Ended>, Cold>,
        /// (Data set, first epoch) to the freezes that are over.
        pub freezes: Tree<(DataSetId, u64), Recorded<Freeze>, Cold>,
        /// (Token, payee) to what waits for the payee: atto-tokens, or attoFIL by token 0. No entry is zero.
        pub balances: Tree<(ActorID, ActorID), TokenAmount, Cold>,
    }
}

record! {
    /// How a price was shared.
    pub struct Shares {
        /// The parts.
        pub splits: Vec<Split>,
    }
}

record! {
    /// What a data set consists of.
    pub struct Content {
        /// Its parts, or one manifest.
        pub content: Vec<ForeignCid>,
        /// What describes it.
        pub metadata: Option<ForeignCid>,
        /// The most bytes behind `metadata`.
        pub metadata_size: u64,
        /// The hash of the terms' text; zeros for none.
        pub terms_hash: Bytes32,
    }
}

record! {
    /// The rules of a data set.
    pub struct Rules {
        /// Rules with ids for addresses, in the order in which they were set.
        pub rules: Vec<Rule>,
    }
}

record! {
    /// What somebody was seen to hold.
    pub struct Observed {
        /// From when on.
        pub since: ChainEpoch,
        /// The least that was seen since then: atto-tokens, or NFTs.
        pub least: TokenAmount,
    }
}

record! {
    /// The root of a list.
    pub struct Root {
        /// Of its Merkle tree.
        pub root: Bytes32,
    }
}

record! {
    /// Delays, and what is scheduled because of them.
    pub struct Guards {
        /// The delays of data sets that have some.
        pub delays: Tree<DataSetId, Recorded<Delays>, Cold>,
        /// The operations that are scheduled in data sets.
        pub operations: Tree<DataSetId, Recorded<Operations>, Cold>,
    }
}

record! {
    /// The delays of a data set. One that is not here is 0.
    pub struct Delays {
        /// In the order in which they were first set.
        pub delays: Vec<DelayRecord>,
    }
}

record! {
    /// A delay.
    pub struct DelayRecord {
        /// Which.
        pub what: Delay,
        /// Its length before `from`, epochs.
        pub before: ChainEpoch,
        /// Its length from `from` on, epochs.
        pub after: ChainEpoch,
        /// The first epoch at which `after` holds.
        pub from: ChainEpoch,
    }
}

record! {
    /// The operations that are scheduled in a data set.
    pub struct Operations {
        /// In the order in which they were scheduled, each id once.
        pub operations: Vec<Operation>,
    }
}

record! {
    /// A scheduled operation.
    pub struct Operation {
        /// Its id.
        pub id: Bytes32,
        /// Who scheduled it.
        pub by: ActorID,
        /// The FRC-42 number of the method.
        pub method: u64,
        /// When it was scheduled.
        pub announced: ChainEpoch,
        /// The first epoch at which it can be carried out.
        pub ready: ChainEpoch,
    }
}

record! {
    /// Keys of readers, and of data sets for them.
    pub struct Keys {
        /// Reader to its public key of X25519.
        pub readers: Tree<ActorID, Bytes32, Cold>,
        /// ((Data set, key epoch), reader) to the key of the data set, sealed.
        pub envelopes: Tree<((DataSetId, u64), ActorID), Recorded<Sealed>, Cold>,
    }
}

record! {
    /// The key of a data set, sealed for a reader.
    pub struct Sealed {
        /// The reader's public key that it is sealed to.
        pub key: Bytes32,
        /// The envelope.
        pub envelope: RawBytes,
    }
}

record! {
    /// What gateways gave out.
    pub struct Logs {
        /// (Data set, gateway) to what is known of it: of those who may anchor, and of those who have.
        pub gateways: Tree<(DataSetId, ActorID), Recorded<Gateway>, Cold>,
        /// (Data set, number) to the log. Numbers are 1, 2, 3 ..
        pub logs: Tree<(DataSetId, LogId), Recorded<LogInfo>, Cold>,
    }
}

record! {
    /// Somebody who anchors logs.
    pub struct Gateway {
        /// Whether it may.
        pub allowed: bool,
        /// The first epoch after its last log; 0 if there is none.
        pub logged_until: ChainEpoch,
    }
}

record! {
    /// Tickets.
    pub struct Tickets {
        /// The number of the next one.
        pub next_ticket: TicketId,
        /// Those that were not cleared away.
        pub tickets: Tree<TicketId, Recorded<Ticket>, Cold>,
    }
}

record! {
    /// Grants whose subjects are not named.
    pub struct Commitments {
        /// (Data set, commitment) to the grant.
        pub commitments: Tree<(DataSetId, Bytes32), Recorded<CommittedGrant>, Cold>,
    }
}

impl State for AccessState {
    const VERSION: Option<u64> = Some(1);
}
