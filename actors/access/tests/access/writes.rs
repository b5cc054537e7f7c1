//! What ends by one write, however much it is.

use fvm_shared::ActorID;
use holdfast_api::access::{GrantId, GrantManyParams, READ, method};
use holdfast_runtime::testing::Written;

use crate::desk::*;

/// The first of many readers.
pub const FIRST: ActorID = 10_000;
/// The type of accounts in the bundle.
const ACCOUNT: u32 = 4;

/// What a call writes.
pub fn written(desk: &mut Desk, call: impl FnOnce(&mut Desk)) -> Written {
    let before = desk.0.written();
    call(desk);
    let after = desk.0.written();
    Written {
        blocks: after.blocks - before.blocks,
        bytes: after.bytes - before.bytes,
    }
}

/// So many may read, by the owner's word or by a grant that somebody gives on.
pub fn readers(desk: &mut Desk, number: u64, from: Option<(ActorID, GrantId)>) {
    let readers = FIRST..FIRST + number;
    readers
        .clone()
        .for_each(|reader| desk.0.add_actor(reader, ACCOUNT, None));
    let many = GrantManyParams {
        data_set: DATA,
        subjects: readers.map(id).collect(),
        terms: terms(READ),
        from: from.map(|(_, grant)| grant),
    };
    let by = from.map_or(OWNER, |(by, _)| by);
    desk.call::<method::GrantMany>(by, &many).unwrap();
}

/// What ends all grants writes the same blocks where it ends two and where it ends two hundred.
#[track_caller]
fn writes_the_same_for_few_and_many(prepare: fn(&mut Desk), end: fn(&mut Desk)) {
    let of = |number| {
        let mut desk = Desk::new();
        readers(&mut desk, number, None);
        prepare(&mut desk);
        assert!(desk.reads(FIRST) && desk.reads(FIRST + number - 1));
        let written = written(&mut desk, end);
        assert!(!desk.reads(FIRST) && !desk.reads(FIRST + number - 1));
        written
    };
    let (few, many) = (of(2), of(200));
    assert_eq!(few.blocks, many.blocks);
    // The root names the blocks below it, of which there are some more.
    assert!(many.bytes < few.bytes + 128, "{many:?} and {few:?}");
}

#[test]
fn revoking_all_writes_the_same_for_two_grants_and_for_two_hundred() {
    writes_the_same_for_few_and_many(
        |_| (),
        |desk| {
            desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
        },
    );
}

#[test]
fn a_new_owner_ends_two_grants_and_two_hundred_by_the_same_writes() {
    writes_the_same_for_few_and_many(|desk| desk.offers(Some(BOB), false), |desk| desk.takes_over(BOB));
}
