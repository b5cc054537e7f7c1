//! Takes grants back, and gives them back. Never stopped by a freeze, and for good.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::events::{AllRevoked, Revoked};
use holdfast_api::access::{AccessError, DataSetId, GrantAt, GrantId, RenounceParams, method};
use holdfast_policies::access::grant::{MAX_CHAIN, Parent};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::acting::Acting;
use crate::data_set::DataSet;
use crate::people::known;
use crate::powers::{administers, require_owner};
use crate::state::AccessState;

impl Handle<method::Revoke> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: GrantAt) -> Result<(), ActorError> {
        take_back(rt, caller.into(), &p)
    }
}

impl Handle<method::Renounce> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: RenounceParams) -> Result<(), ActorError> {
        revoke(rt, caller.into(), (p.data_set, caller.id(), p.grant))
    }
}

impl Handle<method::RevokeAll> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, data_set: DataSetId) -> Result<u64, ActorError> {
        let generation = rt.transaction(|st: &mut AccessState, store| {
            let (ended, generation) = st.change_data_set(store, data_set, |head| {
                require_owner(head, data_set, caller)?;
                Ok((head.raise_generation(store.epoch()), head.generation))
            })?;
            st.change_market(store, |market| market.set_ended(store, data_set, ended))?;
            Ok(generation)
        })?;
        AllRevoked { data_set, generation }.emit(rt)?;
        Ok(generation)
    }
}

/// Takes back what is named.
///
/// # Errors
/// [`AccessError::NoGrant`], [`AccessError::NotAbove`], [`AccessError::NotRevocable`].
pub(super) fn take_back<R: Runtime>(rt: &mut R, by: Acting, p: &GrantAt) -> Result<(), ActorError> {
    let subject = known(rt, &p.subject)?;
    revoke(rt, by, (p.data_set, subject, p.grant))
}

/// Revoking what is revoked, or sold and over or taken with all others, changes and tells nothing.
fn revoke<R: Runtime>(rt: &mut R, by: Acting, at: (DataSetId, ActorID, GrantId)) -> Result<(), ActorError> {
    let (data_set, subject, grant) = at;
    let changed = rt.transaction(|st: &mut AccessState, scope| {
        by.begin(st, scope)?;
        let generation = require_above(st, scope, at, by)?;
        st.change_grant(scope, at, |found| {
            if !found.can_be_revoked(scope.epoch()) && by.id() != subject {
                return Err(AccessError::NotRevocable { grant }.into());
            }
            // What was paid for and has ended is taken from nobody, or all of it would be paid back.
            let ended = found.generation != generation || found.span.is_over(scope.epoch());
            if found.escrowed && ended {
                return Ok(false);
            }
            let revoked = core::mem::replace(&mut found.revoked, true);
            found.renounced |= !revoked && by.id() == subject;
            Ok(!revoked)
        })
    })?;
    if !changed {
        return Ok(());
    }
    let by = by.id();
    Revoked {
        data_set,
        subject,
        grant,
        by,
    }
    .emit(rt)
}

/// Refuses who is neither the subject, nor above the grant, nor the owner, nor an admin, nor the guardian of a data set where
/// the grant has not begun. Gives the data set's generation.
fn require_above<S: Blockstore + Clock>(
    st: &AccessState,
    scope: &S,
    (data_set, subject, grant): (DataSetId, ActorID, GrantId),
    by: Acting,
) -> Result<u64, ActorError> {
    let head = st.data_set(scope, data_set)?;
    let lowest = Parent { subject, id: grant };
    if is_above(st, scope, (data_set, &head), Some(lowest), by)? {
        return Ok(head.generation);
    }
    let held = st.held(scope, data_set, subject)?;
    let found = held.find(grant).ok_or(AccessError::NoGrant {
        data_set,
        subject: Address::new_id(subject),
        grant,
    })?;
    if head.guardian == Some(by.id()) && scope.epoch() < found.span.start {
        return Ok(head.generation);
    }
    let caller = by.address();
    Err(AccessError::NotAbove { grant, caller }.into())
}

/// Whether somebody is the owner, holds the lowest grant of a chain or one above it, or is an admin.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn is_above<S: Blockstore + Clock>(
    st: &AccessState,
    scope: &S,
    (data_set, head): (DataSetId, &DataSet),
    lowest: Option<Parent>,
    by: impl Into<Acting>,
) -> Result<bool, ActorError> {
    let by = by.into();
    if head.owner == by.id() {
        return Ok(true);
    }
    let mut at = lowest;
    for _ in 0..MAX_CHAIN {
        let Some(Parent { subject, id }) = at else { break };
        if subject == by.id() {
            return Ok(true);
        }
        let held = st.held(scope, data_set, subject)?;
        at = held.find(id).and_then(|found| found.parent);
    }
    administers((st, scope), (data_set, head), by.id(), scope.epoch())
}
