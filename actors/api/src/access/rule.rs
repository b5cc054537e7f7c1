//! Rules, and lists of subjects.

use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::record;

use super::data_set::DataSetId;
use super::scope::{Node, Scope};

/// The most rules of a data set.
pub const MAX_RULES: usize = 32;
/// The most bytes of all rules of a data set.
pub const MAX_RULES_BYTES: usize = 32 * 1_024;

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
    /// What a part of a data set asks of those who want in. Of several rules about an action the narrowest decides, and of two for the
    /// same part the one that was set last.
    pub struct Rule {
        /// The part.
        pub scope: Scope,
        /// Which actions it is about, as a mask; a bit brings those that it implies, so a rule about Write is about Read too.
        pub actions: u8,
        /// A policy that has to hold for everybody but the owner; null for none.
        pub requires: Option<Vec<Node>>,
        /// A policy that opens without a grant; null for none.
        pub opens: Option<Vec<Node>>,
        /// Whether grants for larger parts, and what came from them, end here.
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
    /// A list of subjects that is kept outside the chain.
    #[solidity]
    pub struct SetAllowListParams {
        /// The data set.
        pub data_set: DataSetId,
        /// The list's number in the data set.
        pub list: u64,
        /// The root of its Merkle tree; zeros take the list away.
        pub root: Bytes32,
    }
}
