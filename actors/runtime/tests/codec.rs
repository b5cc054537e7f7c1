//! Values of a shape as JSON and back: what is accepted, and how a refusal reads.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::idl::codec::{
    decode, decode_any, encode, from_text, parse_amount, parse_hex, parse_json, show_amount,
};
use holdfast_runtime::schema::{Schema, Shape};
use holdfast_runtime::{choice, record};
use proptest::prelude::*;
use serde_json::{Value, json};

record! {
    /// One share.
    pub struct Share {
        /// Who gets it.
        pub to: Address,
        /// How much, attoFIL.
        pub amount: TokenAmount,
    }
}

record! {
    /// Everything that a parameter can be.
    pub struct Everything {
        /// A flag.
        pub flag: bool,
        /// A small number.
        pub small: u8,
        /// An epoch.
        pub epoch: i64,
        /// A title.
        pub title: String,
        /// Any bytes.
        pub data: RawBytes,
        /// An Ethereum address.
        pub eth: EthAddress,
        /// A CID of content.
        pub content: ForeignCid,
        /// A number, perhaps.
        pub perhaps: Option<u64>,
        /// Who gets what.
        pub shares: Vec<Share>,
    }
}

choice! {
    /// How somebody is paid.
    pub enum Payment {
        /// Not at all.
        0 Nothing {},
        /// At once.
        1 Once {
            /// Who gets how much.
            share: Share,
        },
        /// Again and again.
        2 Every {
            /// Epochs.
            period: u64,
            /// How much, attoFIL.
            amount: TokenAmount,
        },
    }
}

fn payments() -> Shape {
    Vec::<Payment>::shape()
}

fn shape() -> Shape {
    Everything::shape()
}

fn sample() -> Value {
    let bytes = fvm_ipld_encoding::to_vec(&Everything::sample()).unwrap();
    decode(&shape(), &bytes).unwrap()
}

