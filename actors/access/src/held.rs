//! The grants of one subject in one data set, in as few bytes as they can be.

use holdfast_api::access::GrantInfo;
use holdfast_policies::access::action::Actions;
use holdfast_policies::access::bucket::Bucket;
use holdfast_policies::access::grant::{Grant, Parent};
use holdfast_policies::access::scope::Scope;
use holdfast_policies::access::span::Span;
use holdfast_runtime::collections::{Packed, take};
use holdfast_runtime::schema::{Schema, Shape};
use serde::{Serialize, Serializer};

use crate::convert::info;

/// Grants by rising number. Empty in the index of subjects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held(pub(crate) Vec<Grant>);

/// Flags in the first byte of a grant: what follows beside number, actions, start and generation.
mod flag {
    pub(super) const PARENT: u8 = 1;
    pub(super) const SCOPE: u8 = 1 << 1;
    pub(super) const END: u8 = 1 << 2;
    pub(super) const METERED: u8 = 1 << 3;
    pub(super) const RATE: u8 = 1 << 4;
    pub(super) const RESTS: u8 = 1 << 5;
    pub(super) const TERMS: u8 = 1 << 6;
    pub(super) const REVOKED: u8 = 1 << 7;
}
/// Beside the actions: whether it can be taken back.
const REVOCABLE: u8 = 0x80;
/// Beside the actions: a byte of marks follows.
const MARKED: u8 = 0x40;
/// The marks of a grant, of which few have any.
mod mark {
    /// Its subject gave it back.
    pub(super) const RENOUNCED: u8 = 1;
    /// Money for it is in escrow.
    pub(super) const ESCROWED: u8 = 1 << 1;
    /// It was counted for tickets, until an epoch that follows.
    pub(super) const TICKETED: u8 = 1 << 2;
    /// A delay held it up.
    pub(super) const HELD_UP: u8 = 1 << 3;
    /// A trial comes before what was paid for, which begins at an epoch that follows.
    pub(super) const TRIED: u8 = 1 << 4;
}
/// Before the bytes of a scope.
const PATH: u64 = 0;
const CID: u64 = 1;

impl Held {
    /// The grant of a number.
    pub(crate) fn find(&self, id: u64) -> Option<&Grant> {
        self.0.iter().find(|grant| grant.id == id)
    }

    /// The same to change it.
    pub(crate) fn find_mut(&mut self, id: u64) -> Option<&mut Grant> {
        self.0.iter_mut().find(|grant| grant.id == id)
    }

    /// Itself, unless there is no grant: then there is no entry.
    pub(crate) fn unless_empty(self) -> Option<Self> {
        (!self.0.is_empty()).then_some(self)
    }
}

impl Packed for Held {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.0.len() as u64).pack(out);
        self.0.iter().for_each(|grant| pack(grant, out));
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let count = u64::unpack(bytes)?;
        (0..count).map(|_| unpack(bytes)).collect::<Option<_>>().map(Self)
    }
}

fn marks(grant: &Grant) -> u8 {
    let marks = [
        (mark::RENOUNCED, grant.renounced),
        (mark::ESCROWED, grant.escrowed),
        (mark::TICKETED, grant.ticketed_until != 0),
        (mark::HELD_UP, grant.held_up),
        (mark::TRIED, grant.paid_from != 0),
    ];
    let marks = marks.iter().filter(|(_, set)| *set);
    marks.fold(0, |all, (mark, _)| all | mark)
}

fn has_rested(grant: &Grant) -> bool {
    grant.suspended_until != 0 || grant.rested != 0
}

fn pack(grant: &Grant, out: &mut Vec<u8>) {
    let flags = [
        (flag::PARENT, grant.parent.is_some()),
        (flag::SCOPE, grant.scope != Scope::All),
        (flag::END, grant.span.end.is_some()),
        (flag::METERED, grant.uses.is_some()),
        (flag::RATE, grant.bucket.is_some()),
        (flag::RESTS, has_rested(grant)),
        (flag::TERMS, grant.terms != 0),
        (flag::REVOKED, grant.revoked),
    ];
    let flags = flags.iter().filter(|(_, set)| *set);
    out.push(flags.fold(0, |all, (flag, _)| all | flag));
    let revocable = if grant.revocable { REVOCABLE } else { 0 };
    let marks = marks(grant);
    let marked = if marks == 0 { 0 } else { MARKED };
    out.push(grant.actions.bits() | revocable | marked);
    if marks != 0 {
        out.push(marks);
    }
    grant.id.pack(out);
    epoch(grant.span.start).pack(out);
    grant.generation.pack(out);
    if let Some(Parent { subject, id }) = grant.parent {
        subject.pack(out);
        id.pack(out);
    }
    match &grant.scope {
        Scope::All => {}
        Scope::Path(path) => pack_bytes(PATH, path.as_bytes(), out),
        Scope::Cid(cid) => pack_bytes(CID, cid, out),
    }
    if let Some(end) = grant.span.end {
        epoch(end).pack(out);
    }
    if let Some(uses) = grant.uses {
        uses.pack(out);
    }
    if let Some(bucket) = grant.bucket {
        let Bucket {
            capacity,
            refill,
            per,
            level,
            since,
        } = bucket;
        [capacity, refill, per, level, epoch(since)]
            .iter()
            .for_each(|number| number.pack(out));
    }
    if has_rested(grant) {
        epoch(grant.suspended_until).pack(out);
        epoch(grant.suspended_from).pack(out);
        grant.rested.pack(out);
    }
    if grant.terms != 0 {
        grant.terms.pack(out);
    }
    if grant.ticketed_until != 0 {
        epoch(grant.ticketed_until).pack(out);
    }
    if grant.paid_from != 0 {
        epoch(grant.paid_from).pack(out);
    }
}

