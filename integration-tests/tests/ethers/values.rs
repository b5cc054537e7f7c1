//! Random values of Solidity types, edges among them, in the JSON of the codec.

use alloy_primitives::{U256, hex};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

/// How many rows of values a signature gets.
const ROWS: usize = 60;
const SEED: u64 = 1;
const SEED_VARIABLE: &str = "HOLDFAST_SEED";

/// A source of values.
pub(super) struct Values(TestRunner);

impl Values {
    /// The same values each time, unless another seed is set. The seed is printed.
    pub(super) fn seeded() -> Self {
        let set = std::env::var(SEED_VARIABLE).ok();
        let seed = set.map_or(SEED, |text| {
            text.parse()
                .unwrap_or_else(|e| panic!("{SEED_VARIABLE}={text}: {e}"))
        });
        eprintln!("{SEED_VARIABLE}={seed}");
        Self(TestRunner::new(Config {
            rng_seed: RngSeed::Fixed(seed),
            ..Config::default()
        }))
    }

    /// Rows with one value a type.
    pub(super) fn rows(&mut self, types: &[&str]) -> Vec<Vec<Value>> {
        let row: Vec<BoxedStrategy<Value>> = types.iter().map(|kind| values(kind)).collect();
        let count = if types.is_empty() { 1 } else { ROWS };
        let mut draw = |_| row.new_tree(&mut self.0).expect("a row").current();
        (0..count).map(&mut draw).collect()
    }
}

/// The types in a signature such as `Full(address,uint256)`.
pub(super) fn types(signature: &str) -> Vec<&str> {
    let (_, inner) = signature.split_once('(').expect("a signature");
    inner
        .trim_end_matches(')')
        .split(',')
        .filter(|kind| !kind.is_empty())
        .collect()
}

/// Where the padding of a word of this type begins and ends, by one byte each.
pub(super) fn padding(kind: &str) -> Vec<usize> {
    let size = |digits: &str| digits.parse::<usize>().ok();
    match kind {
        "bool" => vec![0, 30],
        "address" => vec![0, 11],
        _ => match (
            kind.strip_prefix("uint").and_then(size),
            kind.strip_prefix("bytes").and_then(size),
        ) {
            (Some(bits), _) if bits < 256 => vec![0, 31 - bits / 8],
            (_, Some(len)) if len < 32 => vec![len, 31],
            _ => Vec::new(),
        },
    }
}

/// The same with all numbers as digits, since JavaScript's numbers are floats.
pub(super) fn digits(values: &[Value]) -> Value {
    let digits = |value: &Value| match value {
        Value::Number(number) => Value::String(number.to_string()),
        other => other.clone(),
    };
    values.iter().map(digits).collect()
}

fn values(kind: &str) -> BoxedStrategy<Value> {
    if let Some(item) = kind.strip_suffix("[]") {
        return vec(values(item), 0..4).prop_map(Value::from).boxed();
    }
    if let Some(bits) = kind.strip_prefix("uint") {
        return uints(bits.parse().expect("bits"));
    }
    match kind {
        "bool" => any::<bool>().prop_map(Value::from).boxed(),
        "address" => addresses(),
        "string" => prop_oneof!["", "\\PC{0,80}", "[a-z]{32}"]
            .prop_map(Value::from)
            .boxed(),
        "bytes" => prop_oneof![
            vec(any::<u8>(), 0..3),
            vec(any::<u8>(), 31..=33),
            vec(any::<u8>(), 0..200)
        ]
        .prop_map(|bytes| text(&bytes))
        .boxed(),
        fixed => {
            let len: usize = fixed
                .strip_prefix("bytes")
                .and_then(|n| n.parse().ok())
                .expect("a type");
            vec(any::<u8>(), len).prop_map(|bytes| text(&bytes)).boxed()
        }
    }
}

/// Zero, one, powers of two and their neighbours, the largest, anything. As digits where the codec has digits.
fn uints(bits: usize) -> BoxedStrategy<Value> {
    let max = U256::MAX >> (256 - bits);
    let power = (0..bits).prop_map(|n| U256::ONE << n);
    let any = any::<[u8; 32]>().prop_map(move |bytes| U256::from_be_bytes(bytes) >> (256 - bits));
    prop_oneof![
        Just(U256::ZERO),
        Just(max),
        Just(max - U256::ONE),
        power.clone(),
        power.prop_map(|n| n - U256::ONE),
        any
    ]
    .prop_map(move |n| match bits {
        0..=64 => json!(n.to::<u64>()),
        _ => Value::String(n.to_string()),
    })
    .boxed()
}

/// 0x0, precompiles, masked ids, anything.
fn addresses() -> BoxedStrategy<Value> {
    let masked = any::<u64>().prop_map(|id| {
        let mut bytes = [0; 20];
        bytes[0] = 0xff;
        bytes[12..].copy_from_slice(&id.to_be_bytes());
        bytes
    });
    let low = any::<u8>().prop_map(|last| core::array::from_fn(|i| if i == 19 { last } else { 0 }));
    prop_oneof![
        low,
        Just([0xff; 20]),
        masked,
        any::<[u8; 20]>(),
        any::<[u8; 20]>()
    ]
    .prop_map(|bytes| text(&bytes))
    .boxed()
}

fn text(bytes: &[u8]) -> Value {
    json!(format!("0x{}", hex::encode(bytes)))
}
