//! CIDs of content outside the chain are data, not links.

use cid::Cid;
use cid::multihash::Multihash;
use fvm_ipld_encoding::{from_slice, to_vec};
use holdfast_runtime::foreign_cid::{ForeignCid, MAX_FOREIGN_CID};
use holdfast_runtime::idl::codec::decode;
use holdfast_runtime::schema::Schema;

const SHA2_256: u64 = 0x12;

fn cid(codec: u64) -> ForeignCid {
    ForeignCid(Cid::new_v1(codec, Multihash::wrap(SHA2_256, &[7; 32]).unwrap()))
}

#[test]
fn a_foreign_cid_is_a_byte_string_and_comes_back() {
    for codec in [0x55, 0x70, 0x71, 0x0129] {
        let bytes = to_vec(&cid(codec)).unwrap();
        assert_eq!(bytes[0], 0x58, "a byte string, not tag 42");
        assert_eq!(bytes[2..], cid(codec).0.to_bytes());
        assert_eq!(from_slice::<ForeignCid>(&bytes).unwrap(), cid(codec));
    }
}

#[test]
fn a_version_0_cid_comes_back() {
    let v0 = ForeignCid(Cid::new_v0(Multihash::wrap(SHA2_256, &[7; 32]).unwrap()).unwrap());
    assert_eq!(from_slice::<ForeignCid>(&to_vec(&v0).unwrap()).unwrap(), v0);
}

#[test]
fn a_link_is_no_foreign_cid() {
    assert!(from_slice::<ForeignCid>(&to_vec(&cid(0x71).0).unwrap()).is_err());
}

#[test]
fn what_is_no_cid_or_too_long_is_refused() {
    let bytes = |len: usize| to_vec(&fvm_ipld_encoding::BytesSer(&vec![1; len])).unwrap();
    for len in [0, 1, 36, MAX_FOREIGN_CID] {
        assert!(from_slice::<ForeignCid>(&bytes(len)).is_err(), "{len} bytes");
    }
    let error = from_slice::<ForeignCid>(&bytes(MAX_FOREIGN_CID + 1))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("a CID of 129 bytes exceeds the limit of 128 bytes"),
        "{error}"
    );
}

#[test]
fn bytes_behind_the_cid_are_refused() {
    let mut behind = cid(0x55).0.to_bytes();
    behind.push(0);
    let bytes = to_vec(&fvm_ipld_encoding::BytesSer(&behind)).unwrap();
    assert!(from_slice::<ForeignCid>(&bytes).is_err());
    assert!(
        decode(&ForeignCid::shape(), &bytes).is_err(),
        "the command reads what actors read"
    );
}
