//! Whom messages name.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, MAX_BATCH, MAX_PAGE};
use holdfast_runtime::recipient::resolve_or_create;
use holdfast_runtime::{ActorError, Runtime};

/// Somebody who is to be given something. An address without an actor gets one.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn somebody<R: Runtime>(rt: &mut R, address: &Address) -> Result<ActorID, ActorError> {
    resolve_or_create(rt, address).map_err(|why| AccessError::nobody(*address, why).into())
}

/// Somebody, if anybody is meant.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn perhaps<R: Runtime>(
    rt: &mut R,
    address: Option<&Address>,
) -> Result<Option<ActorID>, ActorError> {
    address.map(|address| somebody(rt, address)).transpose()
}

/// An actor that has to be there. Nobody is created for it.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn existing<R: Runtime>(rt: &R, address: &Address) -> Result<ActorID, ActorError> {
    let id = rt.resolve(address).filter(|id| rt.code_cid(*id).is_some());
    id.ok_or_else(|| {
        let (address, why) = (*address, "it has no actor".to_owned());
        AccessError::Nobody { address, why }.into()
    })
}

/// Somebody whose grants are meant. An id is a number until somebody looks, and nobody has to look.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn known<R: Runtime>(rt: &R, address: &Address) -> Result<ActorID, ActorError> {
    rt.resolve(address).ok_or_else(|| {
        let (address, why) = (*address, "it has no actor".to_owned());
        AccessError::Nobody { address, why }.into()
    })
}

/// Everybody of a batch.
///
/// # Errors
/// [`AccessError::InvalidBatch`], [`AccessError::Nobody`].
pub(crate) fn everybody<R: Runtime>(rt: &mut R, addresses: &[Address]) -> Result<Vec<ActorID>, ActorError> {
    require_batch(addresses.len())?;
    addresses.iter().map(|address| somebody(rt, address)).collect()
}

/// Refuses batches without entries, and those with too many.
///
/// # Errors
/// [`AccessError::InvalidBatch`].
pub(crate) fn require_batch(len: usize) -> Result<(), ActorError> {
    if (1..=MAX_BATCH).contains(&len) {
        return Ok(());
    }
    Err(AccessError::InvalidBatch { len, max: MAX_BATCH }.into())
}

/// The size of a page.
///
/// # Errors
/// [`AccessError::InvalidPage`].
pub(crate) fn page_of(limit: u64, max: u64) -> Result<usize, ActorError> {
    let fits = (1..=max.min(MAX_PAGE)).contains(&limit);
    usize::try_from(limit)
        .ok()
        .filter(|_| fits)
        .ok_or_else(|| AccessError::InvalidPage { limit, max }.into())
}