fn unpack(bytes: &mut &[u8]) -> Option<Grant> {
    let (flags, actions) = match take(2, bytes)? {
        [flags, actions] => (*flags, *actions),
        _ => return None,
    };
    let has = |flag: u8| flags & flag != 0;
    let marks = if actions & MARKED == 0 {
        0
    } else {
        *take(1, bytes)?.first()?
    };
    let id = u64::unpack(bytes)?;
    let start = unpack_epoch(bytes)?;
    let generation = u64::unpack(bytes)?;
    let parent = has(flag::PARENT).then(|| unpack_parent(bytes));
    let scope = if has(flag::SCOPE) {
        unpack_scope(bytes)?
    } else {
        Scope::All
    };
    let end = has(flag::END).then(|| unpack_epoch(bytes));
    let uses = has(flag::METERED).then(|| u64::unpack(bytes));
    let bucket = has(flag::RATE).then(|| unpack_bucket(bytes));
    let rests = has(flag::RESTS).then(|| {
        let (until, from) = (unpack_epoch(bytes)?, unpack_epoch(bytes)?);
        Some((until, from, u64::unpack(bytes)?))
    });
    let terms = has(flag::TERMS).then(|| u64::unpack(bytes));
    let ticketed = (marks & mark::TICKETED != 0).then(|| unpack_epoch(bytes));
    let paid_from = (marks & mark::TRIED != 0).then(|| unpack_epoch(bytes));
    let (suspended_until, suspended_from, rested) = all(rests)?.unwrap_or((0, 0, 0));
    Some(Grant {
        id,
        parent: all(parent)?,
        actions: Actions::of_bits(actions & !(REVOCABLE | MARKED))?,
        scope,
        span: Span {
            start,
            end: all(end)?,
        },
        uses: all(uses)?,
        bucket: all(bucket)?,
        revocable: actions & REVOCABLE != 0,
        revoked: has(flag::REVOKED),
        renounced: marks & mark::RENOUNCED != 0,
        escrowed: marks & mark::ESCROWED != 0,
        held_up: marks & mark::HELD_UP != 0,
        suspended_until,
        suspended_from,
        rested,
        paid_from: all(paid_from)?.unwrap_or(0),
        generation,
        terms: all(terms)?.unwrap_or(0),
        ticketed_until: all(ticketed)?.unwrap_or(0),
    })
}

/// What is there has to be readable.
fn all<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn unpack_parent(bytes: &mut &[u8]) -> Option<Parent> {
    let (subject, id) = (u64::unpack(bytes)?, u64::unpack(bytes)?);
    Some(Parent { subject, id })
}

fn unpack_scope(bytes: &mut &[u8]) -> Option<Scope> {
    let kind = u64::unpack(bytes)?;
    let length = usize::try_from(u64::unpack(bytes)?).ok()?;
    let part = take(length, bytes)?.to_vec();
    match kind {
        PATH => String::from_utf8(part).ok().map(Scope::Path),
        CID => Some(Scope::Cid(part)),
        _ => None,
    }
}

fn unpack_bucket(bytes: &mut &[u8]) -> Option<Bucket> {
    Some(Bucket {
        capacity: u64::unpack(bytes)?,
        refill: u64::unpack(bytes)?,
        per: u64::unpack(bytes)?,
        level: u64::unpack(bytes)?,
        since: unpack_epoch(bytes)?,
    })
}

fn pack_bytes(kind: u64, part: &[u8], out: &mut Vec<u8>) {
    kind.pack(out);
    (part.len() as u64).pack(out);
    out.extend_from_slice(part);
}

/// Epochs of the chain are never negative.
fn epoch(epoch: i64) -> u64 {
    u64::try_from(epoch).unwrap_or(0)
}

fn unpack_epoch(bytes: &mut &[u8]) -> Option<i64> {
    i64::try_from(u64::unpack(bytes)?).ok()
}

/// For tools that show a state.
impl Serialize for Held {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all: Vec<GrantInfo> = self.0.iter().map(info).collect();
        all.serialize(serializer)
    }
}

impl Schema for Held {
    fn shape() -> Shape {
        Vec::<GrantInfo>::shape()
    }

    fn sample() -> Self {
        Self::default()
    }
}
