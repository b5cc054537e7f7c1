//! Access logs: entries in their order.

use holdfast_client::tree::{leaf, verify};
use holdfast_client::{AccessLog, MAX_ENTRY};

use super::refuses;

fn log(entries: &[&[u8]]) -> AccessLog {
    let mut log = AccessLog::new();
    for entry in entries {
        log.push(entry).unwrap();
    }
    log
}

#[test]
fn every_entry_of_a_log_of_any_length_climbs_to_its_root() {
    for count in 1..70_u64 {
        let entries: Vec<_> = (0..count).map(|entry| entry.to_be_bytes()).collect();
        let log = log(&entries.iter().map(|entry| &entry[..]).collect::<Vec<_>>());
        let root = log.root().unwrap();
        assert_eq!(log.count(), count);
        for (number, entry) in (0..).zip(&entries) {
            let path = log.prove(number).unwrap();
            assert!(verify(&root, &leaf(entry), &path), "{number} of {count}");
        }
        refuses(
            log.prove(count),
            &[&format!("no entry {count}"), &format!("the log has {count}")],
        );
    }
}

#[test]
fn entries_keep_their_order_so_another_order_has_another_root() {
    let (one, other) = (log(&[b"a", b"b", b"c"]), log(&[b"c", b"b", b"a"]));
    assert_ne!(one.root().unwrap(), other.root().unwrap());
}

#[test]
fn an_entry_that_is_made_twice_is_there_twice() {
    let log = log(&[b"a", b"a"]);
    assert_eq!(log.count(), 2);
    assert!(verify(&log.root().unwrap(), &leaf(b"a"), &log.prove(1).unwrap()));
}

#[test]
fn an_entry_has_at_most_1024_bytes() {
    let mut log = log(&[b"", &[7; MAX_ENTRY]]);
    refuses(log.push(&[7; MAX_ENTRY + 1]), &["entry 2", "1024 bytes"]);
    assert_eq!(log.count(), 2);
}

#[test]
fn an_empty_log_has_no_root() {
    refuses(AccessLog::new().root(), &["the log is empty"]);
    refuses(AccessLog::new().prove(0), &["no entry 0"]);
}
