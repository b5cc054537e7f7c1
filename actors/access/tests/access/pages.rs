//! Pages: how long they may be, and where the next one begins.

use std::collections::BTreeSet;
use std::fmt::Debug;

use holdfast_api::access::{
    Access, AnchorLogParams, DropEnvelopesParams, Envelope, GrantCommittedParams, GrantParams,
    ListCommittedParams, ListDataSetsParams, ListGrantsParams, ListLogsParams, ListMembersParams,
    ListRewrapsParams, MAX_BATCH, MAX_PAGE, MembersParams, PruneParams, PutEnvelopesParams, READ,
    SetGatewayParams, method,
};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::{Interface, Method};
use holdfast_runtime::schema::Shape;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::desk::*;

/// The readers on the desk.
const READERS: [u64; 3] = [ALICE, BOB, CAROL];
const BATCH: u64 = MAX_BATCH as u64;

fn anchors(desk: &mut Desk) {
    let (data_set, gateway, allowed) = (DATA, id(OWNER), true);
    let gateway = SetGatewayParams {
        data_set,
        gateway,
        allowed,
    };
    desk.call::<method::SetGateway>(OWNER, &gateway).unwrap();
    for from in 0..3 {
        let log = AnchorLogParams {
            data_set,
            root: Bytes32([7; 32]),
            count: 1,
            from,
            to: from + 1,
        };
        desk.call::<method::AnchorLog>(OWNER, &log).unwrap();
    }
}

fn commits(desk: &mut Desk) {
    for byte in [3, 1, 2] {
        let hidden = GrantCommittedParams {
            data_set: DATA,
            commitment: Bytes32([byte; 32]),
            terms: terms(READ),
            from: None,
        };
        desk.call::<method::GrantCommitted>(OWNER, &hidden).unwrap();
    }
}

/// The readers have envelopes of past keys and need new ones.
fn seals(desk: &mut Desk) {
    desk.call::<method::RotateKeys>(OWNER, &DATA).unwrap();
    for reader in READERS {
        desk.call::<method::SetReaderKey>(reader, &Bytes32([9; 32]))
            .unwrap();
    }
    let envelopes = READERS.map(|reader| Envelope {
        recipient: id(reader),
        key: Bytes32([9; 32]),
        bytes: vec![7].into(),
    });
    let put = PutEnvelopesParams {
        data_set: DATA,
        key_epoch: 1,
        envelopes: envelopes.to_vec(),
    };
    desk.call::<method::PutEnvelopes>(OWNER, &put).unwrap();
    desk.call::<method::RotateKeys>(OWNER, &DATA).unwrap();
}

/// A desk with three of everything that is walked over.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.call::<method::CreateDataSets>(OWNER, &vec![plain(), plain()])
        .unwrap();
    for (data_set, subject) in [(1, ALICE), (2, ALICE), (3, ALICE), (1, BOB), (1, CAROL)] {
        let grant = GrantParams {
            data_set,
            subject: id(subject),
            terms: terms(READ),
            from: None,
        };
        desk.call::<method::Grant>(OWNER, &grant).unwrap();
    }
    for reader in READERS {
        let dead = desk.grant(reader, terms(READ));
        desk.revoke(OWNER, reader, dead).unwrap();
    }
    let group = desk.call::<method::CreateGroup>(OWNER, &()).unwrap();
    let members = READERS.map(id).to_vec();
    desk.call::<method::AddMembers>(OWNER, &MembersParams { group, members })
        .unwrap();
    anchors(&mut desk);
    commits(&mut desk);
    seals(&mut desk);
    desk
}

/// How much is in a page, if it says so, and where the next one begins.
type Found<C> = (Option<u64>, Option<C>);

/// How a method walks: the most at once, its parameters for a page, and what is found in it.
struct Walk<M: Method, C> {
    most: u64,
    page: fn(C, u64) -> M::Params,
    found: fn(M::Return) -> Found<C>,
}

