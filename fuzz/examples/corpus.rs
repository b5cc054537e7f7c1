//! Writes the first inputs of the fuzz targets: the sample of every parameter type, and calldata of every selector.
//!
//!     cargo run --manifest-path fuzz/Cargo.toml --example corpus

use std::path::Path;

use holdfast_fuzz::{Access, Init, Subject, Token, write_policy};
use holdfast_policies::access::policy::{Leaf, Node};
use holdfast_runtime::evm::face::SUPPORTS_INTERFACE;
use holdfast_runtime::idl::codec::calldata;
use holdfast_runtime::method::SolidityInfo;
use serde_json::{Map, Value, json};

fn main() {
    write::<Token>();
    write::<Init>();
    write::<Access>();
    policies();
}

/// Policies of every kind of node, and lists that are none.
fn policies() {
    let leaf = |answer: u64| Node::Leaf(Leaf::InGroup { group: answer });
    let (no, unknown, yes) = (leaf(0), leaf(1), leaf(2));
    let at_least = |needed| vec![Node::AtLeast { needed, of: 3 }, yes.clone(), unknown.clone(), no.clone()];
    let all: [(&str, Vec<Node>); 9] = [
        ("leaf", vec![yes.clone()]),
        ("and", vec![Node::And(2), yes.clone(), no.clone()]),
        ("or", vec![Node::Or(2), no.clone(), yes.clone()]),
        ("not_unknown", vec![Node::Not, unknown.clone()]),
        ("one_of_three", at_least(1)),
        ("two_of_three", at_least(2)),
        ("nested", vec![Node::And(2), Node::Or(2), no.clone(), yes.clone(), Node::Not, no.clone()]),
        ("too_deep", vec![Node::Not, Node::Not, Node::Not, Node::Not, yes.clone()]),
        ("surplus", vec![yes.clone(), no]),
    ];
    for (name, nodes) in all {
        save("policy", name, &write_policy(&nodes));
    }
}

fn write<S: Subject>() {
    let interface = S::interface();
    let asked = [&SUPPORTS_INTERFACE.to_be_bytes()[..], &[0x01, 0xff, 0xc9, 0xa7], &[0; 28]].concat();
    save(&format!("{}_calldata", interface.name), "supportsInterface", &asked);
    for method in &interface.methods {
        if let (Some(number), Some(params)) = (method.number, &method.params) {
            let input = [&number.to_be_bytes()[..], &params.sample].concat();
            save(&format!("{}_number", interface.name), method.name, &input);
        }
        if let Some(solidity) = &method.solidity {
            let input = calldata(solidity, &arguments(solidity)).expect("arguments that encode");
            // Overloads have one name in Solidity; the table's tells them apart.
            let name = if method.number.is_some() { solidity.name } else { method.name };
            save(&format!("{}_calldata", interface.name), name, &input);
        }
    }
}

fn save(target: &str, name: &str, input: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(name), input));
    written.unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
}

fn arguments(method: &SolidityInfo) -> Value {
    match method.args.as_slice() {
        [] => Value::Null,
        [(kind, "")] => sample(kind),
        args => Value::Object(args.iter().map(|(kind, name)| ((*name).to_owned(), sample(kind))).collect::<Map<_, _>>()),
    }
}

fn sample(kind: &str) -> Value {
    if let Some(item) = kind.strip_suffix("[]") {
        return json!([sample(item), sample(item)]);
    }
    match kind {
        "address" => json!("0xff00000000000000000000000000000000000065"),
        "bool" => json!(true),
        "string" => json!("Holdfast"),
        "bytes" => json!("0x010203"),
        "bytes4" => json!("0x11111111"),
        "bytes32" => json!(format!("0x{}", "11".repeat(32))),
        _ => json!(27),
    }
}
