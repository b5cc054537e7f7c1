//! What can be read off a WASM module without running it.

use wasmparser::{ExternalKind, FunctionBody, Operator, Parser, Payload, TypeRef};

use super::Problem;

/// The syscalls of the FVM at network version 28, by module.
const SYSCALLS: &[(&str, &[&str])] = &[
    (
        "actor",
        &[
            "balance_of",
            "create_actor",
            "get_actor_code_cid",
            "get_builtin_actor_type",
            "get_code_cid_for_type",
            "lookup_delegated_address",
            "next_actor_address",
            "resolve_address",
        ],
    ),
    (
        "crypto",
        &[
            "batch_verify_seals",
            "compute_unsealed_sector_cid",
            "hash",
            "recover_secp_public_key",
            "verify_aggregate_seals",
            "verify_bls_aggregate",
            "verify_consensus_fault",
            "verify_post",
            "verify_replica_update",
            "verify_signature",
        ],
    ),
    ("debug", &["enabled", "log", "store_artifact"]),
    ("event", &["emit_event"]),
    ("gas", &["available", "charge"]),
    (
        "ipld",
        &[
            "block_create",
            "block_link",
            "block_open",
            "block_read",
            "block_stat",
        ],
    ),
    ("network", &["context", "tipset_cid", "total_fil_circ_supply"]),
    ("rand", &["get_beacon_randomness", "get_chain_randomness"]),
    ("self", &["current_balance", "root", "self_destruct", "set_root"]),
    ("send", &["send"]),
    ("vm", &["exit", "message_context"]),
];

/// Float instructions that only carry a value. The CBOR library has them: it decodes any value before it refuses the type, and
/// prints what it refused. Every other float instruction computes, and actors compute with integers only.
const CARRYING: &[&str] = &[
    "F32DemoteF64",
    "F32Load",
    "F32ReinterpretI32",
    "F32Store",
    "F64Abs",
    "F64Const",
    "F64Ge",
    "F64Load",
    "F64Lt",
    "F64Ne",
    "F64PromoteF32",
    "F64ReinterpretI64",
    "F64Store",
    "I32ReinterpretF32",
    "I64ReinterpretF64",
];

/// What a module asks for and offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it imports, as module.name.
    pub imports: Vec<String>,
    /// Whether it exports the function `invoke`.
    pub exports_invoke: bool,
    /// Whether it exports the memory `memory`.
    pub exports_memory: bool,
    /// Every instruction that computes with floats, with the number of its function.
    pub floats: Vec<String>,
    /// How many instructions carry floats without computing.
    pub carried_floats: usize,
}

impl Facts {
    /// The rules that hold for every module, official or not.
    pub(super) fn problems(&self, name: &str) -> Vec<Problem> {
        let name = || name.to_owned();
        let mut problems = Vec::new();
        if !self.exports_invoke {
            problems.push(Problem::NoInvoke { name: name() });
        }
        if !self.exports_memory {
            problems.push(Problem::NoMemory { name: name() });
        }
        let unknown = self.imports.iter().filter(|import| !is_syscall(import));
        problems.extend(unknown.map(|import| Problem::UnknownImport {
            name: name(),
            import: import.clone(),
        }));
        problems
    }
}

/// Reads the facts off a module.
///
/// # Errors
/// A sentence when the bytes are not a WASM module.
pub fn facts(wasm: &[u8]) -> Result<Facts, String> {
    read(wasm).map_err(|error| error.to_string())
}

fn read(wasm: &[u8]) -> wasmparser::Result<Facts> {
    let mut facts = Facts::default();
    let mut functions = 0_usize;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports {
                    let import = import?;
                    functions += usize::from(matches!(import.ty, TypeRef::Func(_)));
                    let import = format!("{}.{}", import.module, import.name);
                    facts.imports.push(import);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    let what = (export.kind, export.name);
                    facts.exports_invoke |= what == (ExternalKind::Func, "invoke");
                    facts.exports_memory |= what == (ExternalKind::Memory, "memory");
                }
            }
            Payload::CodeSectionEntry(body) => {
                read_floats(&mut facts, &body, functions)?;
                functions += 1;
            }
            _ => {}
        }
    }
    Ok(facts)
}

fn read_floats(facts: &mut Facts, body: &FunctionBody<'_>, function: usize) -> wasmparser::Result<()> {
    for operator in body.get_operators_reader()? {
        match float_name(&operator?) {
            None => {}
            Some(name) if CARRYING.contains(&name.as_str()) => facts.carried_floats += 1,
            Some(name) => facts.floats.push(format!("{name} in function {function}")),
        }
    }
    Ok(())
}

/// Every operator on floats has the type in its name, conversions too.
fn float_name(operator: &Operator<'_>) -> Option<String> {
    let text = format!("{operator:?}");
    let name = text.split([' ', '{', '(']).next().unwrap_or_default();
    let is_float = name.contains("F32") || name.contains("F64");
    is_float.then(|| name.to_owned())
}

fn is_syscall(import: &str) -> bool {
    let Some((module, name)) = import.split_once('.') else {
        return false;
    };
    let known = SYSCALLS.iter().find(|(known, _)| *known == module);
    known.is_some_and(|(_, names)| names.contains(&name))
}
