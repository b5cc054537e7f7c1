//! Keys, encrypted files and their envelopes.

use std::fs;
use std::path::Path;

use super::{Folder, prints, refuses};

const CONTEXT: [&str; 8] = [
    "--chain-id",
    "314159",
    "--actor",
    "f01010",
    "--data-set",
    "7",
    "--key-epoch",
    "2",
];

/// A reader's key in the folder; gives its public key.
fn key(folder: &Folder, name: &str) -> String {
    prints(&["keys", "new", &folder.path(name)]).trim().to_owned()
}

/// A folder with a file that is encrypted for the reader `alice.key`.
fn harbour() -> Folder {
    let folder = Folder::new();
    let alice = key(&folder, "alice.key");
    folder.write("samples", b"soil samples");
    let paths = ["samples", "samples.fee", "envelope"].map(|name| folder.path(name));
    let [input, output, envelope] = paths.each_ref().map(String::as_str);
    let arguments = ["encrypt", input, output, "--envelope", envelope, "--to", &alice];
    let printed = prints(&[&arguments[..], &CONTEXT].concat());
    let kept = data_encoding::HEXLOWER.encode(&folder.read("envelope"));
    assert_eq!(
        printed,
        format!("0x{kept}\n"),
        "the envelope is printed as the actor takes it"
    );
    folder
}

fn decrypt(folder: &Folder, key: &str, envelope: &str) -> Vec<String> {
    let [input, output] = ["samples.fee", "read"].map(|name| folder.path(name));
    let (key, envelope) = (folder.path(key), folder.path(envelope));
    let words = ["decrypt", &input, &output, "--key", &key, "--envelope", &envelope];
    words.map(str::to_owned).to_vec()
}

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn a_key_is_made_once_and_shown_as_often_as_one_likes() {
    let folder = Folder::new();
    let public = key(&folder, "reader.key");
    assert!(public.starts_with("0x") && public.len() == 66, "{public}");
    let path = folder.path("reader.key");
    assert_eq!(prints(&["keys", "show", &path]).trim(), public);
    refuses(&["keys", "new", &path], &["reader.key"]);
    assert_eq!(prints(&["keys", "show", &path]).trim(), public);
}

#[test]
fn what_is_encrypted_for_a_reader_is_read_by_the_reader() {
    let folder = harbour();
    assert!(!folder.read("samples.fee").windows(4).any(|part| part == b"soil"));
    let arguments = decrypt(&folder, "alice.key", "envelope");
    prints(&[&words(&arguments)[..], &CONTEXT].concat());
    assert_eq!(folder.read("read"), b"soil samples");
}

#[test]
fn further_files_of_a_key_epoch_use_the_key_of_its_envelope() {
    let folder = harbour();
    folder.write("more", b"more samples");
    let [more, output, envelope, key] =
        ["more", "samples.fee", "envelope", "alice.key"].map(|name| folder.path(name));
    let arguments = [
        "encrypt",
        &more,
        &output,
        "--envelope",
        &envelope,
        "--key",
        &key,
        "--force",
    ];
    assert_eq!(prints(&arguments), "");
    prints(&words(&decrypt(&folder, "alice.key", "envelope")));
    assert_eq!(folder.read("read"), b"more samples");
}

#[test]
fn a_rewrapped_key_is_for_the_new_reader_and_the_same_data_set() {
    let folder = harbour();
    let bob = key(&folder, "bob.key");
    let [old, new, alice] = ["envelope", "for-bob", "alice.key"].map(|name| folder.path(name));
    prints(&["rewrap", &old, &new, "--key", &alice, "--to", &bob]);
    let arguments = decrypt(&folder, "bob.key", "for-bob");
    prints(&[&words(&arguments)[..], &CONTEXT].concat());
    assert_eq!(folder.read("read"), b"soil samples");
    refuses(
        &words(&decrypt(&folder, "bob.key", "envelope")),
        &["encrypted for", &bob],
    );
}

#[test]
fn an_envelope_of_another_key_epoch_is_refused() {
    let folder = harbour();
    let arguments = decrypt(&folder, "alice.key", "envelope");
    let other = [&CONTEXT[..7], &["3"]].concat();
    refuses(
        &[&words(&arguments)[..], &other].concat(),
        &["is for key epoch 2 of data set 7", "not for key epoch 3"],
    );
}

#[test]
fn a_public_key_or_an_actor_that_is_none_is_named() {
    let folder = harbour();
    let [input, output, envelope] = ["samples", "other.fee", "other"].map(|name| folder.path(name));
    let low = format!("0x{}", "00".repeat(32));
    for (key, why) in [
        ("0x12", "64 digits, not 2"),
        (&low[..], "low order"),
        ("alice", "begins with 0x"),
    ] {
        let arguments = ["encrypt", &input, &output, "--envelope", &envelope, "--to", key];
        refuses(&arguments, &[key, why]);
    }
    let arguments = decrypt(&folder, "alice.key", "envelope");
    let context = [
        &CONTEXT[..3],
        &["f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq"],
        &CONTEXT[4..],
    ]
    .concat();
    refuses(
        &[&words(&arguments)[..], &context].concat(),
        &["f15ihq", "no 0x form of its own"],
    );
    assert!(!Path::new(&output).exists() && !Path::new(&envelope).exists());
}

#[test]
fn a_context_is_said_whole_or_not_at_all() {
    let folder = harbour();
    let arguments = decrypt(&folder, "alice.key", "envelope");
    let output = super::holdfast(&[&words(&arguments)[..], &CONTEXT[..6]].concat());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && error.contains("--key-epoch"),
        "{error}"
    );
}

#[test]
fn a_file_that_fails_leaves_nothing_behind() {
    let folder = harbour();
    let mut file = folder.read("samples.fee");
    *file.last_mut().unwrap() ^= 1;
    folder.write("samples.fee", &file);
    refuses(
        &words(&decrypt(&folder, "alice.key", "envelope")),
        &["samples.fee", "chunk 0", "it was changed"],
    );
    let mut left: Vec<_> = fs::read_dir(folder.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["alice.key", "envelope", "samples", "samples.fee"]);
}

#[test]
fn nothing_is_replaced_without_force() {
    let folder = harbour();
    folder.write("read", b"mine");
    let mut arguments = decrypt(&folder, "alice.key", "envelope");
    refuses(&words(&arguments), &["read exists", "--force"]);
    assert_eq!(folder.read("read"), b"mine");
    arguments.push("--force".to_owned());
    prints(&words(&arguments));
    assert_eq!(folder.read("read"), b"soil samples");
}

#[cfg(unix)]
#[test]
fn a_decrypted_file_has_the_mode_of_any_new_file_and_a_key_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = harbour();
    prints(&words(&decrypt(&folder, "alice.key", "envelope")));
    let mode = |name| fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("read"), mode("samples"));
    assert_eq!(mode("alice.key"), 0o600);
}

#[test]
fn what_is_missing_is_named() {
    let folder = harbour();
    refuses(&words(&decrypt(&folder, "bob.key", "envelope")), &["bob.key"]);
    refuses(
        &words(&decrypt(&folder, "alice.key", "no-envelope")),
        &["no-envelope"],
    );
    assert!(!Path::new(&folder.path("read")).exists());
    refuses(
        &words(&decrypt(&folder, "alice.key", "samples")),
        &["samples", "no Filecoin Encryption Envelope"],
    );
    folder.write("long", &[0; 2049]);
    refuses(
        &words(&decrypt(&folder, "alice.key", "long")),
        &["long is no envelope", "2048 bytes"],
    );
}
