//! Delays, and operations that are scheduled because of them, after OpenZeppelin's AccessManager.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::event::CborField;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::{choice, record};

use super::data_set::DataSetId;

/// The most operations that are scheduled in one data set at a time.
pub const MAX_OPERATIONS: usize = 64;
/// The most bytes of a scheduled operation's parameters: they have to fit into an event, of which the machine takes 8 KiB.
pub const MAX_SCHEDULED_PARAMS: usize = 7 << 10;

choice! {
    /// What can be done to a data set and held up. What takes something back is never held up: revoking, giving back,
    /// suspending, freezing and cancelling.
    pub enum Power {
        /// Rules and allow-lists: `SetRule`, `RemoveRule`, `SetAllowList`.
        0 Rules {},
        /// Terms: `SetTerms`.
        1 Terms {},
        /// What the data set consists of: `SetContent`.
        2 Content {},
        /// Who stands at its head: `SetGuardian`, and `OfferDataSet` unless it takes an offer back.
        3 Handover {},
        /// How it is sold: `CreatePlan`, `ChangePlan`.
        4 Selling {},
        /// Who gets its keys, and who logs what is given out: `PutEnvelopes`, `DropEnvelopes`, `SetGateway`. A rotation never
        /// waits.
        5 Keys {},
        /// Opening what was closed: `Unfreeze`, and `Suspend` where it ends a suspension sooner.
        6 Unfreeze {},
        /// The delays themselves: `SetDelay`.
        7 Delays {},
    }
}

choice! {
    /// One of a data set's delays.
    pub enum Delay {
        /// A grant that allows this action begins so much later than it is made. Of several actions the greatest delay counts.
        0 Grant {
            /// One action, as a mask.
            action: u8,
        },
        /// What this power does has to be scheduled so much earlier.
        1 Power {
            /// The power.
            power: Power,
        },
    }
}

impl CborField for Delay {
    const NAME: &'static str = "Delay";
}

record! {
    /// Another length for a delay. A longer one holds at once; a shorter one after the difference, and no sooner than after
    /// 14 400 epochs (5 days), so that a delay cannot be cut and used at once.
    pub struct SetDelayParams {
        /// The data set.
        pub data_set: DataSetId,
        /// Which delay.
        pub what: Delay,
        /// Its length, 0 to 10 512 000 epochs (10 years).
        pub delay: ChainEpoch,
    }
}

record! {
    /// A delay of a data set.
    pub struct DelayInfo {
        /// Which.
        pub what: Delay,
        /// Its present length, epochs.
        pub delay: ChainEpoch,
        /// What it will be cut to; null if it stays as it is.
        pub pending: Option<PendingDelay>,
    }
}

record! {
    /// A delay to come.
    pub struct PendingDelay {
        /// Its length, epochs.
        pub delay: ChainEpoch,
        /// The first epoch at which it holds.
        pub from: ChainEpoch,
    }
}

record! {
    /// A call that is announced.
    pub struct ScheduleParams {
        /// The data set that it is about.
        pub data_set: DataSetId,
        /// The FRC-42 number of the method.
        pub method: u64,
        /// Its parameters in CBOR, at most 7 KiB, for the same data set.
        pub params: RawBytes,
        /// The epoch from which on it can be made, at most 10 years ahead; null for as soon as the delay allows.
        pub at: Option<ChainEpoch>,
    }
}

record! {
    /// A scheduled operation.
    pub struct OperationAt {
        /// The data set.
        pub data_set: DataSetId,
        /// Its id.
        pub operation: Bytes32,
    }
}

record! {
    /// A scheduled operation. It can be carried out from `ready` on and no longer at `expires`.
    pub struct OperationInfo {
        /// Its id: blake2b-256 of the DAG-CBOR of the list of caller, method, parameters and data set.
        pub operation: Bytes32,
        /// Who scheduled it and has to make the call.
        pub by: ActorID,
        /// The FRC-42 number of the method.
        pub method: u64,
        /// The first epoch at which it can be carried out.
        pub ready: ChainEpoch,
        /// The first epoch at which it cannot any more.
        pub expires: ChainEpoch,
    }
}
