//! Every Solidity signature of every interface, with random values: our bytes are those of ethers.
//!
//! And its wallet signs what the access actor takes.
//!
//! ethers reads the committed interfaces below `docs/solidity`, so that it knows nothing of the tables. `HOLDFAST_SEED`
//! sets another start of the random values.

#[path = "ethers/coder.rs"]
mod coder;
#[path = "ethers/signed.rs"]
mod signed;
#[path = "ethers/typed.rs"]
mod typed;
#[path = "ethers/values.rs"]
mod values;

use fvm_ipld_encoding::IPLD_RAW;
use holdfast::registry::interfaces;
use holdfast_runtime::event::EventInfo;
use holdfast_runtime::evm::{revert_data, selector};
use holdfast_runtime::idl::codec::{call_of, calldata, event, results, revert};
use holdfast_runtime::method::{AbiCoding, InterfaceInfo, SolidityInfo};
use holdfast_runtime::testing::Mock;
use serde_json::{Map, Value, json};

use coder::{Case, Coded, Kind, encode};
use values::{Values, digits, padding};

/// A method with the interface that it belongs to.
type Signature = (InterfaceInfo, SolidityInfo);

fn methods() -> Vec<Signature> {
    let all = interfaces().into_iter().flat_map(|interface| {
        let methods: Vec<_> = interface
            .methods
            .iter()
            .filter_map(|m| m.solidity.clone())
            .collect();
        methods.into_iter().map(move |method| (interface.clone(), method))
    });
    all.collect()
}

fn coding(method: &SolidityInfo) -> AbiCoding {
    method.coding.expect("a method with types")
}

fn hex(bytes: &[u8]) -> String {
    format!("0x{}", alloy_primitives::hex::encode(bytes))
}

fn kinds<'a>(types: &'a [(String, &str)]) -> Vec<&'a str> {
    types.iter().map(|(kind, _)| kind.as_str()).collect()
}

/// Values as the codec takes and gives them: null, one without a name, or an object of the names.
fn named(types: &[(String, &str)], values: &[Value]) -> Value {
    match (types, values) {
        ([], _) => Value::Null,
        ([(_, "")], [value]) => value.clone(),
        (types, values) => {
            let names = types.iter().map(|(_, name)| (*name).to_owned());
            Value::Object(names.zip(values.iter().cloned()).collect::<Map<_, _>>())
        }
    }
}

/// Draws values for a signature.
fn drawn(
    interface: &InterfaceInfo,
    kind: Kind,
    key: &[u8],
    types: &[&str],
    values: &mut Values,
) -> Vec<Case> {
    let case = |values| Case::new(interface.name, kind, key, values);
    values.rows(types).into_iter().map(case).collect()
}

/// Lets ethers encode all cases at once, each with what it is about; gives them with their bytes.
fn coded<T>(cases: &[(T, Case)]) -> impl Iterator<Item = (&T, &Case, Coded)> {
    let answers = encode(cases.iter().map(|(_, case)| case));
    assert_eq!(answers.len(), cases.len(), "an answer to each case");
    cases.iter().zip(answers).map(|((about, case), answer)| {
        assert_eq!(
            answer.values,
            digits(&case.values),
            "ethers reads what it wrote of {case:?}"
        );
        (about, case, answer)
    })
}