#[track_caller]
fn refuses(field: &str, value: Value, parts: &[&str]) {
    let mut object = sample();
    object[field] = value;
    let error = encode(&shape(), &object).expect_err("refused").to_string();
    for part in parts {
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
}

#[test]
fn the_json_of_a_record_has_its_names() {
    let masked = "0xff000000000000000000000000000000000004d2";
    let expected = json!({
        "flag": true,
        "small": 18,
        "epoch": 3_000_000,
        "title": "Holdfast",
        "data": "0x010203",
        "eth": masked,
        "content": ForeignCid::sample().0.to_string(),
        "perhaps": 5_000_000_000u64,
        "shares": [{"to": "f01234", "amount": "5"}],
    });
    assert_eq!(sample(), expected);
}

#[test]
fn json_encodes_to_the_bytes_of_the_type() {
    let bytes = encode(&shape(), &sample()).unwrap();
    assert_eq!(bytes, fvm_ipld_encoding::to_vec(&Everything::sample()).unwrap());
    let back: Everything = fvm_ipld_encoding::from_slice(&bytes).unwrap();
    assert_eq!(back, Everything::sample());
}

#[test]
fn a_value_of_the_wrong_kind_is_named_with_its_field() {
    refuses(
        "flag",
        json!(1),
        &["flag: expected true or false, found the number 1 (Bool: A flag)"],
    );
    refuses("small", json!(256), &["small: 256 lies outside 0 to 255"]);
    refuses("small", json!(-1), &["-1 lies outside 0 to 255"]);
    refuses(
        "epoch",
        json!("9223372036854775808"),
        &["outside -9223372036854775808 to 9223372036854775807"],
    );
    refuses("title", json!(7), &["title: expected text"]);
    refuses(
        "data",
        json!("010203"),
        &["data: `010203` is no hex: it has to begin with 0x"],
    );
    refuses("data", json!("0x123"), &["0x and 3 digits are no bytes"]);
    refuses("eth", json!("0x01"), &["eth: 1 bytes where 20 are expected"]);
    refuses("content", json!("bafy"), &["content: `bafy` is no CID"]);
    refuses(
        "perhaps",
        json!("x"),
        &["perhaps: expected an unsigned integer of 64 bits, found `x`"],
    );
    refuses(
        "shares",
        json!({}),
        &["shares: expected a list of Share, found an object"],
    );
}

#[test]
fn a_place_inside_a_list_is_named() {
    let shares = json!([{"to": "f01", "amount": "1"}, {"to": "f0x", "amount": "1"}]);
    refuses("shares", shares, &["shares[1].to: `f0x` is no address"]);
    let shares = json!([{"to": "f01", "amount": "1", "amout": "2"}]);
    refuses(
        "shares",
        shares,
        &["shares[0]: there is no field `amout` (did you mean `amount`?)"],
    );
    refuses(
        "shares",
        json!([{"to": "f01", "amount": 1}]),
        &["shares[0].amount: an amount is text with a unit"],
    );
}

#[test]
fn what_may_be_left_out_is_null_or_empty() {
    let mut object = sample();
    let fields = object.as_object_mut().unwrap();
    fields.remove("perhaps");
    fields.remove("data");
    let decoded = decode(&shape(), &encode(&shape(), &object).unwrap()).unwrap();
    assert_eq!(
        (&decoded["perhaps"], &decoded["data"]),
        (&Value::Null, &json!("0x"))
    );
    object.as_object_mut().unwrap().remove("title");
    let error = encode(&shape(), &object).unwrap_err().to_string();
    assert!(
        error.contains("the field `title` is missing (Text: A title)"),
        "{error}"
    );
}

#[test]
fn words_are_read_by_the_shape_that_they_are_for() {
    let share = |words: &[&str]| from_text(&Share::shape(), words);
    let expected = json!({"to": "f01", "amount": "2"});
    assert_eq!(share(&["to=f01", "amount=2"]).unwrap(), expected);
    assert_eq!(share(&["amount=2", "to=f01"]).unwrap(), expected);
    assert!(share(&["f01"]).unwrap_err().to_string().contains("has no name"));
    assert_eq!(from_text(&Shape::Text, &["a=b"]).unwrap(), json!("a=b"));
    assert_eq!(
        from_text(&Option::<u64>::shape(), &["null"]).unwrap(),
        Value::Null
    );
    assert!(from_text(&Shape::Unit, &["1"]).is_err());
}

#[test]
fn bytes_behind_the_value_are_refused() {
    let mut bytes = encode(&Shape::Bool, &json!(true)).unwrap();
    bytes.push(0xf5);
    assert!(decode(&Shape::Bool, &bytes).is_err());
}

#[test]
fn a_record_with_another_number_of_fields_does_not_decode() {
    for tuple in [
        vec![0x81, 0x42, 0x00, 0x01],
        vec![0x83, 0x42, 0x00, 0x01, 0x40, 0xf6],
    ] {
        let error = decode(&Share::shape(), &tuple).unwrap_err().to_string();
        assert!(error.contains("a Share has 2 fields, this one has"), "{error}");
    }
}

#[test]
fn an_integer_beyond_its_type_does_not_decode() {
    let bytes = encode(&Shape::Uint(64), &json!(256)).unwrap();
    assert!(
        decode(&Shape::Uint(8), &bytes)
            .unwrap_err()
            .to_string()
            .contains("outside 0 to 255")
    );
}

#[test]
fn a_choice_is_a_list_with_its_number_and_in_json_an_object_with_its_name() {
    let bytes = fvm_ipld_encoding::to_vec(&Vec::<Payment>::sample()).unwrap();
    assert_eq!(bytes[..5], [0x83, 0x81, 0x00, 0x82, 0x01]);
    let value = decode(&payments(), &bytes).unwrap();
    let expected = json!([
        {"Nothing": {}},
        {"Once": {"share": {"to": "f01234", "amount": "5"}}},
        {"Every": {"period": 5_000_000_000u64, "amount": "5"}},
    ]);
    assert_eq!(value, expected);
    assert_eq!(encode(&payments(), &value).unwrap(), bytes);
    let back: Vec<Payment> = fvm_ipld_encoding::from_slice(&bytes).unwrap();
    assert_eq!(back, Vec::<Payment>::sample());
}

#[test]
fn a_choice_of_another_number_or_length_does_not_decode() {
    let refused = |bytes: &[u8]| {
        let by_type = fvm_ipld_encoding::from_slice::<Payment>(bytes)
            .unwrap_err()
            .to_string();
        let by_shape = decode(&Payment::shape(), bytes).unwrap_err().to_string();
        (by_type, by_shape)
    };
    let (by_type, by_shape) = refused(&[0x81, 0x03]);
    assert!(by_type.contains("there is no Payment of number 3"), "{by_type}");
    assert!(by_shape.contains("there is no Payment of number 3"), "{by_shape}");
    assert!(refused(&[0x82, 0x00, 0x01]).0.contains("an element too many"));
    assert!(refused(&[0x81, 0x02]).0.contains("ends too early"));
    refused(&[0x80]);
    refused(&[0x00]);
    let error = encode(&Payment::shape(), &json!({"Onec": {}}))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("there is no field `Onec` (did you mean `Once`?)"),
        "{error}"
    );
    let two = json!({"Nothing": {}, "Every": {"period": 1, "amount": "1"}});
    assert!(
        encode(&Payment::shape(), &two)
            .unwrap_err()
            .to_string()
            .contains("exactly one name")
    );
}

#[test]
fn endless_nesting_is_an_error_and_no_crash() {
    let deep = vec![0x81; 1_000_000];
    assert!(decode_any(&deep).is_err());
    assert!(parse_json(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn a_name_that_stands_twice_in_json_is_refused() {
    let error = parse_json(r#"{"a": 1, "b": {"c": 1, "c": 2}}"#)
        .unwrap_err()
        .to_string();
    assert!(error.contains("`c` is given twice"), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode_any(&bytes);
        if let Ok(value) = decode(&shape(), &bytes) {
            prop_assert!(encode(&shape(), &value).is_ok());
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}") {
        let _ = (parse_hex(&text), parse_json(&text));
        if let Ok(amount) = parse_amount(&text) {
            prop_assert_eq!(parse_amount(&show_amount(&amount)).unwrap(), amount);
        }
    }

    #[test]
    fn every_amount_is_read_as_it_is_shown(atto in any::<i128>()) {
        let amount = TokenAmount::from_atto(atto);
        prop_assert_eq!(parse_amount(&show_amount(&amount)).unwrap(), amount.clone());
        prop_assert_eq!(parse_amount(&format!("{atto} atto")).unwrap(), amount);
    }
}
