//! Writes the first inputs of the fuzz targets: the sample of every parameter type, and calldata of every selector.
//!
//!     cargo run --manifest-path fuzz/Cargo.toml --example corpus

use std::path::Path;

use holdfast_fuzz::{Init, Subject, Token};
use holdfast_runtime::idl::codec::calldata;
use holdfast_runtime::method::SolidityInfo;
use serde_json::{Map, Value, json};

fn main() {
    write::<Token>();
    write::<Init>();
}

fn write<S: Subject>() {
    let interface = S::interface();
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
        "bytes32" => json!(format!("0x{}", "11".repeat(32))),
        _ => json!(27),
    }
}
