//! Files, envelopes, keys, lists and logs, as owners, readers and gateways use them, and as others would break them.

#[path = "client/envelopes.rs"]
mod envelopes;
#[path = "client/files.rs"]
mod files;
#[path = "client/keys.rs"]
mod keys;
#[path = "client/lists.rs"]
mod lists;
#[path = "client/logs.rs"]
mod logs;

use std::fmt::Debug;

use holdfast_client::{EpochKey, Error, Result, decrypt, encrypt};

/// Checks that it fails with one sentence that has these parts.
#[track_caller]
fn refuses<T: Debug>(result: Result<T>, parts: &[&str]) -> Error {
    let error = result.expect_err("it is accepted");
    let said = error.to_string();
    for part in parts {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    error
}

fn encrypted(key: &EpochKey, content: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let read = encrypt(key, &mut &*content, &mut file).expect("it encrypts");
    assert_eq!(read, content.len() as u64);
    file
}

fn decrypted(key: &EpochKey, file: &[u8]) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    let written = decrypt(key, &mut &*file, &mut content)?;
    assert_eq!(written, content.len() as u64);
    Ok(content)
}

/// Bytes that differ from place to place.
fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}
