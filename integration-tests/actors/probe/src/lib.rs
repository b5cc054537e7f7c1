//! An actor that goes to the limits of the machine, and one on which the layouts of maps are measured.

mod limits;
mod shelf;

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_runtime::{actor, errors, methods, record};

record! {
    /// Whose answer to read.
    pub struct ReadParams {
        /// Another probe.
        pub of: Address,
        /// Bytes that are read at most.
        pub max_return: u32,
    }
}

record! {
    /// Which map, and what to do with it.
    pub struct ShelfParams {
        /// The layout; see `shelf`.
        pub layout: u32,
        /// The first key.
        pub first: u64,
        /// How many keys.
        pub count: u64,
        /// attoFIL to put under each.
        pub value: u64,
    }
}

errors! {
    /// What the probe refuses.
    pub enum ProbeError {
        /// Raised when there is no such layout.
        64 UnknownLayout { layout: u32 } = "there is no layout {layout}";
    }
}

methods! {
    /// Goes to the limits of the machine.
    pub interface Probe("probe") {
        errors ProbeError;
        events [];
        methods {
            /// Starts empty.
            constructor Constructor(), from Init;
            /// Answers one MiB.
            view Megabyte() -> RawBytes, from Anyone;
            /// Asks another probe for its MiB; gives the length of the answer.
            view ReadMegabyte(ReadParams) -> u64, from Anyone;
            /// Calls itself through the Ethereum face until the machine says no; gives how often it came through.
            view Descend() -> u64, from Anyone;
            /// Calls itself, with a transaction before each call, until the machine says no.
            call DescendWriting() -> u64, from Anyone;
            /// Puts values into a map.
            call Put(ShelfParams), from Anyone;
            /// Reads one value of a map.
            view Get(ShelfParams) -> Option<u64>, from Anyone;
        }
        solidity {}
    }
}

/// The actor.
pub struct ProbeActor;

actor!(Probe => ProbeActor);
