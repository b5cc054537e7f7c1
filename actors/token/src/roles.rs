//! Proofs of roles. What only the owner may do takes a [`ByOwner`], which only a check makes.

use fvm_shared::ActorID;
use holdfast_api::token::TokenError;
use holdfast_runtime::ActorError;
use holdfast_runtime::caller::Caller;

use crate::state::Settings;

/// Proof that the owner calls.
pub(crate) struct ByOwner(());

impl Settings {
    /// Checks for the owner.
    ///
    /// # Errors
    /// [`TokenError::NotOwner`].
    pub(crate) fn by_owner(&self, caller: Caller) -> Result<ByOwner, ActorError> {
        if self.owner == Some(caller.id()) {
            return Ok(ByOwner(()));
        }
        Err(TokenError::NotOwner {
            caller: caller.address(),
        }
        .into())
    }

    /// Checks for the pauser; the owner is one too.
    ///
    /// # Errors
    /// [`TokenError::NotInRole`].
    pub(crate) fn require_pauser(&self, caller: Caller) -> Result<(), ActorError> {
        if self.by_owner(caller).is_ok() {
            return Ok(());
        }
        require_role("pauser", self.pauser, caller)
    }

    /// Checks for the burner.
    ///
    /// # Errors
    /// [`TokenError::NotInRole`].
    pub(crate) fn require_burner(&self, caller: Caller) -> Result<(), ActorError> {
        require_role("burner", self.burner, caller)
    }

    /// Puts somebody, or nobody, in the owner's place. An offer of the ownership ends with it.
    pub(crate) fn set_owner(&mut self, _by: ByOwner, owner: Option<ActorID>) {
        self.owner = owner;
        self.pending_owner = None;
    }
}

fn require_role(role: &'static str, holder: Option<ActorID>, caller: Caller) -> Result<(), ActorError> {
    if holder == Some(caller.id()) {
        return Ok(());
    }
    Err(TokenError::NotInRole {
        caller: caller.address(),
        role,
    }
    .into())
}
