//! Keys: of readers, and of data sets for them.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::events::{EnvelopesPut, KeysRotated, ReaderKeySet};
use holdfast_api::access::{
    ADMIN, DropEnvelopesParams, Envelope, GRANT, GetEnvelopeParams, GrantTerms, ListRewrapsParams,
    MAX_ENVELOPE, PutEnvelopesParams, READ, RELAY, Reader, Scope, method,
};
use holdfast_runtime::ActorError;
use holdfast_runtime::evm::Bytes32;

use crate::desk::*;

fn key(byte: u8) -> Bytes32 {
    Bytes32([byte; 32])
}

/// A reader sets a key.
fn set_key(desk: &mut Desk, reader: u64, byte: u8) {
    desk.call::<method::SetReaderKey>(reader, &key(byte)).unwrap();
}

fn rotate(desk: &mut Desk) -> u64 {
    desk.call::<method::RotateKeys>(OWNER, &DATA).unwrap()
}

/// An envelope that is sealed to a key.
fn envelope(recipient: u64, byte: u8, bytes: &[u8]) -> Envelope {
    Envelope {
        recipient: id(recipient),
        key: key(byte),
        bytes: RawBytes::new(bytes.to_vec()),
    }
}

fn envelopes(key_epoch: u64, envelopes: Vec<Envelope>) -> PutEnvelopesParams {
    PutEnvelopesParams {
        data_set: DATA,
        key_epoch,
        envelopes,
    }
}

/// The owner gives somebody an envelope, which is sealed to the key 8 if not to its present one.
fn put(desk: &mut Desk, key_epoch: u64, recipient: u64, bytes: &[u8]) -> Result<(), ActorError> {
    let present = desk.call::<method::ReaderKey>(OWNER, &id(recipient)).unwrap();
    let byte = present.unwrap_or(key(8)).0[0];
    let params = envelopes(key_epoch, vec![envelope(recipient, byte, bytes)]);
    desk.call::<method::PutEnvelopes>(OWNER, &params)
}

fn get(desk: &mut Desk, key_epoch: u64, recipient: u64) -> Option<Vec<u8>> {
    let params = GetEnvelopeParams {
        data_set: DATA,
        key_epoch,
        recipient: id(recipient),
    };
    let found = desk.call::<method::GetEnvelope>(recipient, &params).unwrap();
    found.map(|bytes| bytes.to_vec())
}

/// Who needs an envelope, and the next subject.
fn rewraps(desk: &mut Desk, start: u64, limit: u64) -> (Vec<u64>, Option<u64>) {
    let params = ListRewrapsParams {
        data_set: DATA,
        start,
        limit,
    };
    let page = desk.call::<method::ListRewraps>(OWNER, &params).unwrap();
    (page.readers.iter().map(|found| found.reader).collect(), page.next)
}

fn drop_params(key_epoch: u64, start: u64, limit: u64) -> DropEnvelopesParams {
    DropEnvelopesParams {
        data_set: DATA,
        key_epoch,
        start,
        limit,
    }
}

#[test]
fn a_reader_sets_its_own_key_and_anyone_can_see_it() {
    let mut desk = Desk::new();
    assert_eq!(desk.call::<method::ReaderKey>(BOB, &id(ALICE)).unwrap(), None);
    set_key(&mut desk, ALICE, 8);
    desk.told(ReaderKeySet {
        reader: ALICE,
        key: key(8),
    });
    set_key(&mut desk, ALICE, 9);
    assert_eq!(
        desk.call::<method::ReaderKey>(BOB, &id(ALICE)).unwrap(),
        Some(key(9))
    );
    assert_eq!(desk.call::<method::ReaderKey>(BOB, &id(BOB)).unwrap(), None);
}

#[test]
fn a_key_that_everybody_would_share_a_secret_with_is_refused() {
    let mut desk = Desk::new();
    let refused = desk.refused::<method::SetReaderKey>(ALICE, &Bytes32::default(), 120);
    assert!(
        refused.starts_with("0x0000") && refused.contains("small order"),
        "{refused}"
    );
    let mut one = Bytes32::default();
    one.0[0] = 1;
    desk.refused::<method::SetReaderKey>(ALICE, &one, 120);
    one.0[31] = 0x80;
    desk.refused::<method::SetReaderKey>(ALICE, &one, 120);
}

#[test]
fn there_are_no_keys_before_the_first_rotation() {
    let mut desk = Desk::new();
    set_key(&mut desk, ALICE, 8);
    desk.grant(ALICE, terms(READ));
    assert_eq!(put(&mut desk, 0, ALICE, b"key").unwrap_err().code.value(), 121);
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![], None));
    desk.refused::<method::RotateKeys>(ALICE, &DATA, 66);
    assert_eq!(rotate(&mut desk), 1);
    desk.told(KeysRotated {
        data_set: DATA,
        key_epoch: 1,
    });
    assert_eq!(desk.ask(ALICE, READ, Scope::All {}).key_epoch, 1);
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![ALICE], None));
}

