//! Who acts: the caller, or somebody who signed what the caller brings.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, CarryParams};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::{ActorError, Runtime};

use crate::people::existing;
use crate::signature::require_signed;
use crate::state::AccessState;

/// Proof that somebody acts. Only a caller and a signature that was checked make one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Acting {
    id: ActorID,
    /// That of the signed message.
    nonce: Option<u64>,
}

impl From<Caller> for Acting {
    fn from(caller: Caller) -> Self {
        let (id, nonce) = (caller.id(), None);
        Self { id, nonce }
    }
}

impl Acting {
    /// The signer of a message that is carried in time.
    ///
    /// # Errors
    /// [`AccessError::MessageExpired`], [`AccessError::Nobody`], [`AccessError::NonceUsed`], [`AccessError::SignatureTooLong`],
    /// [`AccessError::NotSigned`].
    pub(crate) fn by_signature<R: Runtime>(rt: &R, message: &CarryParams) -> Result<Self, ActorError> {
        let (deadline, now) = (message.deadline, rt.network().epoch);
        if now >= deadline {
            return Err(AccessError::MessageExpired { deadline, now }.into());
        }
        let (id, nonce) = (existing(rt, &message.signer)?, message.nonce);
        require_signed(rt, id, message)?;
        let nonce = Some(nonce);
        Ok(Self { id, nonce })
    }

    /// Who.
    pub(crate) fn id(&self) -> ActorID {
        self.id
    }

    /// Who, as an id address.
    pub(crate) fn address(&self) -> Address {
        Address::new_id(self.id)
    }

    /// Uses up the nonce of a signed message, before anything else happens. Whatever can be signed begins with it.
    ///
    /// # Errors
    /// [`AccessError::NonceUsed`].
    pub(crate) fn begin<BS: Blockstore>(&self, st: &mut AccessState, store: &BS) -> Result<(), ActorError> {
        match self.nonce {
            None => Ok(()),
            Some(nonce) => st.change_annex(store, |annex| annex.use_nonce(store, self.id, nonce)),
        }
    }
}
