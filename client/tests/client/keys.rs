//! Keys of readers.

use std::fs;
use std::path::PathBuf;

use holdfast_client::{EpochKey, PublicKey, ReaderKey};

use super::refuses;

/// A folder that is gone after the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("reader.key")
    }
}

#[test]
fn a_saved_key_is_loaded_again() {
    let (folder, key) = (Folder::new(), ReaderKey::generate());
    key.save(&folder.path()).unwrap();
    let loaded = ReaderKey::load(&folder.path()).unwrap();
    assert_eq!(loaded.public(), key.public());
    let text = fs::read_to_string(folder.path()).unwrap();
    assert!(
        text.contains(&key.public().to_string()),
        "the file tells the public key"
    );
}

#[test]
fn a_key_file_is_never_replaced() {
    let (folder, key) = (Folder::new(), ReaderKey::generate());
    key.save(&folder.path()).unwrap();
    refuses(ReaderKey::generate().save(&folder.path()), &["reader.key"]);
    assert_eq!(ReaderKey::load(&folder.path()).unwrap().public(), key.public());
    assert_eq!(
        fs::read_dir(folder.0.path()).unwrap().count(),
        1,
        "no draft stays behind"
    );
}

#[cfg(unix)]
#[test]
fn a_key_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    ReaderKey::generate().save(&folder.path()).unwrap();
    let mode = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    let saved = fs::metadata(folder.path()).unwrap().permissions().mode();
    assert_eq!(saved & 0o777, 0o600);
    for open in [0o640, 0o604, 0o644] {
        mode(open);
        refuses(
            ReaderKey::load(&folder.path()),
            &[&format!("{open:04o}"), "0600", "chmod 600"],
        );
    }
    mode(0o400);
    ReaderKey::load(&folder.path()).unwrap();
}

#[test]
fn what_is_no_key_file_is_refused_without_telling_it() {
    let (folder, key) = (Folder::new(), ReaderKey::generate());
    refuses(ReaderKey::load(&folder.path()), &["reader.key", "No such file"]);
    key.save(&folder.path()).unwrap();
    let text = fs::read_to_string(folder.path()).unwrap();
    let secret = text.rsplit(':').next().unwrap().trim().to_owned();
    let digits = &secret[2..];
    for damaged in [
        String::new(),
        text.replace("holdfast-x25519-secret:", "age-secret-key:"),
        text.replace(digits, &digits[1..]),
        text.replace(digits, &format!("g{}", &digits[1..])),
        text.replace(&secret, digits),
        format!("{text}{text}"),
    ] {
        fs::write(folder.path(), damaged).unwrap();
        let error = refuses(ReaderKey::load(&folder.path()), &["reader.key"]);
        assert!(!error.to_string().contains(&digits[1..]), "the secret is told");
    }
}

#[test]
fn no_debug_output_tells_a_secret() {
    let (reader, key) = (ReaderKey::from_bytes(&[7; 32]), EpochKey::from_bytes([7; 32]));
    assert_eq!(format!("{reader:?}"), format!("ReaderKey of {}", reader.public()));
    assert!(!format!("{key:?}").contains("0707"), "{key:?}");
}

#[test]
fn a_public_key_has_64_digits_after_0x() {
    let key = ReaderKey::from_bytes(&[7; 32]).public();
    let text = key.to_string();
    assert_eq!(text.parse::<PublicKey>().unwrap(), key);
    assert_eq!(
        text.to_uppercase()
            .replace("0X", "0x")
            .parse::<PublicKey>()
            .unwrap(),
        key
    );
    for (wrong, why) in [
        (&text[2..], "it begins with 0x"),
        (&text[..65], "64 digits, not 63"),
        ("0x", "64 digits, not 0"),
        (&format!("{}x", &text[..65]), "a digit is"),
    ] {
        refuses(wrong.parse::<PublicKey>(), &[wrong, why]);
    }
}

/// The points of RFC 7748, section 6.1, with which everybody agrees on nothing but zeros.
#[test]
fn a_public_key_of_low_order_is_refused() {
    for digits in [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
    ] {
        refuses(format!("0x{digits}").parse::<PublicKey>(), &[digits, "low order"]);
    }
}
