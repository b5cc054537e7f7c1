//! The same random messages to the official Init and to ours.

use std::cell::RefCell;
use std::collections::BTreeMap;

use alloy_primitives::Bytes;
use alloy_sol_types::SolValue;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use holdfast_localnet::{Receipt, evm_answer, ids};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, RngAlgorithm, TestRng, TestRunner};

use crate::messages::{Step, step};
use crate::pair::{Both, Pair};
use crate::support::{cbor, init};

/// Sets another start of the random messages.
const SEED_VARIABLE: &str = "HOLDFAST_SEED";
const CASES: u32 = 40;
const MESSAGES: usize = 20;

/// What happened: the message, its exit code, and that of the call to Init that another actor made for it; with how
/// often, and the gas of both networks.
type Tally = BTreeMap<(&'static str, u32, Option<i64>), (u64, u64, u64)>;

#[test]
fn our_init_answers_every_official_call_as_the_official_one_does() {
    let seed = seed();
    eprintln!("{SEED_VARIABLE}={seed}: {CASES} runs of up to {MESSAGES} messages");
    let start = Pair::new();
    let tally: RefCell<Tally> = RefCell::default();
    let outcome = runner(seed).run(&vec(step(), 1..=MESSAGES), |steps| {
        let mut pair = start.fork();
        steps
            .iter()
            .try_for_each(|step| compare(&mut pair, step, &mut tally.borrow_mut()))
    });
    if let Err(failure) = outcome {
        panic!("{SEED_VARIABLE}={seed}: {failure}");
    }
    report(&tally.borrow());
    assert_everything_happened(&tally.borrow());
}

fn compare(pair: &mut Pair, step: &Step, tally: &mut Tally) -> Result<(), TestCaseError> {
    let Both {
        official,
        ours,
        differences,
    } = pair.apply(step);
    let said = format!("{step:?}\nofficial: {}\nours: {}", official.error, ours.error);
    prop_assert!(differences.is_empty(), "{}\n{}", differences.join("\n"), said);
    let key = (
        step.name(),
        official.exit_code.value(),
        inner_exit(step, &official),
    );
    let entry = tally.entry(key).or_default();
    *entry = (entry.0 + 1, entry.1 + official.gas_used, entry.2 + ours.gas_used);
    Ok(())
}

fn seed() -> u64 {
    let set = std::env::var(SEED_VARIABLE).ok();
    set.map_or(20_261_124, |text| {
        text.parse()
            .unwrap_or_else(|e| panic!("{SEED_VARIABLE}={text}: {e}"))
    })
}

fn runner(seed: u64) -> TestRunner {
    let config = Config {
        cases: CASES,
        max_shrink_iters: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// A multisig and the precompile of a contract answer with success and the exit code of what they called.
fn inner_exit(step: &Step, receipt: &Receipt) -> Option<i64> {
    match step {
        Step::ExecByMultisig(..) => {
            let (_, _, exit, _): (u64, bool, u32, RawBytes) = receipt.decode().ok()?;
            Some(exit.into())
        }
        Step::ExecByContract(..) => {
            let answer = evm_answer(receipt).ok()?;
            let (exit, ..) = <(i64, u64, Bytes)>::abi_decode_params(&answer).ok()?;
            Some(exit)
        }
        _ => None,
    }
}

fn report(tally: &Tally) {
    eprintln!(
        "{:<24} {:>4} {:>5} {:>6} {:>14} {:>14}",
        "message", "exit", "inner", "times", "gas, official", "gas, ours"
    );
    for ((name, exit, inner), (times, official, ours)) in tally {
        let inner = inner.map(|exit| exit.to_string()).unwrap_or_default();
        let mean = |gas: &u64| gas / times;
        eprintln!(
            "{name:<24} {exit:>4} {inner:>5} {times:>6} {:>14} {:>14}",
            mean(official),
            mean(ours)
        );
    }
}

/// Random messages prove nothing when all of them fail at the door.
fn assert_everything_happened(tally: &Tally) {
    let wanted = [
        ("Exec by an account", None, vec![0, 16, 18, 21]),
        ("Exec by a multisig", Some(0), vec![0]),
        ("Exec by a multisig", Some(18), vec![0]),
        ("Exec by a contract", Some(18), vec![0]),
        ("Exec4 by an account", None, vec![18, 21]),
        ("contract by an account", None, vec![0, 33]),
        ("contract by a contract", None, vec![0]),
        ("any bytes", None, vec![21, 22]),
        ("CreateMiner", None, vec![0]),
    ];
    for (name, inner, exits) in wanted {
        for exit in exits {
            let happened = tally.contains_key(&(name, exit, inner));
            assert!(
                happened,
                "no message \"{name}\" ended with {exit} {inner:?}: raise the number of runs"
            );
        }
    }
}

#[test]
fn a_genesis_with_our_init_is_the_official_one_but_for_its_code() {
    let differences = Pair::new().differences();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_constructor_runs_once_and_for_the_system_actor_only() {
    let pair = Pair::new();
    for (from, params, exit) in [
        (ids::SYSTEM, cbor(&("again",)), 20),
        (ids::SYSTEM, vec![0x80], 21),
        (ids::SYSTEM, Vec::new(), 16),
        (ids::CRON, cbor(&("cron",)), 18),
        (ids::EAM, cbor(&("eam",)), 18),
    ] {
        let message = Message {
            from: Address::new_id(from),
            params: params.clone().into(),
            ..blank(1)
        };
        let [official, ours] = pair.call(&message);
        assert_eq!(
            (official.exit_code.value(), ours.exit_code.value()),
            (exit, exit),
            "{from} {params:?}"
        );
    }
}

#[test]
fn whichever_actor_asks_for_whichever_official_type_the_answer_is_the_official_one() {
    let pair = Pair::new();
    let constructor = RawBytes::new(cbor(&([init()], 1u64, 0i64, 0i64)));
    let mut allowed = 0;
    for caller in pair.ids() {
        for code in pair.codes() {
            let params = cbor(&(code, constructor.clone()));
            let message = Message {
                from: Address::new_id(caller),
                params: params.into(),
                ..blank(2)
            };
            let [official, ours] = pair.call(&message);
            let what = format!("{code} for f0{caller}: {} / {}", official.error, ours.error);
            assert_eq!(official.exit_code, ours.exit_code, "{what}");
            assert_eq!(official.return_data, ours.return_data, "{what}");
            allowed += usize::from(official.exit_code.value() != 18);
        }
    }
    // Two types for each actor that is no contract, and the miner for the power actor.
    assert!(allowed > 2 * 20, "only {allowed} of the calls were let in");
}

#[test]
fn the_same_check_comes_first_for_every_caller_number_and_kind_of_bytes() {
    let pair = Pair::new();
    let code = pair.code("multisig");
    let bytes = [
        Vec::new(),
        vec![0xf6],
        vec![0x80],
        vec![0xff],
        cbor(&("name",)),
        cbor(&(code, RawBytes::default())),
        cbor(&(code, RawBytes::default(), RawBytes::default())),
    ];
    let callers = [ids::SYSTEM, ids::INIT, ids::POWER, ids::EAM, ids::BURNT].map(Address::new_id);
    let callers = callers
        .into_iter()
        .chain([pair.fixtures().multisig, pair.fixtures().caller]);
    for from in callers {
        for number in [1, 2, 3, 4, 1024, (1 << 24) - 1, 1 << 24] {
            for params in &bytes {
                let message = Message {
                    from,
                    params: params.clone().into(),
                    ..blank(number)
                };
                let [official, ours] = pair.call(&message);
                let what = format!(
                    "{number} from {from} with {params:?}: {} / {}",
                    official.error, ours.error
                );
                assert_eq!(official.exit_code, ours.exit_code, "{what}");
                assert_eq!(official.return_data, ours.return_data, "{what}");
            }
        }
    }
}

#[test]
fn exec4_by_the_address_manager_maps_what_the_official_one_maps() {
    let pair = Pair::new();
    let code = pair.code("evm");
    for (len, constructor) in [
        (0, vec![0x40]),
        (20, vec![0x40]),
        (54, cbor(&"x")),
        (55, Vec::new()),
        (80, Vec::new()),
    ] {
        let subaddress = RawBytes::new(vec![7; len]);
        let params = cbor(&(code, RawBytes::new(constructor), subaddress));
        let message = Message {
            from: Address::new_id(ids::EAM),
            params: params.into(),
            ..blank(3)
        };
        let [official, ours] = pair.call(&message);
        assert_eq!(
            official.exit_code, ours.exit_code,
            "{len}: {} / {}",
            official.error, ours.error
        );
        assert_eq!(official.return_data, ours.return_data, "{len}");
    }
}

fn blank(method: u64) -> Message {
    let zero = TokenAmount::from_atto(0);
    Message {
        version: 0,
        from: init(),
        to: init(),
        sequence: 0,
        value: zero.clone(),
        method_num: method,
        params: Vec::new().into(),
        gas_limit: 0,
        gas_fee_cap: zero.clone(),
        gas_premium: zero,
    }
}