/// Pages of one lead through all three, and no page is longer or shorter than is allowed; gives the method's name.
#[track_caller]
fn walks<M, C>(walk: Walk<M, C>) -> &'static str
where
    M: Method<Params: Serialize, Return: DeserializeOwned + Debug>,
    C: Copy + Default + PartialOrd + Debug,
{
    let Walk { most, page, found } = walk;
    let mut all = desk();
    for limit in [0, most + 1, u64::MAX] {
        let message = all.refused::<M>(OWNER, &page(C::default(), limit), 86);
        let bounds = format!("a page of {limit} entries lies outside 1 to {most}");
        assert_eq!(message, bounds, "{}", M::NAME);
    }
    let whole = all.call::<M>(OWNER, &page(C::default(), most)).unwrap();
    let (len, next) = found(whole);
    assert_eq!((len.unwrap_or(3), next), (3, None), "{}", M::NAME);
    let (mut one_by_one, mut start) = (desk(), C::default());
    for left in (0..3).rev() {
        let one = one_by_one.call::<M>(OWNER, &page(start, 1)).unwrap();
        let (len, next) = found(one);
        assert_eq!(
            (len.unwrap_or(1), next.is_some()),
            (1, left > 0),
            "{} with {left} left",
            M::NAME
        );
        assert!(next.is_none_or(|next| next > start), "{}", M::NAME);
        start = next.unwrap_or(start);
    }
    M::NAME
}

/// The methods whose parameters say how long a page is.
fn paged() -> BTreeSet<&'static str> {
    let methods = Access::describe().methods.into_iter();
    let paged = methods.filter(
        |method| match method.params.as_ref().map(|params| &params.shape) {
            Some(Shape::Record(record)) => record.fields.iter().any(|field| field.name == "limit"),
            _ => false,
        },
    );
    paged.map(|method| method.name).collect()
}

fn len<T>(all: &[T]) -> Option<u64> {
    Some(all.len() as u64)
}

/// The listings.
fn lists() -> [&'static str; 6] {
    [
        walks(Walk::<method::ListGrants, u64> {
            most: MAX_PAGE,
            page: |start, limit| ListGrantsParams {
                data_set: DATA,
                start,
                limit,
            },
            found: |page| (len(&page.subjects), page.next),
        }),
        walks(Walk::<method::ListDataSets, u64> {
            most: MAX_PAGE,
            page: |start, limit| ListDataSetsParams {
                subject: id(ALICE),
                start,
                limit,
            },
            found: |page| (len(&page.data_sets), page.next),
        }),
        walks(Walk::<method::ListMembers, u64> {
            most: MAX_PAGE,
            page: |start, limit| ListMembersParams {
                group: 1,
                start,
                limit,
            },
            found: |page| (len(&page.members), page.next),
        }),
        walks(Walk::<method::ListLogs, u64> {
            most: MAX_PAGE,
            page: |start, limit| ListLogsParams {
                data_set: DATA,
                start,
                limit,
            },
            found: |page| (len(&page.logs), page.next),
        }),
        walks(Walk::<method::ListCommitted, Bytes32> {
            most: MAX_PAGE,
            page: |start, limit| ListCommittedParams {
                data_set: DATA,
                start,
                limit,
            },
            found: |page| (len(&page.commitments), page.next),
        }),
        walks(Walk::<method::ListRewraps, u64> {
            most: BATCH,
            page: |start, limit| ListRewrapsParams {
                data_set: DATA,
                start,
                limit,
            },
            found: |page| (len(&page.readers), page.next),
        }),
    ]
}

/// What clears away page by page. Tickets have no place to go on at: they are cleared away from the oldest.
fn clears() -> [&'static str; 2] {
    [
        walks(Walk::<method::Prune, u64> {
            most: BATCH,
            page: |start, limit| PruneParams {
                data_set: DATA,
                start,
                limit,
            },
            found: |page| (Some(page.pruned), page.next),
        }),
        walks(Walk::<method::DropEnvelopes, u64> {
            most: BATCH,
            page: |start, limit| DropEnvelopesParams {
                data_set: DATA,
                key_epoch: 1,
                start,
                limit,
            },
            found: |next| (None, next),
        }),
    ]
}

#[test]
fn every_walk_is_bounded_and_says_where_to_go_on() {
    let walked = lists().into_iter().chain(clears());
    let walked: BTreeSet<_> = walked.chain(["PruneTickets"]).collect();
    assert_eq!(walked, paged(), "say of a new method how it walks");
}

#[test]
fn behind_the_last_page_there_is_nothing() {
    let mut desk = desk();
    let (data_set, start, limit) = (DATA, u64::MAX, 1);
    let grants = ListGrantsParams {
        data_set,
        start,
        limit,
    };
    let page = desk.call::<method::ListGrants>(ALICE, &grants).unwrap();
    assert_eq!((page.subjects, page.next), (vec![], None));
    let data_sets = ListDataSetsParams {
        subject: id(ALICE),
        start,
        limit,
    };
    let page = desk.call::<method::ListDataSets>(ALICE, &data_sets).unwrap();
    assert_eq!((page.data_sets, page.next), (vec![], None));
}
