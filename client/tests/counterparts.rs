//! The same by others: trees of `@openzeppelin/merkle-tree`, and envelopes by OpenSSL and a CBOR library after the RFCs.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use holdfast_client::tree::{Hash, leaf};
use holdfast_client::{
    AccessLog, AllowList, CHUNK, Context, EpochKey, ReaderKey, decrypt, encrypt, envelope,
};
use holdfast_runtime::evm::EthAddress;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The top of the repository, where the libraries are installed by now.
static TOP: LazyLock<PathBuf> = LazyLock::new(|| {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let installed = Command::new(top.join("scripts/wallets")).status();
    assert!(
        installed.expect("scripts/wallets").success(),
        "the libraries are not installed"
    );
    top
});

/// Gives a script its input; gives back what it answers.
fn node(script: &str, input: &Value) -> Value {
    let mut node = Command::new("node")
        .arg(TOP.join("client/tests/counterparts").join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let mut pipe = node.stdin.take().expect("a pipe");
    pipe.write_all(input.to_string().as_bytes()).expect("node reads");
    drop(pipe);
    let output = node.wait_with_output().expect("node ends");
    assert!(output.status.success(), "{script} fails; its reason is above");
    serde_json::from_slice(&output.stdout).expect("an answer")
}

fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

fn bytes(value: &Value) -> Vec<u8> {
    HEXLOWER
        .decode(value.as_str().expect("hex").as_bytes())
        .expect("hex")
}

fn shown(path: &[Hash]) -> Value {
    path.iter().map(|hash| format!("0x{}", hex(hash))).collect()
}

/// Lengths around every power of two, and subjects of both kinds.
fn subjects() -> Vec<EthAddress> {
    let other = |at: u64| EthAddress(leaf(&at.to_be_bytes())[..20].try_into().expect("20 bytes"));
    (0..130)
        .flat_map(|at| [EthAddress::from_id(1000 + at), other(at)])
        .collect()
}

#[test]
fn an_allow_list_is_openzeppelins_standard_merkle_tree() {
    let (all, lengths) = (
        subjects(),
        (1..34).chain([63, 64, 65, 127, 128, 129, 255, 256, 257]),
    );
    let lists: Vec<_> = lengths.map(|len| &all[..len]).collect();
    let asked = lists.iter().map(|list| {
        let addresses: Vec<_> = list.iter().map(ToString::to_string).collect();
        json!({"addresses": addresses})
    });
    let theirs = node("trees.cjs", &asked.collect());
    for (subjects, theirs) in lists.iter().zip(theirs.as_array().expect("answers")) {
        let list = AllowList::of(subjects).unwrap();
        let len = subjects.len();
        assert_eq!(
            json!(format!("0x{}", hex(&list.root()))),
            theirs["root"],
            "{len} subjects"
        );
        for (subject, proof) in subjects.iter().zip(theirs["proofs"].as_array().expect("proofs")) {
            assert_eq!(shown(&list.prove(subject).unwrap()), *proof, "{subject} of {len}");
        }
    }
}

#[test]
fn an_access_log_is_openzeppelins_simple_merkle_tree_over_its_leaves() {
    let lengths: Vec<u64> = (1..34).chain([100, 255, 256, 257]).collect();
    let entries = |len: u64| (0..len).map(|entry| format!("entry {entry}").into_bytes());
    let asked = lengths.iter().map(|len| {
        let leaves: Vec<_> = entries(*len).map(|entry| leaf(&entry)).collect();
        json!({"leaves": shown(&leaves)})
    });
    let theirs = node("trees.cjs", &asked.collect());
    for (len, theirs) in lengths.iter().zip(theirs.as_array().expect("answers")) {
        let mut log = AccessLog::new();
        entries(*len).for_each(|entry| log.push(&entry).unwrap());
        assert_eq!(
            json!(format!("0x{}", hex(&log.root().unwrap()))),
            theirs["root"],
            "{len} entries"
        );
        for (entry, proof) in (0..).zip(theirs["proofs"].as_array().expect("proofs")) {
            assert_eq!(shown(&log.prove(entry).unwrap()), *proof, "{entry} of {len}");
        }
    }
}

fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8)) as u8).collect()
}

const LENGTHS: [usize; 7] = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7];

#[test]
fn others_read_the_files_that_we_write() {
    let key = EpochKey::from_bytes([9; 32]);
    for len in LENGTHS {
        let mut file = Vec::new();
        encrypt(&key, &mut &content(len)[..], &mut file).unwrap();
        let theirs = node("fee.mjs", &json!({"open": hex(&file), "key": hex(&[9; 32])}));
        assert_eq!(bytes(&theirs["content"]), content(len), "{len} bytes");
        assert_eq!(theirs["kid"], json!(hex(&key.id())));
    }
}

#[test]
fn we_read_the_files_that_others_write() {
    let key = EpochKey::from_bytes([9; 32]);
    for len in LENGTHS {
        let asked = json!({"seal": hex(&content(len)), "key": hex(&[9; 32]), "kid": hex(&key.id())});
        let file = bytes(&node("fee.mjs", &asked)["blob"]);
        let mut read = Vec::new();
        decrypt(&key, &mut &file[..], &mut read).unwrap();
        assert_eq!(read, content(len), "{len} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn others_open_the_envelopes_that_we_write_and_we_theirs(secret: [u8; 32], key: [u8; 32], numbers: [u32; 4]) {
        let [chain_id, actor, data_set, key_epoch] = numbers.map(u64::from);
        let actor = EthAddress::from_id(actor);
        let context = Context { chain_id, actor, data_set, key_epoch };
        let (reader, other) = (ReaderKey::from_bytes(&secret), ReaderKey::generate());
        let epoch_key = EpochKey::from_bytes(key);
        let ours = envelope::wrap(&epoch_key, &[other.public(), reader.public()], Some(&context)).unwrap();
        let read = node("fee.mjs", &json!({"open": hex(&ours), "secret": hex(&secret)}));
        prop_assert_eq!(bytes(&read["content"]), key);
        prop_assert_eq!(&read["kid"], &json!(hex(&reader.public().to_bytes())));
        prop_assert_eq!(&read["context"], &json!([chain_id, hex(&actor.0), data_set, key_epoch]));

        let asked = json!({"seal": hex(&key), "reader": hex(&reader.public().to_bytes())});
        let theirs = bytes(&node("fee.mjs", &asked)["blob"]);
        prop_assert_eq!(envelope::unwrap(&theirs, &reader, None).unwrap().id(), epoch_key.id());
    }
}
