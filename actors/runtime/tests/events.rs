//! Events as the machine takes them.

use fvm_ipld_encoding::{CBOR, IPLD_RAW};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::{Entry, Flags};
use holdfast_runtime::event;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::{Bytes32, EthAddress, keccak};

event! {
    /// Everything that a log can hold.
    log Everything {
        /// An address.
        indexed a: EthAddress,
        /// An amount.
        data b: TokenAmount,
        /// A hash.
        indexed c: Bytes32,
        /// A number.
        data d: u32,
        /// A larger one.
        indexed e: u64,
    }
}

event! {
    /// Topics only.
    log Topics {
        /// An address.
        indexed who: EthAddress,
    }
}

event! {
    /// Only its name.
    log Bare {}
}

event! {
    /// Everything that a CBOR event can hold.
    cbor Plain("plain-text") {
        /// A flag.
        indexed flag: bool,
        /// A number.
        data number: u64,
        /// An epoch.
        indexed epoch: i64,
        /// Words.
        data words: String,
        /// An amount.
        data amount: TokenAmount,
        /// An address.
        indexed who: Address,
    }
}

fn entries(event: &impl Event) -> Vec<Entry> {
    event.to_actor_event().unwrap().entries
}

fn raw(key: &str, value: &[u8]) -> Entry {
    Entry {
        flags: Flags::FLAG_INDEXED_ALL,
        key: key.to_owned(),
        codec: IPLD_RAW,
        value: value.to_vec(),
    }
}

fn cbor(key: &str, flags: Flags, value: &[u8]) -> Entry {
    Entry {
        flags,
        key: key.to_owned(),
        codec: CBOR,
        value: value.to_vec(),
    }
}

fn word(last: &[u8]) -> [u8; 32] {
    let mut word = [0; 32];
    word[32 - last.len()..].copy_from_slice(last);
    word
}

#[test]
fn a_log_has_its_topics_in_t1_to_t4_and_the_rest_in_d() {
    let event = Everything {
        a: EthAddress([0xab; 20]),
        b: TokenAmount::from_atto(0x1_0000),
        c: Bytes32([0xcd; 32]),
        d: 7,
        e: 0x0102,
    };
    let topic = keccak(&[b"Everything(address,uint256,bytes32,uint32,uint64)"]);
    let data = [word(&[1, 0, 0]), word(&[7])].concat();
    let expected = [
        raw("t1", &topic),
        raw("t2", &word(&[0xab; 20])),
        raw("t3", &[0xcd; 32]),
        raw("t4", &word(&[1, 2])),
        raw("d", &data),
    ];
    assert_eq!(entries(&event), expected);
    assert_eq!(Everything::TOPIC, topic);
}

#[test]
fn empty_data_is_left_out() {
    let event = Topics {
        who: EthAddress::from_id(100),
    };
    assert_eq!(
        entries(&event)
            .iter()
            .map(|entry| entry.key.as_str())
            .collect::<Vec<_>>(),
        ["t1", "t2"]
    );
    assert_eq!(entries(&Bare {}), [raw("t1", &keccak(&[b"Bare()"]))]);
}

#[test]
fn the_known_topic_of_erc20_comes_out() {
    let known = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    let topic = holdfast_runtime::evm::event_topic("Transfer", &["address", "address", "uint256"]);
    assert_eq!(topic.map(|byte| format!("{byte:02x}")).concat(), known);
}

#[test]
fn a_cbor_event_has_its_type_first_and_every_field_in_cbor() {
    let event = Plain {
        flag: true,
        number: 7,
        epoch: -1,
        words: "hi".to_owned(),
        amount: TokenAmount::from_atto(5),
        who: Address::new_id(100),
    };
    let (all, key) = (Flags::FLAG_INDEXED_ALL, Flags::FLAG_INDEXED_KEY);
    let expected = [
        cbor("$type", all, b"\x6aplain-text"),
        cbor("flag", all, &[0xf5]),
        cbor("number", key, &[7]),
        cbor("epoch", all, &[0x20]),
        cbor("words", key, b"\x62hi"),
        cbor("amount", key, &[0x42, 0, 5]),
        cbor("who", all, &[0x42, 0, 100]),
    ];
    assert_eq!(entries(&event), expected);
}

#[test]
fn raw_and_cbor_entries_are_never_in_one_event() {
    let events = [
        entries(&Topics {
            who: EthAddress::ZERO,
        }),
        entries(&holdfast_test_counter::Withdrawn {
            to: 1,
            amount: TokenAmount::default(),
        }),
    ];
    for event in events {
        assert!(event.iter().all(|entry| entry.codec == event[0].codec));
    }
}

#[test]
fn the_largest_amount_fills_its_word_and_larger_or_negative_ones_do_not_wrap() {
    use holdfast_runtime::event::Word;
    let max = TokenAmount::from_atto((fvm_shared::bigint::BigInt::from(1) << 256) - 1);
    assert_eq!(max.word(), [0xff; 32]);
    assert_eq!((max + TokenAmount::from_atto(1)).word(), [0xff; 32]);
    assert_eq!(TokenAmount::from_atto(-1).word(), [0; 32]);
}
