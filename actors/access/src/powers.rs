//! Who may change a data set.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{AccessError, DataSetId};
use holdfast_policies::access::action::Action;
use holdfast_policies::access::decision::{Request, by_grant};
use holdfast_policies::access::scope::Scope;
use holdfast_runtime::ActorError;
use holdfast_runtime::scope::Clock;

use crate::acting::Acting;
use crate::data_set::DataSet;
use crate::facts::{Known, Silence};
use crate::state::AccessState;

/// Refuses everybody but the owner.
///
/// # Errors
/// [`AccessError::NotOwner`].
pub(crate) fn require_owner(
    head: &DataSet,
    data_set: DataSetId,
    by: impl Into<Acting>,
) -> Result<(), ActorError> {
    let by = by.into();
    if head.owner == by.id() {
        return Ok(());
    }
    let caller = by.address();
    Err(AccessError::NotOwner { data_set, caller }.into())
}

/// Refuses everybody but the owner and the guardian.
///
/// # Errors
/// [`AccessError::NotGuardian`].
pub(crate) fn require_guardian(
    head: &DataSet,
    data_set: DataSetId,
    by: impl Into<Acting>,
) -> Result<(), ActorError> {
    let by = by.into();
    if head.owner == by.id() || head.guardian == Some(by.id()) {
        return Ok(());
    }
    let caller = by.address();
    Err(AccessError::NotGuardian { data_set, caller }.into())
}

/// The head of a data set, for its owner and admins.
///
/// # Errors
/// [`AccessError::NotAdmin`], [`AccessError::NoDataSet`].
pub(crate) fn head_for_admin<S: Blockstore + Clock>(
    state: &AccessState,
    scope: &S,
    data_set: DataSetId,
    by: impl Into<Acting>,
) -> Result<DataSet, ActorError> {
    let head = state.data_set(scope, data_set)?;
    require_admin(state, scope, (data_set, &head), by)?;
    Ok(head)
}

/// Refuses everybody but the owner and admins.
///
/// # Errors
/// [`AccessError::NotAdmin`].
pub(crate) fn require_admin<S: Blockstore + Clock>(
    state: &AccessState,
    scope: &S,
    (data_set, head): (DataSetId, &DataSet),
    by: impl Into<Acting>,
) -> Result<(), ActorError> {
    let by = by.into();
    if governs((state, scope), (data_set, head), by.id(), scope.epoch())? {
        return Ok(());
    }
    let caller = by.address();
    Err(AccessError::NotAdmin { data_set, caller }.into())
}

/// Refuses everybody but the owner, admins and the guardian.
///
/// # Errors
/// [`AccessError::NotAdmin`].
pub(crate) fn require_watcher<S: Blockstore + Clock>(
    state: &AccessState,
    scope: &S,
    (data_set, head): (DataSetId, &DataSet),
    by: impl Into<Acting>,
) -> Result<(), ActorError> {
    let by = by.into();
    if head.guardian == Some(by.id()) {
        return Ok(());
    }
    require_admin(state, scope, (data_set, head), by)
}

/// Whether somebody owns a data set, or administers it at an epoch.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn governs<BS: Blockstore>(
    state: (&AccessState, &BS),
    (data_set, head): (DataSetId, &DataSet),
    who: ActorID,
    now: ChainEpoch,
) -> Result<bool, ActorError> {
    Ok(head.owner == who || administers(state, (data_set, head), who, now)?)
}

/// Whether somebody has a grant to administer the whole data set at an epoch. Rules and a freeze have no say in it: who
/// administers has to be able to mend them.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn administers<BS: Blockstore>(
    state: (&AccessState, &BS),
    head: (DataSetId, &DataSet),
    subject: ActorID,
    now: ChainEpoch,
) -> Result<bool, ActorError> {
    let request = Request {
        scope: &Scope::All,
        subject,
        action: Action::Admin,
        now,
        uses: 1,
    };
    let mut known = Known::new(state, head, (&[], now), Silence);
    let decision = by_grant(&mut known, request, None)?;
    Ok(decision.is_some_and(|decision| decision.reason.allows()))
}
