//! Every type of every interface and every state goes from JSON to CBOR and back without loss.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_access::state::{Rules, Shelves};
use holdfast_api::access::{READ, Rule, Scope};
use holdfast_localnet::MemStore;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::idl::codec::{call_of, calldata, decode, encode, show_amount};
use holdfast_runtime::method::TypeInfo;
use holdfast_runtime::schema::{Schema, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Map, Value, json};

use holdfast::registry;

/// Every type with its name.
fn types() -> Vec<(String, TypeInfo)> {
    let mut all = Vec::new();
    for interface in registry::interfaces() {
        for method in interface.methods {
            let name = format!("{}.{}", interface.name, method.name);
            let named = |info: Option<TypeInfo>, what: &str| Some((format!("{what} of {name}"), info?));
            all.extend(named(method.params, "params"));
            all.extend(named(method.returns, "returns"));
        }
    }
    all
}

/// Values of a shape in the form in which they are decoded.
fn values(shape: &Shape) -> BoxedStrategy<Value> {
    match shape {
        Shape::Unit => Just(Value::Null).boxed(),
        Shape::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Uint(bits) => {
            let shift = 64 - bits;
            any::<u64>().prop_map(move |n| json!(n >> shift)).boxed()
        }
        Shape::Int => any::<i64>().prop_map(Value::from).boxed(),
        Shape::Text => ".{0,40}".prop_map(Value::from).boxed(),
        Shape::Bytes => vec(any::<u8>(), 0..80).prop_map(|bytes| hex(&bytes)).boxed(),
        Shape::Fixed(len) => vec(any::<u8>(), *len).prop_map(|bytes| hex(&bytes)).boxed(),
        Shape::Address => addresses().prop_map(|a| json!(a.to_string())).boxed(),
        Shape::Amount => any::<i128>()
            .prop_map(|atto| json!(show_amount(&TokenAmount::from_atto(atto))))
            .boxed(),
        Shape::Link => Just(json!(cid::Cid::default().to_string())).boxed(),
        Shape::ForeignCid => Just(json!(ForeignCid::sample().0.to_string())).boxed(),
        Shape::Optional(inner) => Union::new([Just(Value::Null).boxed(), values(inner)]).boxed(),
        Shape::List(inner) => vec(values(inner), 0..4).prop_map(Value::from).boxed(),
        // What lies in trees is written by actors only.
        Shape::Tree(_) => Just(json!({"entries": [], "children": []})).boxed(),
        Shape::Choice(choice) => Union::new(choice.fields.iter().map(|variant| {
            let name = variant.name;
            let value = values(&variant.shape);
            value.prop_map(move |value| json!({name: value})).boxed()
        }))
        .boxed(),
        Shape::Record(record) => record
            .fields
            .iter()
            .fold(Just(Map::new()).boxed(), |object, field| {
                let name = field.name.to_owned();
                (object, values(&field.shape))
                    .prop_map(move |(mut object, value)| {
                        object.insert(name.clone(), value);
                        object
                    })
                    .boxed()
            })
            .prop_map(Value::Object)
            .boxed(),
    }
}

fn addresses() -> BoxedStrategy<Address> {
    let id = any::<u64>().prop_map(Address::new_id);
    let eth =
        any::<[u8; 20]>().prop_filter_map("an f410 address", |bytes| EthAddress(bytes).to_filecoin().ok());
    let actor = any::<[u8; 8]>().prop_map(|bytes| Address::new_actor(&bytes));
    let key = vec(any::<u8>(), 65).prop_filter_map("an f1 address", |key| Address::new_secp256k1(&key).ok());
    let bls = vec(any::<u8>(), 48).prop_filter_map("an f3 address", |key| Address::new_bls(&key).ok());
    Union::new([id.boxed(), eth.boxed(), actor.boxed(), key.boxed(), bls.boxed()]).boxed()
}

fn hex(bytes: &[u8]) -> Value {
    json!(format!("0x{}", data_encoding::HEXLOWER.encode(bytes)))
}

fn check(name: &str, shape: &Shape) {
    let mut config = ProptestConfig::with_cases(32);
    let seed = match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => RandomState::new().build_hasher().finish(),
    };
    config.rng_seed = RngSeed::Fixed(seed);
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&values(shape), |value| {
        let bytes = encode(shape, &value).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let back = decode(shape, &bytes).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(back, value);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{name}: {failure}\nagain with PROPTEST_RNG_SEED={seed}"));
}

#[test]
fn every_sample_survives_json() {
    for (name, info) in types() {
        let value = decode(&info.shape, &info.sample).unwrap_or_else(|e| panic!("{name}: {e}"));
        let bytes = encode(&info.shape, &value).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(bytes, info.sample, "{name}: {value}");
    }
}

#[test]
fn every_value_of_every_type_survives_cbor() {
    for (name, info) in types() {
        check(&name, &info.shape);
    }
}

#[test]
fn every_value_of_every_state_survives_cbor() {
    for (name, shape) in registry::states() {
        check(&name, &shape);
    }
}

#[test]
fn the_bytes_of_a_state_are_those_of_its_actor() {
    let sample = holdfast_token::state::TokenState::sample();
    let bytes = fvm_ipld_encoding::to_vec(&sample).unwrap();
    let shape = registry::state("token").unwrap();
    let value = decode(&shape, &bytes).unwrap();
    assert_eq!(value["version"], 1);
    assert_eq!(value["supply"], "5");
    assert_eq!(encode(&shape, &value).unwrap(), bytes);
}

#[test]
fn what_is_kept_as_a_record_is_shown_as_what_it_is() {
    let mut shelves = Shelves::sample();
    let rule = Rule {
        scope: Scope::All {},
        actions: READ,
        requires: None,
        opens: None,
        sealed: true,
    };
    let rules = Recorded::new(&Rules { rules: vec![rule] }).unwrap();
    shelves.rules.set(&MemStore::default(), 7, rules).unwrap();
    let bytes = fvm_ipld_encoding::to_vec(&shelves).unwrap();
    let value = decode(&registry::state("access.Shelves").unwrap(), &bytes).unwrap();
    let entry = &value["rules"]["entries"][0];
    assert_eq!(entry["key"], 7, "{value}");
    assert_eq!(entry["value"]["rules"][0]["scope"], json!({"All": {}}), "{value}");
}

#[test]
fn calldata_is_read_back_as_it_was_written() {
    let token = registry::interface("token").unwrap();
    let method = token
        .methods
        .iter()
        .filter_map(|m| m.solidity.as_ref())
        .find(|s| s.name == "permit");
    let method = method.unwrap();
    let arguments = json!({
        "owner": "0x0707070707070707070707070707070707070707",
        "spender": "0xff000000000000000000000000000000000003ea",
        "value": "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "deadline": "1800000000",
        "v": 27,
        "r": format!("0x{}", "11".repeat(32)),
        "s": format!("0x{}", "22".repeat(32)),
    });
    let data = calldata(method, &arguments).unwrap();
    assert_eq!(
        call_of(&token, &data).unwrap(),
        json!({"method": "permit", "arguments": arguments})
    );
}

#[test]
fn the_pages_of_the_docs_are_up_to_date() {
    for interface in registry::interfaces() {
        let page = format!("../docs/{}.md", interface.name);
        holdfast_runtime::testing::golden::check_page(&interface, page);
    }
}
