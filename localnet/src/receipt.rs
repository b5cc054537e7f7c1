//! What a message gave: exit code, return value, gas, events, trace.

use cid::Cid;
use fvm::executor::ApplyRet;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use fvm_shared::event::StampedEvent;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::trace::Trace;

/// Where the money for the gas went, in attoFIL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GasCosts {
    /// Burnt: base fee times gas used.
    pub base_fee_burn: TokenAmount,
    /// Burnt for asking for much more gas than was used.
    pub over_estimation_burn: TokenAmount,
    /// To the miner of the block.
    pub miner_tip: TokenAmount,
    /// The miner's penalty for including a message that cannot pay.
    pub miner_penalty: TokenAmount,
    /// Back to the sender.
    pub refund: TokenAmount,
    /// Gas bought and not used, refunded.
    pub gas_refund: u64,
    /// Gas burnt by over-estimation.
    pub gas_burned: u64,
}

/// The receipt of a message, with more than the chain keeps.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// CID of the message.
    pub message: Cid,
    /// 0 is success.
    pub exit_code: ExitCode,
    /// What the receiver returned.
    pub return_data: RawBytes,
    /// Codec of what it returned.
    pub return_codec: Option<u64>,
    /// Gas used by the whole message.
    pub gas_used: u64,
    /// Root of the array of events; none if there are no events.
    pub events_root: Option<Cid>,
    /// The events in order.
    pub events: Vec<StampedEvent>,
    /// Where the gas money went.
    pub costs: GasCosts,
    /// Why it failed, as the FVM tells it; empty on success.
    pub error: String,
    /// The calls and gas charges (empty when tracing is off).
    pub trace: Trace,
}

impl Receipt {
    pub(crate) fn new(message: Cid, ret: ApplyRet) -> Self {
        Self {
            message,
            exit_code: ret.msg_receipt.exit_code,
            return_data: ret.msg_receipt.return_data,
            return_codec: ret.return_codec,
            gas_used: ret.msg_receipt.gas_used,
            events_root: ret.msg_receipt.events_root,
            events: ret.events,
            costs: GasCosts {
                base_fee_burn: ret.base_fee_burn,
                over_estimation_burn: ret.over_estimation_burn,
                miner_tip: ret.miner_tip,
                miner_penalty: ret.penalty,
                refund: ret.refund,
                gas_refund: ret.gas_refund,
                gas_burned: ret.gas_burned,
            },
            error: ret.failure_info.map(|f| f.to_string()).unwrap_or_default(),
            trace: Trace::from_events(ret.exec_trace),
        }
    }

    /// Did it succeed?
    pub fn is_ok(&self) -> bool {
        self.exit_code.is_success()
    }

    /// The receipt itself when the message succeeded.
    ///
    /// # Errors
    /// [`Error::Failed`] with `what`, the exit code and the FVM's words.
    pub fn ok(self, what: &str) -> Result<Self> {
        if self.is_ok() {
            return Ok(self);
        }
        Err(Error::Failed {
            what: what.into(),
            exit_code: self.exit_code,
            why: self.error,
        })
    }

    /// The return value decoded from CBOR.
    ///
    /// # Errors
    /// When it is not of that type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        self.return_data
            .deserialize()
            .map_err(|e| Error::codec("return value", e))
    }

    /// The part that the chain keeps.
    pub fn on_chain(&self) -> fvm_shared::receipt::Receipt {
        fvm_shared::receipt::Receipt {
            exit_code: self.exit_code,
            return_data: self.return_data.clone(),
            gas_used: self.gas_used,
            events_root: self.events_root,
        }
    }
}
