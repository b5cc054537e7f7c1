//! What is reported of selling.

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::event;

use crate::access::data_set::DataSetId;
use crate::access::grant::GrantId;
use crate::access::plan::PlanId;

event! {
    /// A plan was made.
    cbor PlanCreated("plan-created") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The plan.
        indexed plan: PlanId,
        /// The version of the rules and plans.
        data policy_version: u64,
    }
}

event! {
    /// A plan has another price, stock or splits, or is sold or no longer.
    cbor PlanChanged("plan-changed") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The plan.
        indexed plan: PlanId,
        /// The version of the rules and plans.
        data policy_version: u64,
    }
}

event! {
    /// Somebody has bought something, and has a grant by it: no `granted` follows.
    cbor Bought("bought") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who has it.
        indexed subject: ActorID,
        /// The plan.
        indexed plan: PlanId,
        /// The grant.
        data grant: GrantId,
        /// Who paid.
        data payer: ActorID,
        /// How much, attoFIL or atto-tokens.
        data price: TokenAmount,
    }
}

event! {
    /// What somebody has bought lasts longer, or has more uses.
    cbor Renewed("renewed") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Whose it is.
        indexed subject: ActorID,
        /// The plan.
        indexed plan: PlanId,
        /// The first epoch after it; 0 where uses are counted.
        data end: ChainEpoch,
        /// Who paid.
        data payer: ActorID,
        /// How much, attoFIL or atto-tokens.
        data price: TokenAmount,
    }
}

event! {
    /// Somebody got money back: it gave up what it had bought, or others took it away or withheld it.
    cbor Refunded("refunded") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who.
        indexed subject: ActorID,
        /// The plan.
        indexed plan: PlanId,
        /// How much, attoFIL or atto-tokens.
        data amount: TokenAmount,
    }
}

event! {
    /// What of an escrow had been earned was shared out.
    cbor Settled("settled") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Whose purchase it was.
        indexed subject: ActorID,
        /// The plan.
        indexed plan: PlanId,
        /// How much, attoFIL or atto-tokens.
        data amount: TokenAmount,
    }
}

event! {
    /// Somebody gave a part of its time to somebody else, who has a grant by it: no `granted` follows.
    cbor TimeShared("time-shared") {
        /// The plan.
        indexed plan: PlanId,
        /// Who gave it.
        indexed from: ActorID,
        /// Who has it.
        indexed to: ActorID,
        /// The grant.
        data grant: GrantId,
        /// How long, epochs.
        data epochs: u64,
    }
}

event! {
    /// Money was fetched.
    cbor Withdrawn("withdrawn") {
        /// The token's id; 0 for FIL.
        indexed asset: ActorID,
        /// By whom.
        indexed payee: ActorID,
        /// How much, attoFIL or atto-tokens.
        data amount: TokenAmount,
    }
}
