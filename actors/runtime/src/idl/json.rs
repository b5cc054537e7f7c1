//! The IDL as JSON.

use serde_json::{Value, json};

use crate::evm::keccak;
use crate::method::{InterfaceInfo, Kind, MethodInfo, SolidityInfo};
use crate::schema::{RecordShape, Shape};

/// The version of the JSON's own layout.
pub const IDL_VERSION: u32 = 1;

/// A type that has a name: a record, or a choice between records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) record: RecordShape,
    pub(crate) is_choice: bool,
}

/// The whole interface as JSON, with keys in a fixed order.
pub fn json(interface: &InterfaceInfo) -> Value {
    let mut types = Vec::new();
    let methods: Vec<Value> = interface.methods.iter().map(|m| method(m, &mut types)).collect();
    json!({
        "idl": IDL_VERSION,
        "name": interface.name,
        "doc": interface.doc.trim(),
        "methods": methods,
        "types": types.iter().map(named).collect::<Vec<_>>(),
        "errors": interface.errors.iter().map(|e| json!({
            "name": e.name,
            "code": e.code,
            "doc": e.doc.trim(),
            "solidity": e.solidity,
        })).collect::<Vec<_>>(),
        "events": interface.events.iter().map(|e| json!({
            "name": e.name,
            "doc": e.doc.trim(),
            "kind": if e.topic.is_some() { "log" } else { "cbor" },
            "topic": e.topic.map(|t| hex(&t)),
            "fields": e.fields.iter().map(|f| json!({
                "name": f.name, "type": f.kind, "indexed": f.indexed, "doc": f.doc.trim(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn method(m: &MethodInfo, types: &mut Vec<Named>) -> Value {
    let mut shape = |info: &Option<crate::method::TypeInfo>| {
        info.as_ref().map(|info| {
            collect(&info.shape, types);
            type_name(&info.shape)
        })
    };
    json!({
        "name": m.name,
        "doc": m.doc,
        "number": m.number,
        "kind": kind_name(m.kind),
        "from": m.access,
        "params": shape(&m.params),
        "returns": shape(&m.returns),
        "solidity": m.solidity.as_ref().map(|s| json!({
            "signature": signature(s),
            "selector": hex(&s.selector.to_be_bytes()),
            "standard": s.standard,
        })),
    })
}

/// How the IDL calls a kind of method.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::View => "view",
        Kind::Call => "call",
        Kind::Pay => "pay",
    }
}

/// A Solidity method's canonical signature.
pub(crate) fn signature(s: &SolidityInfo) -> String {
    let types: Vec<&str> = s.args.iter().map(|(kind, _)| kind.as_str()).collect();
    let text = format!("{}({})", s.name, types.join(","));
    debug_assert_eq!(keccak(&[text.as_bytes()])[..4], s.selector.to_be_bytes());
    text
}

/// The name of a shape, e.g. `Optional<Address>`.
pub(crate) fn type_name(shape: &Shape) -> String {
    match shape {
        Shape::Unit => "Unit".to_owned(),
        Shape::Bool => "Bool".to_owned(),
        Shape::Uint(bits) => format!("Uint{bits}"),
        Shape::Int => "Int64".to_owned(),
        Shape::Text => "Text".to_owned(),
        Shape::Bytes => "Bytes".to_owned(),
        Shape::Fixed(len) => format!("Bytes{len}"),
        Shape::Address => "Address".to_owned(),
        Shape::Amount => "Amount".to_owned(),
        Shape::Link => "Link".to_owned(),
        Shape::ForeignCid => "ForeignCid".to_owned(),
        Shape::Optional(inner) => format!("Optional<{}>", type_name(inner)),
        Shape::List(inner) => format!("List<{}>", type_name(inner)),
        Shape::Record(record) | Shape::Choice(record) => record.name.to_owned(),
        Shape::Tree(tree) => format!("Tree<{}, {}>", type_name(&tree.key), type_name(&tree.value)),
    }
}

/// Gathers the types with a name that a shape is made of, each once.
pub(crate) fn collect(shape: &Shape, named: &mut Vec<Named>) {
    match shape {
        Shape::Optional(inner) | Shape::List(inner) => collect(inner, named),
        Shape::Tree(tree) => {
            collect(&tree.key, named);
            collect(&tree.value, named);
        }
        Shape::Record(record) | Shape::Choice(record) => {
            let is_choice = matches!(shape, Shape::Choice(_));
            let record = record.clone();
            let found = Named { record, is_choice };
            if !named.contains(&found) {
                let fields = found.record.fields.clone();
                named.push(found);
                fields.iter().for_each(|field| collect(&field.shape, named));
            }
        }
        _ => {}
    }
}

fn named(Named { record, is_choice }: &Named) -> Value {
    json!({
        "name": record.name,
        "doc": record.doc.trim(),
        "kind": if *is_choice { "choice" } else { "record" },
        "fields": record.fields.iter().map(|f| json!({
            "name": f.name, "type": type_name(&f.shape), "doc": f.doc.trim(),
        })).collect::<Vec<_>>(),
    })
}

/// Bytes as 0x hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold("0x".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}
