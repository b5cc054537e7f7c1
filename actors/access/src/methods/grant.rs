//! Gives grants, and gives them on.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::events::Granted;
use holdfast_api::access::{
    AccessError, DataSetId, GrantId, GrantManyParams, GrantParams, GrantTerms, MAX_GRANTS, Rate,
    SolidityGrantParams, method,
};
use holdfast_policies::access::action::Action;
use holdfast_policies::access::bucket::Bucket;
use holdfast_policies::access::decision::{Reason, Request, along_chain};
use holdfast_policies::access::delay::first_epoch;
use holdfast_policies::access::grant::{Grant, MAX_CHAIN, Parent, Wider};
use holdfast_policies::access::span::Span;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::recipient::Named;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use super::set_rule::new_version;
use crate::AccessActor;
use crate::acting::Acting;
use crate::chain::broken;
use crate::convert;
use crate::data_set::DataSet;
use crate::facts::{Known, Silence};
use crate::people::{everybody, named};
use crate::powers::head_for_admin;
use crate::state::AccessState;
use crate::steps::{Grants, change_held};

impl Handle<method::Grant> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: GrantParams) -> Result<GrantId, ActorError> {
        give_one(rt, caller.into(), &p)
    }
}

impl Handle<method::GrantMany> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: GrantManyParams) -> Result<GrantId, ActorError> {
        let subjects = everybody(rt, &p.subjects)?;
        give(rt, caller.into(), (p.data_set, p.from), &subjects, &p.terms)
    }
}

impl Handle<method::grant> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SolidityGrantParams) -> Result<GrantId, ActorError> {
        let subject = named(rt, &p.subject)?;
        let terms = GrantTerms {
            scope: convert::part(p.path),
            start: convert::unless_zero(p.start).map(convert::epoch),
            end: convert::unless_zero(p.end).map(convert::epoch),
            ..GrantTerms::plain(p.actions)
        };
        give(
            rt,
            caller.into(),
            (p.data_set, convert::unless_zero(p.from)),
            &[subject],
            &terms,
        )
    }
}

/// Gives a grant; gives its number.
///
/// # Errors
/// Whatever is wrong with it, or with who gives it.
pub(super) fn give_one<R: Runtime>(rt: &mut R, by: Acting, p: &GrantParams) -> Result<GrantId, ActorError> {
    let subject = named(rt, &p.subject)?;
    give(rt, by, (p.data_set, p.from), &[subject], &p.terms)
}

/// Gives the same to all of them; gives the number of the first grant.
fn give<R: Runtime>(
    rt: &mut R,
    by: Acting,
    (data_set, from): (DataSetId, Option<GrantId>),
    subjects: &[Named],
    terms: &GrantTerms,
) -> Result<GrantId, ActorError> {
    let ids: Vec<ActorID> = subjects.iter().map(|subject| subject.id).collect();
    let (first, actions) = rt.transaction(|st: &mut AccessState, scope| {
        by.begin(st, scope)?;
        st.require_actors(scope, by.id(), subjects)?;
        let head = head_for_giver(st, scope, (data_set, from), by)?;
        let grant = made(st, scope, (data_set, &head), (by.id(), from), terms)?;
        let first = add(st, scope, (data_set, &head), (&grant, MAX_GRANTS), &ids)?;
        tell_next_owner(st, scope, (data_set, from), terms)?;
        Ok((first, grant.actions.bits()))
    })?;
    for (grant, subject) in (first..).zip(ids) {
        Granted {
            data_set,
            subject,
            grant,
            by: by.id(),
            actions,
        }
        .emit(rt)?;
    }
    Ok(first)
}

/// The head of a data set, for those who give without a grant of their own; for others the grant decides.
///
/// # Errors
/// [`AccessError::NotAdmin`], [`AccessError::NoDataSet`].
pub(super) fn head_for_giver<S: Blockstore + Clock>(
    st: &AccessState,
    scope: &S,
    (data_set, from): (DataSetId, Option<GrantId>),
    by: Acting,
) -> Result<DataSet, ActorError> {
    match from {
        None => head_for_admin(st, scope, data_set, by),
        Some(_) => st.data_set(scope, data_set),
    }
}

