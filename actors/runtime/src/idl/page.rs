//! The page of the docs that lists an actor's methods.

use super::json::{Named, collect, kind_name, signature, type_name};
use crate::method::{InterfaceInfo, MethodInfo};

/// A Markdown page: methods, types, errors, events.
pub fn page(interface: &InterfaceInfo) -> String {
    let mut out = format!("# `{}`: methods\n\n{}\n\n", interface.name, flat(interface.doc));
    out += "Written from the method table by `holdfast idl --docs`; a test keeps it up to date.\n\n";
    out += "| method | number | kind | from | parameters | returns | Solidity |\n|---|---|---|---|---|---|---|\n";
    let mut types = Vec::new();
    for method in &interface.methods {
        out += &row(method, &mut types);
    }
    out += "\n## What they do\n\n";
    for method in &interface.methods {
        out += &format!("- **{}**: {}\n", method.name, flat(method.doc));
    }
    out += "\n## Types\n";
    for Named { record, is_choice } in &types {
        let column = if *is_choice { "one of" } else { "field" };
        out += &format!(
            "\n### {}\n\n{}\n\n| {column} | type | |\n|---|---|---|\n",
            record.name,
            flat(record.doc)
        );
        for field in &record.fields {
            out += &format!(
                "| {} | {} | {} |\n",
                field.name,
                escaped(&type_name(&field.shape)),
                flat(field.doc)
            );
        }
    }
    out += "\n## Errors\n\n| exit code | name | | Solidity |\n|---|---|---|---|\n";
    for error in interface.errors {
        let solidity = error.solidity.map_or_else(String::new, |s| format!("`{s}`"));
        out += &format!(
            "| {} | {} | {} | {solidity} |\n",
            error.code,
            error.name,
            flat(error.doc)
        );
    }
    out += "\n## Events\n\n| event | form | fields | |\n|---|---|---|---|\n";
    for event in &interface.events {
        let form = if event.topic.is_some() { "log" } else { "CBOR" };
        let fields: Vec<String> = event
            .fields
            .iter()
            .map(|f| {
                format!(
                    "{} {}{}",
                    f.kind,
                    f.name,
                    if f.indexed { " (indexed)" } else { "" }
                )
            })
            .collect();
        out += &format!(
            "| {} | {form} | {} | {} |\n",
            event.name,
            fields.join(", "),
            flat(event.doc)
        );
    }
    out
}

fn row(m: &MethodInfo, types: &mut Vec<Named>) -> String {
    let mut shape = |info: &Option<crate::method::TypeInfo>| match info {
        None => "-".to_owned(),
        Some(info) => {
            collect(&info.shape, types);
            escaped(&type_name(&info.shape))
        }
    };
    let (params, returns) = (shape(&m.params), shape(&m.returns));
    let number = m.number.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let solidity = m
        .solidity
        .as_ref()
        .map_or_else(String::new, |s| format!("`{}`", signature(s)));
    format!(
        "| {} | {number} | {} | {} | {params} | {returns} | {solidity} |\n",
        m.name,
        kind_name(m.kind),
        m.access
    )
}

fn flat(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

fn escaped(name: &str) -> String {
    format!("`{name}`")
}
