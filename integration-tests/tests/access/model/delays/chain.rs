//! Delays on the chain: messages, answers, and what differs.

use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use holdfast_api::access::{
    self as api, Delay, DelayInfo, OperationAt, OperationInfo, PendingDelay, ScheduleParams, SetDelayParams,
    method,
};
use holdfast_integration_tests::model::cut_params;
use holdfast_runtime::evm::Bytes32;
use multihash_codetable::{Code, MultihashDigest};

use super::super::cast::Who;
use super::super::compare::Found;
use super::super::library::Library;
use super::super::operation::Call;
use super::super::stage::Stage;
use super::super::wire::{self, to};
use super::{Announced, Announcement, Delaying, Operation, Power, What};

/// The method's number and its parameters.
pub(in super::super) fn message(stage: &Stage, call: &Delaying) -> (u64, Vec<u8>) {
    match call {
        Delaying::Set {
            data_set,
            what,
            length,
        } => to::<method::SetDelay>(&SetDelayParams {
            data_set: *data_set,
            what: delay(*what),
            delay: *length,
        }),
        Delaying::Schedule(announcement) => schedule(stage, announcement),
        Delaying::Cancel(Operation { data_set, by, call }) => to::<method::Cancel>(&OperationAt {
            data_set: *data_set,
            operation: id(stage, *by, call),
        }),
    }
}

fn schedule(stage: &Stage, announcement: &Announcement) -> (u64, Vec<u8>) {
    let (method, params) = wire::message(stage, &announcement.call);
    let params = if announcement.cut {
        cut_params(params)
    } else {
        params
    };
    to::<method::Schedule>(&ScheduleParams {
        data_set: announcement.data_set,
        method,
        params: RawBytes::new(params),
        at: announcement.at.map(|at| stage.chain_epoch(at)),
    })
}

/// Nothing; an operation is known by its id, and compared then.
pub(in super::super) fn numbers(call: &Delaying, returned: &[u8]) -> Vec<u64> {
    if let Delaying::Schedule(_) = call {
        let _: Bytes32 = from_slice(returned).expect("an operation");
    } else {
        assert!(returned.is_empty(), "{call:?} gave {returned:02x?}");
    }
    Vec::new()
}

fn delay(what: What) -> Delay {
    let power = match what {
        What::Grant(action) => return Delay::Grant { action },
        What::Power(power) => power,
    };
    let power = match power {
        Power::Rules => api::Power::Rules {},
        Power::Terms => api::Power::Terms {},
        Power::Content => api::Power::Content {},
        Power::Handover => api::Power::Handover {},
        Power::Selling => api::Power::Selling {},
        Power::Keys => api::Power::Keys {},
        Power::Unfreeze => api::Power::Unfreeze {},
        Power::Delays => api::Power::Delays {},
    };
    Delay::Power { power }
}

/// An operation's id: blake2b-256 of the DAG-CBOR of the list of caller, method, parameters and data set.
fn id(stage: &Stage, by: Who, call: &Call) -> Bytes32 {
    let ((method, params), data_set) = (wire::message(stage, call), call.data_set());
    let text = to_vec(&(stage.id(by), method, RawBytes::new(params), data_set));
    let hash = Code::Blake2b256.digest(&text.expect("a list"));
    Bytes32(hash.digest().try_into().expect("32 bytes"))
}

/// What of delays, and of what was announced, is not as the model says.
pub(in super::super) fn differences(stage: &Stage, model: &Library, found: &mut Found) {
    let access = stage.access;
    for number in 1..=model.data_sets.len() as u64 {
        let mut told = stage.w.view::<method::GetDelays>(access, &number);
        let mut ours = delays(stage, model, number);
        told.sort_unstable_by_key(|info| format!("{info:?}"));
        ours.sort_unstable_by_key(|info| format!("{info:?}"));
        found.same("delays", ours, told);
        let told = stage.w.view::<method::ListOperations>(access, &number);
        let announced = model.delays.announced.get(&number).into_iter().flatten();
        let ours: Vec<_> = announced.map(|announced| seen(stage, announced)).collect();
        found.same("what is announced", ours, told);
    }
}

/// Those that are some now or will be.
fn delays(stage: &Stage, model: &Library, number: u64) -> Vec<DelayInfo> {
    let set = model.delays.lengths.iter().filter(|((of, _), _)| *of == number);
    let info = |((_, what), lengths): (&(u64, What), &Vec<(i64, i64)>)| {
        let to_come = lengths.last().filter(|(from, _)| model.epoch < *from);
        DelayInfo {
            what: delay(*what),
            delay: model.length(number, *what),
            pending: to_come.map(|(from, delay)| PendingDelay {
                delay: *delay,
                from: stage.chain_epoch(*from),
            }),
        }
    };
    let all = set.map(info);
    all.filter(|info| info.delay > 0 || info.pending.is_some())
        .collect()
}

fn seen(stage: &Stage, announced: &Announced) -> OperationInfo {
    let window = announced.window();
    OperationInfo {
        operation: id(stage, announced.by, &announced.call),
        by: stage.id(announced.by),
        method: wire::message(stage, &announced.call).0,
        ready: stage.chain_epoch(window.start),
        expires: stage.chain_epoch(window.end),
    }
}