/// The grant that somebody gives, from the grant `from` of its own or with an admin's power. It has no number yet.
///
/// # Errors
/// When the terms are none, the grant above does not count or is narrower, or the data set is frozen.
pub(super) fn made<S: Blockstore + Clock>(
    st: &AccessState,
    scope: &S,
    (data_set, head): (DataSetId, &DataSet),
    (by, from): (ActorID, Option<GrantId>),
    terms: &GrantTerms,
) -> Result<Grant, ActorError> {
    let grant = match from {
        None => granted((st, scope), (data_set, head), terms, (None, terms.end))?,
        Some(id) => {
            let above = giver(st, scope, (data_set, head), (by, id), terms)?;
            given_on((st, scope), (data_set, head), terms, (by, &above))?
        }
    };
    if head.is_frozen() {
        return Err(AccessError::Frozen { data_set }.into());
    }
    Ok(grant)
}

/// Raises the version that who takes the data set over names, if the owner or an admin gives something for good: it binds the
/// next owner too.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn tell_next_owner<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    (data_set, from): (DataSetId, Option<GrantId>),
    terms: &GrantTerms,
) -> Result<(), ActorError> {
    if from.is_none() && !terms.revocable {
        new_version(st, scope, data_set, |_| ())?;
    }
    Ok(())
}

/// Adds the same grant to all of them, who may have `most` with it; gives the number of the first.
///
/// # Errors
/// [`AccessError::OwnerNeedsNone`], [`AccessError::TooManyGrants`], [`AccessError::NoRoomForPresents`].
pub(super) fn add<S: Blockstore + Clock>(
    st: &mut AccessState,
    scope: &S,
    (data_set, head): (DataSetId, &DataSet),
    (grant, most): (&Grant, usize),
    subjects: &[ActorID],
) -> Result<GrantId, ActorError> {
    let (first, now) = (st.next_grant, scope.epoch());
    let mut grants = st.grants.edit(scope)?;
    for (id, subject) in (first..).zip(subjects) {
        if *subject == head.owner {
            return Err(AccessError::OwnerNeedsNone { data_set }.into());
        }
        let grant = Grant { id, ..grant.clone() };
        let (at, clock) = ((data_set, *subject), (head.generation, now));
        if !push(&mut grants, at, (&grant, most), clock)? {
            make_room(&mut grants, at, clock)?;
            if !push(&mut grants, at, (&grant, most), clock)? {
                return Err(too_many(*subject, most));
            }
        }
    }
    grants.finish()?;
    st.next_grant = first.saturating_add(subjects.len() as u64);
    Ok(first)
}

/// Adds a grant where there is room; gives whether there is. A subject with many grants loses those that nobody misses.
fn push<BS: Blockstore>(
    grants: &mut Grants<'_, BS>,
    (data_set, subject): (DataSetId, ActorID),
    (grant, most): (&Grant, usize),
    (generation, now): (u64, ChainEpoch),
) -> Result<bool, ActorError> {
    change_held(grants, data_set, subject, |held| {
        if held.len() >= most {
            held.retain(|grant| !grant.may_be_cleared(generation, now));
        }
        let fits = held.len() < most;
        if fits {
            held.push(grant.clone());
        }
        Ok(fits)
    })
}

/// Before a subject is refused another grant it loses those that nobody can use since one above is dead for good: else whoever
/// may give grants on could fill its slots to stay.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
fn make_room<BS: Blockstore>(
    grants: &mut Grants<'_, BS>,
    at: (DataSetId, ActorID),
    clock: (u64, ChainEpoch),
) -> Result<(), ActorError> {
    let broken = broken(grants, at, clock)?;
    change_held(grants, at.0, at.1, |held| {
        held.retain(|grant| !broken.contains(&grant.id));
        Ok(())
    })
}

fn too_many(subject: ActorID, max: usize) -> ActorError {
    let subject = Address::new_id(subject);
    if max < MAX_GRANTS {
        return AccessError::NoRoomForPresents { subject, max }.into();
    }
    AccessError::TooManyGrants { subject, max }.into()
}

/// What the terms say, without a number, until an end. It begins no sooner than the delays of its actions allow.
fn granted<S: Blockstore + Clock>(
    (st, scope): (&AccessState, &S),
    (data_set, head): (DataSetId, &DataSet),
    terms: &GrantTerms,
    (parent, end): (Option<Parent>, Option<ChainEpoch>),
) -> Result<Grant, ActorError> {
    let (now, actions) = (scope.epoch(), convert::actions(terms.actions)?);
    let delay = st.grant_delay(scope, (data_set, head), actions, now)?;
    let start = first_epoch(terms.start, delay, now);
    let span = Span { start, end };
    if span.is_empty() || span.is_over(now) {
        let end = end.unwrap_or(ChainEpoch::MAX);
        return Err(AccessError::InvalidSpan { start, end, now }.into());
    }
    if terms.uses == Some(0) {
        return Err(AccessError::NoUses.into());
    }
    if terms.terms > head.terms_version {
        let (version, last) = (terms.terms, head.terms_version);
        return Err(AccessError::NoTerms { version, last }.into());
    }
    Ok(Grant {
        parent,
        actions,
        scope: convert::scope(&terms.scope)?,
        span,
        uses: terms.uses,
        bucket: terms.rate.as_ref().map(|rate| bucket(rate, now)).transpose()?,
        revocable: terms.revocable,
        held_up: delay > 0,
        generation: head.generation,
        terms: terms.terms,
        ..Grant::default()
    })
}

