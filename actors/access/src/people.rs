//! Whom messages name.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, MAX_BATCH, MAX_PAGE};
use holdfast_runtime::recipient::{Named, NoRecipient, name_or_create, resolve_or_create};
use holdfast_runtime::scope::Scope;
use holdfast_runtime::{ActorError, Runtime};

use crate::state::AccessState;

/// Init gives ids from here on in rising order, none twice; below are those of genesis, with gaps.
const FIRST_GIVEN: ActorID = 1_000;

/// Somebody who is to be given something. An address without an actor gets one.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn somebody<R: Runtime>(rt: &mut R, address: &Address) -> Result<ActorID, ActorError> {
    resolve_or_create(rt, address).map_err(|why| AccessError::nobody(*address, why).into())
}

/// Somebody whom a message names, before anybody has looked whether an id has an actor. An address without an actor gets one.
///
/// # Errors
/// [`AccessError::Nobody`].
pub(crate) fn named<R: Runtime>(rt: &mut R, address: &Address) -> Result<Named, ActorError> {
    name_or_create(rt, address).map_err(|why| AccessError::nobody(*address, why).into())
}

fn nobody_yet(id: ActorID) -> ActorError {
    let address = Address::new_id(id);
    AccessError::nobody(address, NoRecipient::Missing(address)).into()
}

impl AccessState {
    /// Refuses ids that nobody has yet: somebody of another time could get them. Below the youngest actor that was seen there is
    /// nobody to come, so only what lies above is looked up, which costs as much as a block; who acts has been seen too.
    ///
    /// # Errors
    /// [`AccessError::Nobody`].
    pub(crate) fn require_actors<R: Runtime>(
        &mut self,
        scope: &Scope<'_, R>,
        by: ActorID,
        all: &[Named],
    ) -> Result<(), ActorError> {
        let seen = all.iter().filter(|subject| subject.exists);
        let seen = seen.map(|subject| subject.id).chain([by, self.youngest]);
        self.youngest = seen.max().unwrap_or(by);
        let ids = all.iter().filter(|subject| !subject.exists);
        let mut ids: Vec<ActorID> = ids.map(|subject| subject.id).collect();
        ids.sort_unstable();
        for id in ids.into_iter().rev() {
            if (FIRST_GIVEN..=self.youngest).contains(&id) {
                continue;
            }
            if !scope.exists(id) {
                return Err(nobody_yet(id));
            }
            self.youngest = self.youngest.max(id);
        }
        Ok(())
    }
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

/// Everybody of a batch, as [`named`].
///
/// # Errors
/// [`AccessError::InvalidBatch`], [`AccessError::Nobody`].
pub(crate) fn everybody<R: Runtime>(rt: &mut R, addresses: &[Address]) -> Result<Vec<Named>, ActorError> {
    require_batch(addresses.len())?;
    addresses.iter().map(|address| named(rt, address)).collect()
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
