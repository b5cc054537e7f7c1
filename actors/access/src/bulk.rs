//! Large states, for tools that measure: messages would take hours.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, DataSetId};
use holdfast_policies::access::grant::Grant;
use holdfast_runtime::ActorError;

use crate::state::AccessState;
use crate::steps::change_held;

/// Gives what one subject has in a data set, its first grant, to others too, as one message would.
///
/// # Errors
/// [`AccessError::NoGrant`]; USR_ILLEGAL_STATE when a block is missing.
pub fn copy_grant<BS: Blockstore>(
    state: &mut AccessState,
    store: &BS,
    (data_set, of): (DataSetId, ActorID),
    to: &[ActorID],
) -> Result<(), ActorError> {
    let held = state.held(store, data_set, of)?.0;
    let (subject, first) = (Address::new_id(of), state.next_grant);
    let grant = held.first().ok_or(AccessError::NoGrant {
        data_set,
        subject,
        grant: 0,
    })?;
    let mut grants = state.grants.edit(store)?;
    for (id, subject) in (first..).zip(to) {
        change_held(&mut grants, data_set, *subject, |held| {
            held.push(Grant { id, ..grant.clone() });
            Ok(())
        })?;
    }
    grants.finish()?;
    state.next_grant = first.saturating_add(to.len() as u64);
    Ok(())
}