/// A full bucket.
///
/// # Errors
/// [`AccessError::InvalidRate`].
pub(super) fn bucket(rate: &Rate, now: ChainEpoch) -> Result<Bucket, ActorError> {
    let Rate {
        capacity,
        refill,
        period,
    } = *rate;
    Bucket::full(capacity, refill, period, now).ok_or_else(|| {
        AccessError::InvalidRate {
            capacity,
            refill,
            period,
        }
        .into()
    })
}

/// The giver's own grant, which has to count now, with all above it, for giving on what the terms say.
fn giver<S: Blockstore + Clock>(
    st: &AccessState,
    scope: &S,
    (data_set, head): (DataSetId, &DataSet),
    (giver, id): (ActorID, GrantId),
    terms: &GrantTerms,
) -> Result<Grant, ActorError> {
    let held = st.held(scope, data_set, giver)?;
    let own = held.find(id).ok_or(AccessError::NoGrant {
        data_set,
        subject: Address::new_id(giver),
        grant: id,
    })?;
    let now = scope.epoch();
    let mut known = Known::new((st, scope), (data_set, head), (&[], now), Silence);
    let request = Request {
        scope: &convert::scope(&terms.scope)?,
        subject: giver,
        action: Action::Grant,
        now,
        uses: 1,
    };
    let length = chain_length(st, scope, data_set, own)?;
    if length >= MAX_CHAIN {
        return Err(wider(id, Wider::Chain(length)));
    }
    if !own.allows(Action::Grant, request.scope) {
        // What is wrong with it is told by the comparison that follows.
        return Ok(own.clone());
    }
    match along_chain(&mut known, request, (own, None))?.reason {
        Reason::Granted { .. } => Ok(own.clone()),
        reason => {
            let why = format!("{:?}", convert::reason(reason));
            Err(AccessError::DeadGrant { grant: id, why }.into())
        }
    }
}

fn chain_length<BS: Blockstore>(
    st: &AccessState,
    store: &BS,
    data_set: DataSetId,
    own: &Grant,
) -> Result<usize, ActorError> {
    let (mut parent, mut length) = (own.parent, 1usize);
    while let Some(Parent { subject, id }) = parent.filter(|_| length < MAX_CHAIN) {
        let held = st.held(store, data_set, subject)?;
        parent = held.find(id).and_then(|above| above.parent);
        length = length.saturating_add(1);
    }
    Ok(length)
}

/// A grant made from another one. What the terms leave open ends with the one above, and whatever has to be accepted for that
/// one has to be for this one.
fn given_on<S: Blockstore + Clock>(
    state: (&AccessState, &S),
    head: (DataSetId, &DataSet),
    terms: &GrantTerms,
    (giver, above): (ActorID, &Grant),
) -> Result<Grant, ActorError> {
    let parent = Parent {
        subject: giver,
        id: above.id,
    };
    let end = terms.end.or(above.span.end);
    let mut grant = granted(state, head, terms, (Some(parent), end))?;
    grant.terms = grant.terms.max(above.terms);
    above.require_within(&grant).map_err(|why| wider(above.id, why))?;
    Ok(grant)
}

fn wider(grant: GrantId, why: Wider) -> ActorError {
    let what = match why {
        Wider::NoGrantAction => "it does not allow giving on".to_owned(),
        Wider::Actions(actions) => format!("it allows the actions {:#07b}", actions.bits()),
        Wider::Scope(scope) => format!("it is for {scope:?}"),
        Wider::Span(Span {
            start,
            end: Some(end),
        }) => format!("it counts from epoch {start} to {end}"),
        Wider::Span(Span { start, end: None }) => format!("it counts from epoch {start} on"),
        Wider::Uses(left) => format!("{left} uses of it are left"),
        Wider::Chain(length) => format!("{length} grants are above already, which is the most"),
    };
    AccessError::WiderThanAbove { grant, what }.into()
}
