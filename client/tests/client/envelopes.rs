//! Envelopes: for the readers they are made for, and for nothing else.

use holdfast_client::envelope::{MAX_BYTES, context, rewrap, unwrap, wrap};
use holdfast_client::{Context, EpochKey, ReaderKey};
use holdfast_runtime::evm::EthAddress;

use super::{decrypted, encrypted, refuses};

fn harbour() -> Context {
    Context {
        chain_id: 314_159,
        actor: EthAddress::from_id(1010),
        data_set: 7,
        key_epoch: 2,
    }
}

#[test]
fn every_reader_of_an_envelope_opens_what_was_encrypted() {
    let key = EpochKey::generate();
    let file = encrypted(&key, b"soil samples");
    let readers = [
        ReaderKey::generate(),
        ReaderKey::generate(),
        ReaderKey::generate(),
    ];
    let envelope = wrap(&key, &readers.each_ref().map(ReaderKey::public), None).unwrap();
    for reader in &readers {
        let key = unwrap(&envelope, reader, None).unwrap();
        assert_eq!(decrypted(&key, &file).unwrap(), b"soil samples");
    }
}

#[test]
fn somebody_else_opens_nothing_and_is_told_whom_it_is_for() {
    let (reader, other) = (ReaderKey::generate(), ReaderKey::generate());
    let envelope = wrap(&EpochKey::generate(), &[reader.public()], None).unwrap();
    refuses(
        unwrap(&envelope, &other, None),
        &[&reader.public().to_string(), &other.public().to_string()],
    );
}

#[test]
fn two_envelopes_of_a_key_for_a_reader_have_nothing_in_common() {
    let (key, reader) = (EpochKey::generate(), ReaderKey::generate());
    let one = wrap(&key, &[reader.public()], None).unwrap();
    let other = wrap(&key, &[reader.public()], None).unwrap();
    assert_ne!(one[one.len() - 48..], other[other.len() - 48..]);
}

#[test]
fn an_envelope_for_one_reader_fits_on_the_chain_several_times() {
    let largest = Context {
        chain_id: u64::MAX,
        actor: EthAddress([0xff; 20]),
        data_set: u64::MAX,
        key_epoch: u64::MAX,
    };
    let reader = ReaderKey::generate().public();
    let envelope = wrap(&EpochKey::generate(), &[reader], Some(&largest)).unwrap();
    assert!(envelope.len() <= 350, "{}", envelope.len());
}

#[test]
fn an_envelope_is_for_at_least_one_reader_and_for_as_many_as_the_actor_keeps() {
    let key = EpochKey::generate();
    refuses(wrap(&key, &[], None), &["at least one reader"]);
    let reader = ReaderKey::generate().public();
    let most = (1..).find(|readers| wrap(&key, &vec![reader; *readers], None).is_err());
    let most = most.unwrap() - 1;
    let last = wrap(&key, &vec![reader; most], None).unwrap();
    assert!(
        last.len() <= MAX_BYTES && last.len() > MAX_BYTES - 140,
        "{}",
        last.len()
    );
    let parts = [format!("for {} readers", most + 1), "at most 2048".to_owned()];
    refuses(
        wrap(&key, &vec![reader; most + 1], None),
        &parts.each_ref().map(String::as_str),
    );
}

#[test]
fn every_changed_bit_of_an_envelope_is_noticed() {
    let reader = ReaderKey::generate();
    let envelope = wrap(&EpochKey::generate(), &[reader.public()], Some(&harbour())).unwrap();
    for bit in 0..envelope.len() * 8 {
        let mut changed = envelope.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let opened = unwrap(&changed, &reader, None);
        // The highest bit of a u-coordinate has no meaning (RFC 7748, section 5): the point is the same.
        let same_point = opened.is_ok() && {
            let first = envelope
                .windows(6)
                .position(|word| word == [0x01, 0x20, 0x04, 0x21, 0x58, 0x20])
                .unwrap()
                + 6;
            bit == (first + 31) * 8 + 7
        };
        assert!(opened.is_err() || same_point, "bit {bit} of byte {}", bit / 8);
    }
}

#[test]
fn an_envelope_that_is_cut_or_continued_is_noticed() {
    let reader = ReaderKey::generate();
    let envelope = wrap(&EpochKey::generate(), &[reader.public()], None).unwrap();
    for kept in 0..envelope.len() {
        assert!(unwrap(&envelope[..kept], &reader, None).is_err(), "{kept} bytes");
    }
    assert!(unwrap(&[&envelope[..], &[0]].concat(), &reader, None).is_err());
    let long = [&envelope[..], &[0; MAX_BYTES]].concat();
    refuses(unwrap(&long, &reader, None), &["at most 2048"]);
}

#[test]
fn an_envelope_of_another_data_set_or_key_epoch_is_refused() {
    let (key, reader) = (EpochKey::generate(), ReaderKey::generate());
    let envelope = wrap(&key, &[reader.public()], Some(&harbour())).unwrap();
    assert_eq!(context(&envelope).unwrap(), Some(harbour()));
    let opened = unwrap(&envelope, &reader, Some(&harbour())).unwrap();
    assert_eq!(opened.id(), key.id());
    let others = [
        Context {
            chain_id: 314,
            ..harbour()
        },
        Context {
            actor: EthAddress::from_id(1011),
            ..harbour()
        },
        Context {
            data_set: 8,
            ..harbour()
        },
        Context {
            key_epoch: 1,
            ..harbour()
        },
    ];
    for other in others {
        let parts = [harbour().to_string(), other.to_string()];
        refuses(
            unwrap(&envelope, &reader, Some(&other)),
            &parts.each_ref().map(String::as_str),
        );
    }
    let open = wrap(&key, &[reader.public()], None).unwrap();
    refuses(
        unwrap(&open, &reader, Some(&harbour())),
        &["no data set in particular", "key epoch 2 of data set 7"],
    );
}

#[test]
fn an_envelope_that_is_given_another_context_does_not_open() {
    let reader = ReaderKey::generate();
    let envelope = wrap(&EpochKey::generate(), &[reader.public()], Some(&harbour())).unwrap();
    let ends_with = [0x03, 0xf2, 0x07, 0x02];
    let at = envelope.windows(4).position(|word| word == ends_with).unwrap();
    let mut moved = envelope;
    moved[at + 3] = 3;
    let claimed = Context {
        key_epoch: 3,
        ..harbour()
    };
    assert_eq!(context(&moved).unwrap(), Some(claimed));
    refuses(unwrap(&moved, &reader, Some(&claimed)), &["chunk 0"]);
}

#[test]
fn a_key_is_rewrapped_for_a_new_reader_by_one_who_can_open_it() {
    let (key, old, new) = (EpochKey::generate(), ReaderKey::generate(), ReaderKey::generate());
    let envelope = wrap(&key, &[old.public()], Some(&harbour())).unwrap();
    let again = rewrap(&envelope, &old, &[new.public()], Some(&harbour())).unwrap();
    assert_eq!(unwrap(&again, &new, Some(&harbour())).unwrap().id(), key.id());
    refuses(unwrap(&again, &old, None), &[&new.public().to_string()]);
    refuses(rewrap(&envelope, &new, &[new.public()], None), &["encrypted for"]);
}
