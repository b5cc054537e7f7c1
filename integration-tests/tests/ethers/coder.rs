//! ethers in a process of Node.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use alloy_primitives::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::values::digits;

/// What a signature belongs to.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Function,
    Result,
    Error,
    Event,
}

/// Values to encode.
#[derive(Debug)]
pub(super) struct Case {
    interface: String,
    kind: Kind,
    key: Bytes,
    pub(super) values: Vec<Value>,
}

/// What ethers encoded, and the values that it read from that.
#[derive(Debug, Deserialize)]
pub(super) struct Coded {
    pub(super) data: Bytes,
    pub(super) topics: Vec<Bytes>,
    pub(super) values: Value,
}

impl Case {
    /// `interface` by its name in the command: `token` is `IToken`.
    pub(super) fn new(interface: &str, kind: Kind, key: &[u8], values: Vec<Value>) -> Self {
        let (first, rest) = interface.split_at(1);
        let interface = format!("I{}{rest}", first.to_uppercase());
        let key = Bytes::copy_from_slice(key);
        Self {
            interface,
            kind,
            key,
            values,
        }
    }
}

/// The top of the repository, where ethers is installed by now.
pub(super) static TOP: LazyLock<PathBuf> = LazyLock::new(|| {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let installed = Command::new(top.join("scripts/wallets")).status();
    assert!(
        installed.expect("scripts/wallets").success(),
        "ethers is not installed"
    );
    top
});

/// Lets ethers encode and decode all of them.
pub(super) fn encode<'a>(cases: impl Iterator<Item = &'a Case>) -> Vec<Coded> {
    let mut node = Command::new("node")
        .arg(TOP.join("integration-tests/ethers/coder.cjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let input: Vec<Value> = cases.map(Case::to_json).collect();
    let input = serde_json::to_vec(&input).expect("JSON");
    let mut pipe = node.stdin.take().expect("a pipe");
    pipe.write_all(&input).expect("node reads");
    drop(pipe);
    let output = node.wait_with_output().expect("node ends");
    assert!(
        output.status.success(),
        "ethers refused a case; its reason is above"
    );
    serde_json::from_slice(&output.stdout).expect("answers")
}

impl Case {
    fn to_json(&self) -> Value {
        let Self {
            interface,
            kind,
            key,
            values,
        } = self;
        json!({"interface": interface, "kind": kind, "key": key, "values": digits(values)})
    }
}
