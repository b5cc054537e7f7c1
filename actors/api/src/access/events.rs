//! What the access actor reports. Everything is CBOR, with ids: what has an id needs no look-up.

mod commitment;
mod guard;
mod key;
mod plan;
mod receipt;

pub use commitment::*;
pub use guard::*;
pub use key::*;
pub use plan::*;
pub use receipt::*;

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::event;

use super::data_set::DataSetId;
use super::grant::GrantId;

event! {
    /// A data set was made.
    cbor DataSetCreated("data-set-created") {
        /// Its number.
        indexed data_set: DataSetId,
        /// Who owns it.
        indexed owner: ActorID,
    }
}

event! {
    /// A data set was offered to somebody, or an offer was taken back.
    cbor DataSetOffered("data-set-offered") {
        /// Its number.
        indexed data_set: DataSetId,
        /// To whom; null for nobody.
        indexed to: Option<ActorID>,
        /// Whether grants stay good.
        data keep_grants: bool,
    }
}

event! {
    /// A data set has another owner.
    cbor DataSetTransferred("data-set-transferred") {
        /// Its number.
        indexed data_set: DataSetId,
        /// Who owned it.
        indexed from: ActorID,
        /// Who owns it.
        indexed to: ActorID,
        /// The generation whose grants are good.
        data generation: u64,
    }
}

event! {
    /// A data set has other content, or is described anew.
    cbor ContentSet("content-set") {
        /// Its number.
        indexed data_set: DataSetId,
    }
}

event! {
    /// A data set has another guardian.
    cbor GuardianSet("guardian-set") {
        /// Its number.
        indexed data_set: DataSetId,
        /// Who; null for nobody.
        indexed guardian: Option<ActorID>,
    }
}

event! {
    /// A data set was frozen, or opened again.
    cbor FrozenSet("frozen-set") {
        /// Its number.
        indexed data_set: DataSetId,
        /// Whether it is frozen.
        data frozen: bool,
        /// By whom.
        indexed by: ActorID,
    }
}

event! {
    /// A data set has new terms.
    cbor TermsSet("terms-set") {
        /// Its number.
        indexed data_set: DataSetId,
        /// Their version.
        data version: u64,
        /// The version that has to be accepted.
        data required: u64,
        /// The version of the rules, which rises when another version of the terms has to be accepted.
        data policy_version: u64,
    }
}

event! {
    /// Somebody accepted terms.
    cbor TermsAccepted("terms-accepted") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who.
        indexed subject: ActorID,
        /// Their version.
        data version: u64,
    }
}

event! {
    /// A rule was set.
    cbor RuleSet("rule-set") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The version of the rules.
        data policy_version: u64,
    }
}

event! {
    /// A rule went.
    cbor RuleRemoved("rule-removed") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The version of the rules.
        data policy_version: u64,
    }
}

event! {
    /// A list of subjects was set, replaced or taken away.
    cbor AllowListSet("allow-list-set") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The list.
        indexed list: u64,
        /// The version of the rules.
        data policy_version: u64,
    }
}

event! {
    /// Somebody was given something.
    cbor Granted("granted") {
        /// The data set.
        indexed data_set: DataSetId,
        /// To whom.
        indexed subject: ActorID,
        /// The grant.
        indexed grant: GrantId,
        /// By whom.
        data by: ActorID,
        /// What it allows, as a mask.
        data actions: u8,
    }
}

event! {
    /// A grant was taken back, and all that were made from it.
    cbor Revoked("revoked") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Whose it was.
        indexed subject: ActorID,
        /// The grant.
        indexed grant: GrantId,
        /// By whom; the subject itself gave it back.
        data by: ActorID,
    }
}

event! {
    /// All grants of a data set were taken back.
    cbor AllRevoked("all-revoked") {
        /// The data set.
        indexed data_set: DataSetId,
        /// The generation of the grants to come.
        data generation: u64,
    }
}

event! {
    /// A grant rests, or no longer.
    cbor Suspended("suspended") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Whose it is.
        indexed subject: ActorID,
        /// The grant.
        indexed grant: GrantId,
        /// The first epoch at which it counts again.
        data until: ChainEpoch,
    }
}

event! {
    /// A counted use.
    cbor Consumed("consumed") {
        /// The data set.
        indexed data_set: DataSetId,
        /// Who.
        indexed subject: ActorID,
        /// By which grant; null for the owner and where a policy opens.
        indexed grant: Option<GrantId>,
        /// What, as a mask.
        data action: u8,
        /// How many uses.
        data uses: u64,
    }
}

event! {
    /// A group was made.
    cbor GroupCreated("group-created") {
        /// Its number.
        indexed group: u64,
        /// Who owns it.
        indexed owner: ActorID,
    }
}

event! {
    /// A group has new members.
    cbor MembersAdded("members-added") {
        /// The group.
        indexed group: u64,
        /// Who.
        data members: Vec<ActorID>,
    }
}

event! {
    /// A group has lost members.
    cbor MembersRemoved("members-removed") {
        /// The group.
        indexed group: u64,
        /// Who.
        data members: Vec<ActorID>,
    }
}

event! {
    /// A contract has a data set's rules decide who may call one of its functions, or no longer.
    cbor FunctionBound("function-bound") {
        /// The contract.
        indexed target: ActorID,
        /// The function's selector, big-endian.
        indexed selector: u64,
        /// The data set; 0 for none.
        indexed data_set: DataSetId,
        /// The path whose rules do; empty for the whole data set.
        data path: String,
        /// What a caller has to be allowed there.
        data action: u8,
    }
}

event! {
    /// Somebody has a data set's rules decide who writes to a data set of a storage service, or no longer.
    cbor ServiceBound("service-bound") {
        /// The service.
        indexed service: ActorID,
        /// Who pays it.
        indexed payer: ActorID,
        /// The service's number of its data set.
        data number: u64,
        /// The data set; 0 for none.
        indexed data_set: DataSetId,
        /// The path whose rules do; empty for the whole data set.
        data path: String,
    }
}