#[test]
fn an_admin_rotates_keys_and_puts_envelopes() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(ADMIN));
    set_key(&mut desk, BOB, 8);
    assert_eq!(desk.call::<method::RotateKeys>(ALICE, &DATA).unwrap(), 1);
    let params = envelopes(1, vec![envelope(BOB, 8, b"key")]);
    desk.call::<method::PutEnvelopes>(ALICE, &params).unwrap();
    desk.refused::<method::PutEnvelopes>(BOB, &params, 66);
}

#[test]
fn an_envelope_reaches_its_reader_and_nobody_else() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    set_key(&mut desk, ALICE, 8);
    set_key(&mut desk, BOB, 9);
    let params = envelopes(
        1,
        vec![envelope(ALICE, 8, b"for alice"), envelope(BOB, 9, b"for bob")],
    );
    desk.call::<method::PutEnvelopes>(OWNER, &params).unwrap();
    desk.told(EnvelopesPut {
        data_set: DATA,
        key_epoch: 1,
        recipients: vec![ALICE, BOB],
    });
    assert_eq!(get(&mut desk, 1, ALICE).as_deref(), Some(&b"for alice"[..]));
    assert_eq!(get(&mut desk, 1, BOB).as_deref(), Some(&b"for bob"[..]));
    assert_eq!((get(&mut desk, 1, CAROL), get(&mut desk, 2, ALICE)), (None, None));
    put(&mut desk, 1, ALICE, b"again").unwrap();
    assert_eq!(get(&mut desk, 1, ALICE).as_deref(), Some(&b"again"[..]));
}

#[test]
fn envelopes_are_of_the_present_key_epoch() {
    let mut desk = Desk::new();
    set_key(&mut desk, ALICE, 8);
    assert_eq!((rotate(&mut desk), rotate(&mut desk)), (1, 2));
    for named in [0, 1, 3] {
        let refused = put(&mut desk, named, ALICE, b"key").unwrap_err();
        assert_eq!(refused.code.value(), 121);
        let both = format!("key epoch {named} are put where data set 1 is in 2");
        assert!(refused.message.contains(&both), "{refused}");
    }
    put(&mut desk, 2, ALICE, b"key").unwrap();
}

#[test]
fn envelopes_have_bounds_and_so_do_batches_of_them() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    set_key(&mut desk, ALICE, 8);
    for len in [0, MAX_ENVELOPE + 1] {
        let refused = put(&mut desk, 1, ALICE, &vec![7; len]).unwrap_err();
        assert_eq!(refused.code.value(), 122, "{len}");
    }
    for len in [1, MAX_ENVELOPE] {
        put(&mut desk, 1, ALICE, &vec![7; len]).unwrap();
    }
    for count in [0, 201] {
        let params = envelopes(1, vec![envelope(ALICE, 8, b"key"); count]);
        desk.refused::<method::PutEnvelopes>(OWNER, &params, 85);
    }
    let most = envelopes(1, vec![envelope(ALICE, 8, b"key"); 200]);
    desk.call::<method::PutEnvelopes>(OWNER, &most).unwrap();
}

#[test]
fn nothing_is_sealed_for_a_reader_without_a_key() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    set_key(&mut desk, ALICE, 8);
    let params = envelopes(1, vec![envelope(ALICE, 8, b"key"), envelope(BOB, 8, b"key")]);
    let refused = desk.refused::<method::PutEnvelopes>(OWNER, &params, 123);
    assert!(refused.contains("f0103"), "{refused}");
    assert_eq!(get(&mut desk, 1, ALICE), None, "all or nothing");
}

#[test]
fn an_envelope_is_sealed_to_the_readers_present_key() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    set_key(&mut desk, ALICE, 8);
    let sealed = envelopes(1, vec![envelope(ALICE, 8, b"for key 8")]);
    set_key(&mut desk, ALICE, 9);
    let refused = desk.refused::<method::PutEnvelopes>(OWNER, &sealed, 117);
    assert!(refused.contains("f0102 has the reader key 0x0909"), "{refused}");
    desk.grant(ALICE, terms(READ));
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![ALICE], None));
}

#[test]
fn a_freeze_stops_giving_keys_and_stops_neither_rotating_nor_dropping() {
    let mut desk = Desk::new();
    set_key(&mut desk, ALICE, 8);
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert_eq!((rotate(&mut desk), rotate(&mut desk)), (1, 2));
    assert_eq!(put(&mut desk, 2, ALICE, b"key").unwrap_err().code.value(), 70);
    desk.call::<method::DropEnvelopes>(OWNER, &drop_params(1, 0, 9))
        .unwrap();
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    put(&mut desk, 2, ALICE, b"key").unwrap();
}

#[test]
fn revoking_stops_new_keys_and_recalls_none_that_was_read() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    set_key(&mut desk, ALICE, 8);
    let grant = desk.grant(ALICE, terms(READ));
    put(&mut desk, 1, ALICE, b"old key").unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    rotate(&mut desk);
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![], None));
    assert_eq!(get(&mut desk, 1, ALICE).as_deref(), Some(&b"old key"[..]));
    assert_eq!(get(&mut desk, 2, ALICE), None);
}

