//! Keys, logs and commitments on the chain: messages, answers, and what differs.

use fvm_ipld_encoding::{RawBytes, from_slice};
use fvm_shared::ActorID;
use holdfast_api::access::{
    AnchorLogParams, CommitmentParams, DropEnvelopesParams, Envelope, GetEnvelopeParams,
    GrantCommittedParams, IsGatewayParams, ListCommittedParams, ListLogsParams, PutEnvelopesParams,
    RevealParams, SetGatewayParams, committed_words, method,
};
use holdfast_runtime::evm::{Bytes32, EthAddress, keccak};

use super::super::compare::Found;
use super::super::library::Library;
use super::super::stage::Stage;
use super::super::wire::{bytes, terms_of, to};
use super::{Committed, Shelf};

/// The method's number and its parameters.
pub(in super::super) fn message(stage: &Stage, call: &Shelf) -> (u64, Vec<u8>) {
    match call {
        Shelf::SetReaderKey { key } => to::<method::SetReaderKey>(&reader_key(*key)),
        Shelf::RotateKeys { data_set } => to::<method::RotateKeys>(data_set),
        Shelf::PutEnvelopes {
            data_set,
            key_epoch,
            readers,
            len,
        } => {
            let envelope = |(named, key)| Envelope {
                recipient: stage.address(named),
                key: reader_key(key),
                bytes: sealed(*len),
            };
            to::<method::PutEnvelopes>(&PutEnvelopesParams {
                data_set: *data_set,
                key_epoch: *key_epoch,
                envelopes: readers.iter().copied().map(envelope).collect(),
            })
        }
        Shelf::DropEnvelopes {
            data_set,
            key_epoch,
            limit,
        } => to::<method::DropEnvelopes>(&DropEnvelopesParams {
            data_set: *data_set,
            key_epoch: *key_epoch,
            start: 0,
            limit: *limit,
        }),
        Shelf::SetGateway {
            data_set,
            gateway,
            allowed,
        } => to::<method::SetGateway>(&SetGatewayParams {
            data_set: *data_set,
            gateway: stage.address(*gateway),
            allowed: *allowed,
        }),
        Shelf::AnchorLog {
            data_set,
            count,
            from,
            to: until,
        } => to::<method::AnchorLog>(&AnchorLogParams {
            data_set: *data_set,
            root: bytes(1),
            count: *count,
            from: stage.chain_epoch(*from),
            to: stage.chain_epoch(*until),
        }),
        Shelf::Commit(commit) => to::<method::GrantCommitted>(&GrantCommittedParams {
            data_set: commit.at.data_set,
            commitment: commitment(stage, commit.at),
            terms: terms_of(stage, &commit.terms),
            from: commit.from,
        }),
        Shelf::RevokeCommitted(at) => to::<method::RevokeCommitted>(&CommitmentParams {
            data_set: at.data_set,
            commitment: commitment(stage, *at),
        }),
        Shelf::Reveal { data_set, salt } => to::<method::Reveal>(&RevealParams {
            data_set: *data_set,
            salt: bytes(*salt),
        }),
    }
}

/// The numbers in what a call returned.
pub(in super::super) fn numbers(call: &Shelf, returned: &[u8]) -> Vec<u64> {
    match call {
        Shelf::RotateKeys { .. } | Shelf::AnchorLog { .. } | Shelf::Reveal { .. } => {
            vec![from_slice(returned).expect("a number")]
        }
        Shelf::DropEnvelopes { .. } => {
            let next: Option<ActorID> = from_slice(returned).expect("a reader or none");
            assert_eq!(next, None, "few readers");
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A key by its number; 0 has small order.
fn reader_key(number: u8) -> Bytes32 {
    let mut key = [0; 32];
    key[0] = if number == 0 { 0 } else { number + 8 };
    Bytes32(key)
}

fn sealed(len: u16) -> RawBytes {
    RawBytes::new(vec![7; usize::from(len)])
}

fn commitment(stage: &Stage, at: Committed) -> Bytes32 {
    let eth = |address| EthAddress(stage.w.eth(address).0.0);
    let domain = (stage.w.network().profile().chain_id, eth(stage.access));
    let words = committed_words(domain, at.data_set, eth(stage.place(at.subject)), bytes(at.salt));
    Bytes32(keccak(&[&words]))
}

/// What of keys, logs and commitments is not as the model says.
pub(in super::super) fn differences(stage: &Stage, model: &Library, found: &mut Found) {
    let (access, shelves) = (stage.access, &model.shelves);
    for (who, key) in &shelves.readers {
        let told = stage.w.view::<method::ReaderKey>(access, &stage.place(*who));
        found.same("a reader's key", Some(reader_key(*key)), told);
    }
    for ((data_set, key_epoch, who), (_, len)) in &shelves.envelopes {
        let params = GetEnvelopeParams {
            data_set: *data_set,
            key_epoch: *key_epoch,
            recipient: stage.place(*who),
        };
        let told = stage.w.view::<method::GetEnvelope>(access, &params);
        found.same("an envelope", Some(sealed(*len)), told);
    }
    for ((data_set, who), (allowed, _)) in &shelves.gateways {
        let (data_set, gateway) = (*data_set, stage.place(*who));
        let told = stage
            .w
            .view::<method::IsGateway>(access, &IsGatewayParams { data_set, gateway });
        found.same("a gateway", *allowed, told);
    }
    for data_set in 1..=model.data_sets.len() as u64 {
        of_data_set(stage, model, data_set, found);
    }
}

fn of_data_set(stage: &Stage, model: &Library, data_set: u64, found: &mut Found) {
    let (access, limit) = (stage.access, 1_000);
    let params = ListLogsParams {
        data_set,
        start: 0,
        limit,
    };
    let told = stage.w.view::<method::ListLogs>(access, &params).logs;
    let told = told.iter().map(|log| {
        (
            log.gateway,
            stage.model_epoch(log.from),
            stage.model_epoch(log.to),
        )
    });
    let logs = model.shelves.logs.get(&data_set).into_iter().flatten();
    let ours = logs.map(|(who, from, to)| (stage.id(*who), *from, *to));
    found.same("logs", ours.collect::<Vec<_>>(), told.collect());
    let own = model
        .shelves
        .committed
        .keys()
        .filter(|at| at.data_set == data_set);
    let mut ours: Vec<Bytes32> = own.map(|at| commitment(stage, *at)).collect();
    ours.sort_unstable_by_key(|commitment| commitment.0);
    let params = ListCommittedParams {
        data_set,
        start: Bytes32::default(),
        limit,
    };
    let told = stage.w.view::<method::ListCommitted>(access, &params);
    found.same("commitments", ours, told.commitments);
}
