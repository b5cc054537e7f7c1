//! The ways in which a bundle breaks a rule.

use cid::Cid;

/// One broken rule, as a sentence that names the actor and the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// An official name is not at its place.
    #[error("type {number} must be {expected}, the manifest has {found} there")]
    Misplaced {
        /// The type number.
        number: u32,
        /// The official name with that number.
        expected: &'static str,
        /// What the manifest has there.
        found: String,
    },
    /// A name has characters that it may not have.
    #[error("{name:?} is malformed: names use a-z, 0-9 and _, letter first, at most 64")]
    BadName {
        /// The name.
        name: String,
    },
    /// A name is not unique.
    #[error("the name {name} stands twice in the manifest")]
    NameTwice {
        /// The name.
        name: String,
    },
    /// A code is not unique.
    #[error("{first} and {second} have the same code {code}")]
    CodeTwice {
        /// The earlier name.
        first: String,
        /// The later name.
        second: String,
        /// The code that they share.
        code: Cid,
    },
    /// A block that belongs to nothing.
    #[error("block {cid} belongs to no actor and is not the manifest")]
    StrayBlock {
        /// The block.
        cid: Cid,
    },
    /// An official actor other than Init is not the official one.
    #[error("{name} has code {found}, the official one is {expected}")]
    ChangedOfficial {
        /// The actor.
        name: String,
        /// The official code.
        expected: Cid,
        /// The bundle's code.
        found: Cid,
    },
    /// The module is not valid WASM.
    #[error("{name} is not a WASM module: {reason}")]
    Malformed {
        /// The actor.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The module has no function that the FVM could call.
    #[error("{name} does not export the function invoke")]
    NoInvoke {
        /// The actor.
        name: String,
    },
    /// The module exports no memory, without which the FVM cannot start it.
    #[error("{name} does not export its memory")]
    NoMemory {
        /// The actor.
        name: String,
    },
    /// The module wants a function that the FVM does not have.
    #[error("{name} imports {import}, which is not a syscall of the FVM")]
    UnknownImport {
        /// The actor.
        name: String,
        /// The import as module.name.
        import: String,
    },
    /// The module computes with floats, which no actor of ours may do.
    #[error("{name} computes with floats in {count} instructions, the first is {example}")]
    Floats {
        /// The actor.
        name: String,
        /// How many there are.
        count: usize,
        /// The first one and its function.
        example: String,
    },
    /// The module is heavier than its budget.
    #[error("{name} weighs {size} bytes, its budget is {budget} bytes")]
    TooBig {
        /// The actor.
        name: String,
        /// The weight in bytes.
        size: usize,
        /// The budget in bytes.
        budget: usize,
    },
    /// The FVM refuses the module.
    #[error("the FVM does not compile {name}: {reason}")]
    NotCompiled {
        /// The actor.
        name: String,
        /// What the FVM said.
        reason: String,
    },
    /// The FVM refuses the manifest.
    #[error("the FVM does not load the manifest: {reason}")]
    NotLoaded {
        /// What the FVM said.
        reason: String,
    },
}