#[test]
fn those_need_an_envelope_who_may_read_and_have_none_of_the_present_keys() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    let folder = GrantTerms {
        scope: path("a"),
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, folder.clone());
    desk.give_on(
        (ALICE, alice),
        BOB,
        GrantTerms {
            scope: path("a/b"),
            ..terms(READ)
        },
    );
    desk.grant(CAROL, terms(RELAY));
    assert_eq!(
        rewraps(&mut desk, 0, 200),
        (vec![ALICE, BOB], None),
        "who relays opens nothing"
    );
    set_key(&mut desk, ALICE, 8);
    let params = ListRewrapsParams {
        data_set: DATA,
        start: 0,
        limit: 200,
    };
    let page = desk.call::<method::ListRewraps>(OWNER, &params).unwrap();
    let first = Reader {
        reader: ALICE,
        key: Some(key(8)),
    };
    let second = Reader {
        reader: BOB,
        key: None,
    };
    assert_eq!(page.readers, [first, second]);
    put(&mut desk, 1, ALICE, b"key").unwrap();
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![BOB], None));
    rotate(&mut desk);
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![ALICE, BOB], None));
    desk.revoke(OWNER, ALICE, alice).unwrap();
    assert_eq!(
        rewraps(&mut desk, 0, 200),
        (vec![], None),
        "what is below ends too"
    );
}

#[test]
fn a_reader_with_another_key_needs_another_envelope() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    desk.grant(ALICE, terms(READ));
    set_key(&mut desk, ALICE, 8);
    put(&mut desk, 1, ALICE, b"for key 8").unwrap();
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![], None));
    set_key(&mut desk, ALICE, 9);
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![ALICE], None));
    put(&mut desk, 1, ALICE, b"for key 9").unwrap();
    assert_eq!(rewraps(&mut desk, 0, 200), (vec![], None));
}

#[test]
fn a_reader_needs_envelopes_until_the_end_of_its_grant() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    let short = GrantTerms {
        end: Some(NOW + 5),
        ..terms(READ)
    };
    desk.grant(ALICE, short);
    assert_eq!(rewraps(desk.at(NOW + 4), 0, 200).0, [ALICE]);
    assert_eq!(rewraps(desk.at(NOW + 5), 0, 200).0, [0u64; 0]);
    assert_eq!(rewraps(desk.at(NOW + 6), 0, 200).0, [0u64; 0]);
}

#[test]
fn a_page_of_readers_is_bounded_by_those_looked_at_and_may_be_empty() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    desk.grant(ALICE, terms(RELAY));
    desk.grant(BOB, terms(READ));
    assert_eq!(rewraps(&mut desk, 0, 1), (vec![], Some(BOB)));
    assert_eq!(rewraps(&mut desk, BOB, 1), (vec![BOB], None));
    for limit in [0, 201] {
        let params = ListRewrapsParams {
            data_set: DATA,
            start: 0,
            limit,
        };
        desk.refused::<method::ListRewraps>(OWNER, &params, 86);
    }
}

#[test]
fn envelopes_of_past_keys_stay_until_they_are_dropped_page_by_page() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    for reader in [ALICE, BOB, CAROL] {
        set_key(&mut desk, reader, 8);
        put(&mut desk, 1, reader, b"old").unwrap();
    }
    rotate(&mut desk);
    put(&mut desk, 2, ALICE, b"new").unwrap();
    assert_eq!(get(&mut desk, 1, CAROL).as_deref(), Some(&b"old"[..]));
    let next = desk
        .call::<method::DropEnvelopes>(OWNER, &drop_params(1, 0, 2))
        .unwrap();
    assert_eq!(next, Some(CAROL));
    assert_eq!((get(&mut desk, 1, ALICE), get(&mut desk, 1, BOB)), (None, None));
    let next = desk
        .call::<method::DropEnvelopes>(OWNER, &drop_params(1, CAROL, 1))
        .unwrap();
    assert_eq!((next, get(&mut desk, 1, CAROL)), (None, None));
    assert_eq!(
        get(&mut desk, 2, ALICE).as_deref(),
        Some(&b"new"[..]),
        "the present ones stay"
    );
}

#[test]
fn envelopes_in_use_are_not_dropped_and_only_those_who_administer_drop() {
    let mut desk = Desk::new();
    rotate(&mut desk);
    rotate(&mut desk);
    for key_epoch in [2, 3] {
        let refused = desk.refused::<method::DropEnvelopes>(OWNER, &drop_params(key_epoch, 0, 9), 124);
        assert!(refused.contains("the present one is 2"), "{refused}");
    }
    desk.refused::<method::DropEnvelopes>(ALICE, &drop_params(1, 0, 9), 66);
    for limit in [0, 201] {
        desk.refused::<method::DropEnvelopes>(OWNER, &drop_params(1, 0, limit), 86);
    }
    assert_eq!(
        desk.call::<method::DropEnvelopes>(OWNER, &drop_params(1, 0, 9))
            .unwrap(),
        None
    );
}
