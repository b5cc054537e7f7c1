//! Expected events, byte for byte.

use alloy_sol_types::SolEvent;
use fvm_ipld_encoding::IPLD_RAW;
use fvm_shared::address::Address;
use fvm_shared::event::{ActorEvent, Entry, Flags, StampedEvent};
use holdfast_runtime::event::Event;

/// The raw log of a Solidity event, as an actor emits it: topics in `t1` to `t4`, the rest in `d`.
///
/// # Panics
/// When the emitter is not given by its id.
pub fn log(emitter: Address, event: &impl SolEvent) -> StampedEvent {
    let data = event.encode_log_data();
    let keys = ["t1", "t2", "t3", "t4"].into_iter();
    let topics = keys.zip(data.topics()).map(|(key, topic)| (key, topic.to_vec()));
    let rest = (!data.data.is_empty()).then(|| ("d", data.data.to_vec()));
    let entries: Vec<Entry> = topics
        .chain(rest)
        .map(|(key, value)| raw_entry(key, value))
        .collect();
    stamped(emitter, entries.into())
}

/// A CBOR event of an interface.
///
/// # Panics
/// When a field does not encode.
pub fn cbor_event(emitter: Address, event: &impl Event) -> StampedEvent {
    stamped(emitter, event.to_actor_event().expect("an event that encodes"))
}

fn raw_entry(key: &str, value: Vec<u8>) -> Entry {
    Entry {
        flags: Flags::FLAG_INDEXED_ALL,
        key: key.to_owned(),
        codec: IPLD_RAW,
        value,
    }
}

fn stamped(emitter: Address, event: ActorEvent) -> StampedEvent {
    let emitter = emitter.id().expect("an emitter given by its id");
    StampedEvent { emitter, event }
}
