//! Events of an interface as JSON: every type that a field can have.

use fvm_ipld_encoding::IPLD_RAW;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::{Entry, Flags};
use holdfast_runtime::event;
use holdfast_runtime::event::{Event, EventInfo};
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::idl::codec;
use holdfast_runtime::method::InterfaceInfo;
use serde_json::{Value, json};

event! {
    /// Every type of a CBOR event.
    cbor Noted("noted") {
        /// A flag.
        indexed flag: bool,
        /// A long number.
        data long: u64,
        /// A short number.
        data short: u32,
        /// An epoch.
        data epoch: i64,
        /// Somebody, perhaps.
        data somebody: Option<u64>,
        /// A title.
        data title: String,
        /// Who.
        data who: Address,
        /// How much.
        data amount: TokenAmount,
        /// A hash.
        data hash: Bytes32,
        /// Some.
        data some: Vec<u64>,
    }
}

event! {
    /// Every type of a raw log.
    log Logged {
        /// Who.
        indexed who: EthAddress,
        /// A hash.
        indexed hash: Bytes32,
        /// How much.
        data amount: TokenAmount,
        /// A long number.
        data long: u64,
        /// A short number.
        data short: u32,
    }
}

fn interface(events: Vec<EventInfo>) -> InterfaceInfo {
    InterfaceInfo {
        name: "test",
        doc: "",
        methods: Vec::new(),
        errors: &[],
        events,
    }
}

fn both() -> InterfaceInfo {
    interface(vec![Noted::info(), Logged::info()])
}

fn noted() -> Noted {
    Noted {
        flag: true,
        long: 7,
        short: 8,
        epoch: -9,
        somebody: None,
        title: "a".to_owned(),
        who: Address::new_id(1234),
        amount: TokenAmount::from_whole(2),
        hash: Bytes32([8; 32]),
        some: vec![1, 2],
    }
}

fn decoded(event: &impl Event) -> Value {
    let entries = event.to_actor_event().unwrap().entries;
    codec::event(&both(), &entries).unwrap()
}

#[test]
fn every_field_of_a_cbor_event_is_decoded() {
    let mut fields = json!({
        "flag": true, "long": 7, "short": 8, "epoch": -9, "somebody": null, "title": "a", "who": "f01234", "amount": "2",
        "hash": format!("0x{}", "08".repeat(32)), "some": [1, 2],
    });
    assert_eq!(decoded(&noted()), json!({"event": "noted", "fields": fields}));
    fields["somebody"] = json!(5);
    let somebody = Noted {
        somebody: Some(5),
        ..noted()
    };
    assert_eq!(decoded(&somebody), json!({"event": "noted", "fields": fields}));
}

#[test]
fn every_field_of_a_log_is_decoded() {
    let logged = Logged {
        who: EthAddress([7; 20]),
        hash: Bytes32([8; 32]),
        amount: TokenAmount::from_atto(9),
        long: 10,
        short: 11,
    };
    let fields = json!({
        "who": format!("0x{}", "07".repeat(20)),
        "hash": format!("0x{}", "08".repeat(32)),
        "amount": "9",
        "long": 10,
        "short": 11,
    });
    assert_eq!(decoded(&logged), json!({"event": "Logged", "fields": fields}));
}

#[test]
fn an_event_that_the_interface_does_not_list_keeps_its_keys() {
    let none = interface(Vec::new());
    let entries = noted().to_actor_event().unwrap().entries;
    let decoded = codec::event(&none, &entries).unwrap();
    assert_eq!(
        (&decoded["event"], &decoded["fields"]["title"]),
        (&Value::Null, &json!("a"))
    );
}

#[test]
fn a_log_without_one_of_its_topics_is_refused() {
    let topic = Entry {
        flags: Flags::FLAG_INDEXED_ALL,
        key: "t1".to_owned(),
        codec: IPLD_RAW,
        value: Logged::TOPIC.to_vec(),
    };
    let data = Entry {
        key: "d".to_owned(),
        value: vec![0; 96],
        ..topic.clone()
    };
    let error = codec::event(&both(), &[topic, data]).unwrap_err().to_string();
    assert_eq!(error, "Logged: the topic t2 is missing");
}