/// Cases of every method of every interface.
fn of_methods(
    kind: Kind,
    types: impl Fn(&SolidityInfo) -> &[(String, &'static str)],
) -> Vec<(Signature, Case)> {
    let (mut values, mut all) = (Values::seeded(), Vec::new());
    for (interface, method) in methods() {
        let key = method.selector.to_be_bytes();
        let cases = drawn(&interface, kind, &key, &kinds(types(&method)), &mut values);
        all.extend(
            cases
                .into_iter()
                .map(|case| ((interface.clone(), method.clone()), case)),
        );
    }
    all
}

fn name(interface: &InterfaceInfo, name: &str, case: &Case) -> String {
    format!("{}.{name} {:?}", interface.name, case.values)
}

/// How the command names a method: overloads by their signatures.
fn shown(interface: &InterfaceInfo, method: &SolidityInfo) -> String {
    let all = interface.methods.iter().filter_map(|m| m.solidity.as_ref());
    if all.filter(|other| other.name == method.name).count() == 1 {
        return method.name.to_owned();
    }
    format!("{}({})", method.name, kinds(&method.args).join(","))
}

#[test]
fn calldata_is_what_ethers_encodes() {
    for ((interface, method), case, theirs) in coded(&of_methods(Kind::Function, |m| &m.args)) {
        let what = name(interface, method.name, case);
        let arguments = named(&method.args, &case.values);
        let ours = calldata(method, &arguments).unwrap();
        assert_eq!(hex(&ours), hex(&theirs.data), "{what}, encoded by the command");
        let args = &theirs.data[4..];
        let again = (coding(method).args)(args).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(
            hex(&again),
            hex(args),
            "{what}, decoded by the actor and encoded again"
        );
        let call = json!({"method": shown(interface, method), "arguments": arguments});
        assert_eq!(
            call_of(interface, &theirs.data).unwrap(),
            call,
            "{what}, read by the command"
        );
    }
}

#[test]
fn results_are_what_ethers_encodes() {
    for ((interface, method), case, theirs) in coded(&of_methods(Kind::Result, |m| &m.results)) {
        let what = name(interface, method.name, case);
        let again = (coding(method).results)(&theirs.data).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(hex(&again), hex(&theirs.data), "{what}, encoded by the actor");
        let read = results(method, &theirs.data).unwrap();
        assert_eq!(
            read,
            named(&method.results, &case.values),
            "{what}, read by the command"
        );
    }
}

#[test]
fn an_actor_refuses_arguments_with_dirty_padding() {
    let mut dirty = 0;
    for ((interface, method), case, theirs) in coded(&of_methods(Kind::Function, |m| &m.args)) {
        let words = kinds(&method.args).into_iter().enumerate();
        for at in words.flat_map(|(word, kind)| padding(kind).into_iter().map(move |byte| word * 32 + byte)) {
            let mut args = theirs.data[4..].to_vec();
            args[at] ^= 1;
            let what = name(interface, method.name, case);
            assert!(
                (coding(method).args)(&args).is_err(),
                "{what}: byte {at} of the arguments is not looked at"
            );
            dirty += 1;
        }
    }
    assert!(dirty > 1_000, "only {dirty} arguments had padding");
}

#[test]
fn errors_are_what_ethers_encodes() {
    let (mut values, mut all) = (Values::seeded(), Vec::new());
    for interface in interfaces() {
        for (error, signature) in interface
            .errors
            .iter()
            .filter_map(|e| Some((e.name, e.solidity?)))
        {
            let types = typed::types(interface.name, signature);
            let cases = drawn(&interface, Kind::Error, &selector(signature), &types, &mut values);
            all.extend(
                cases
                    .into_iter()
                    .map(|case| ((interface.clone(), error, signature), case)),
            );
        }
    }
    for ((interface, error, signature), case, theirs) in coded(&all) {
        let what = name(interface, error, case);
        let ours = revert_data(&Mock::new(), &typed::error(interface.name, error, &case.values));
        assert_eq!(hex(&ours), hex(&theirs.data), "{what}, encoded by the actor");
        let read = revert(interface, &theirs.data).unwrap();
        let args = digits(read["args"].as_array().expect("the error's values"));
        assert_eq!(
            (&read["error"], args),
            (&json!(signature), digits(&case.values)),
            "{what}, read by the command"
        );
    }
}

#[test]
fn logs_are_what_ethers_encodes() {
    let (mut values, mut all) = (Values::seeded(), Vec::new());
    for interface in interfaces() {
        for info in &interface.events {
            let Some(topic) = info.topic else { continue };
            let types: Vec<&str> = info.fields.iter().map(|field| field.kind).collect();
            let cases = drawn(&interface, Kind::Event, &topic, &types, &mut values);
            all.extend(
                cases
                    .into_iter()
                    .map(|case| ((interface.clone(), info.clone()), case)),
            );
        }
    }
    for ((interface, info), case, theirs) in coded(&all) {
        same_log(interface, info, case, &theirs);
    }
}

fn same_log(interface: &InterfaceInfo, info: &EventInfo, case: &Case, theirs: &Coded) {
    let what = name(interface, info.name, case);
    let ours = typed::event(interface.name, info.name, &case.values);
    let keys = ["t1", "t2", "t3", "t4"].into_iter().zip(&theirs.topics);
    let data = Some(("d", &theirs.data)).filter(|(_, data)| !data.is_empty());
    let expected: Vec<(&str, &[u8])> = keys.chain(data).map(|(key, value)| (key, &value[..])).collect();
    let entries = &ours.entries;
    let found = entries.iter().map(|entry| (entry.key.as_str(), &entry.value[..]));
    let found: Vec<(&str, &[u8])> = found.collect();
    assert_eq!(found, expected, "{what}, emitted by the actor");
    assert!(entries.iter().all(|entry| entry.codec == IPLD_RAW), "{what}");
    let names = info.fields.iter().map(|field| field.name.to_owned());
    let fields: Map<String, Value> = names.zip(case.values.iter().cloned()).collect();
    let read = event(interface, entries).unwrap();
    assert_eq!(
        read,
        json!({"event": info.name, "fields": fields}),
        "{what}, read by the command"
    );
}
