//! Who may change a data set.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{AccessError, DataSetId};
use holdfast_policies::access::action::Action;
use holdfast_policies::access::decision::{Facts, Request, by_grant};
use holdfast_policies::access::scope::Scope;
use holdfast_runtime::ActorError;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::scope::Clock;

use crate::data_set::DataSet;
use crate::facts::{Known, Silence};
use crate::state::AccessState;

/// Refuses everybody but the owner.
///
/// # Errors
/// [`AccessError::NotOwner`].
pub(crate) fn require_owner(head: &DataSet, data_set: DataSetId, caller: Caller) -> Result<(), ActorError> {
    if head.owner == caller.id() {
        return Ok(());
    }
    let caller = caller.address();
    Err(AccessError::NotOwner { data_set, caller }.into())
}

/// Refuses everybody but the owner and the guardian.
///
/// # Errors
/// [`AccessError::NotGuardian`].
pub(crate) fn require_guardian(
    head: &DataSet,
    data_set: DataSetId,
    caller: Caller,
) -> Result<(), ActorError> {
    if head.owner == caller.id() || head.guardian == Some(caller.id()) {
        return Ok(());
    }
    let caller = caller.address();
    Err(AccessError::NotGuardian { data_set, caller }.into())
}

/// Whether somebody has a grant to administer the whole data set. Rules and a freeze have no say in it: who administers has to
/// be able to mend them.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
fn is_admin<F: Facts<Error = ActorError>>(
    facts: &mut F,
    caller: Caller,
    now: ChainEpoch,
) -> Result<bool, ActorError> {
    let request = Request {
        scope: &Scope::All,
        subject: caller.id(),
        action: Action::Admin,
        now,
    };
    let decision = by_grant(facts, request, None)?;
    Ok(decision.is_some_and(|decision| decision.reason.allows()))
}

/// The head of a data set, for its owner and admins.
///
/// # Errors
/// [`AccessError::NotAdmin`], [`AccessError::NoDataSet`].
pub(crate) fn head_for_admin<S: Blockstore + Clock>(
    state: &AccessState,
    scope: &S,
    data_set: DataSetId,
    caller: Caller,
) -> Result<DataSet, ActorError> {
    let head = state.data_set(scope, data_set)?;
    if head.owner == caller.id() || administers(state, scope, (data_set, &head), caller)? {
        return Ok(head);
    }
    let caller = caller.address();
    Err(AccessError::NotAdmin { data_set, caller }.into())
}

/// Whether somebody has a grant to administer a data set.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn administers<S: Blockstore + Clock>(
    state: &AccessState,
    scope: &S,
    head: (DataSetId, &DataSet),
    caller: Caller,
) -> Result<bool, ActorError> {
    let now = scope.epoch();
    let mut known = Known::new((state, scope), head, (&[], now), Silence);
    is_admin(&mut known, caller, now)
}
