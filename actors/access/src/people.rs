//! Whom messages name.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, MAX_BATCH, MAX_PAGE};
use holdfast_runtime::recipient::{Named, NoRecipient, name_or_create};
use holdfast_runtime::{ActorError, Runtime};

/// Somebody who is to be given something. An address without an actor gets one.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn somebody<R: Runtime>(rt: &mut R, address: &Address) -> Result<ActorID, ActorError> {
    let subject = named(rt, address)?;
    require_actor(rt, subject)?;
    Ok(subject.id)
}

fn named<R: Runtime>(rt: &mut R, address: &Address) -> Result<Named, ActorError> {
    name_or_create(rt, address).map_err(|why| AccessError::nobody(*address, why).into())
}

/// Somebody of another time could have an id that nobody has.
fn require_actor<R: Runtime>(rt: &R, subject: Named) -> Result<(), ActorError> {
    if subject.exists || rt.code_cid(subject.id).is_some() {
        return Ok(());
    }
    let address = Address::new_id(subject.id);
    Err(AccessError::nobody(address, NoRecipient::Missing(address)).into())
}

/// Somebody who may be owed something. What this actor paid to itself would be lost.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn payee<R: Runtime>(rt: &mut R, address: &Address) -> Result<ActorID, ActorError> {
    let payee = somebody(rt, address)?;
    if payee != rt.message().receiver {
        return Ok(payee);
    }
    let (address, why) = (*address, "it would pay itself".to_owned());
    Err(AccessError::Nobody { address, why }.into())
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
    let all = addresses.iter().map(|address| named(rt, address));
    let all: Vec<Named> = all.collect::<Result<_, _>>()?;
    // Ids are given by Init in rising order and never twice: below one that has an actor there is none to come. A look-up
    // costs half as much as a whole block, so only the highest is looked up.
    if let Some(highest) = all.iter().max_by_key(|subject| subject.id) {
        require_actor(rt, *highest)?;
    }
    Ok(all.iter().map(|subject| subject.id).collect())
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
