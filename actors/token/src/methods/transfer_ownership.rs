//! Hands the ownership over in two steps, or gives it up.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::token::events::{OwnershipTransferStarted, OwnershipTransferred};
use holdfast_api::token::{TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::eth_or_zero;
use crate::recipient::{appointee, unless_zero};
use crate::state::TokenState;

impl Handle<method::TransferOwnership> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, to: Address) -> Result<(), ActorError> {
        // As in OpenZeppelin's Ownable2Step, an offer to 0x0 takes an offer back.
        let new = unless_zero(to).map(|to| appointee(rt, &to)).transpose()?;
        rt.transaction(|st: &mut TokenState, store| {
            st.settings.update(store, |settings| {
                settings.by_owner(caller)?;
                settings.pending_owner = new;
                Ok(())
            })
        })?;
        let (previous_owner, new_owner) = (eth_or_zero(rt, Some(caller.id())), eth_or_zero(rt, new));
        OwnershipTransferStarted {
            previous_owner,
            new_owner,
        }
        .emit(rt)
    }
}

impl Handle<method::AcceptOwnership> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<(), ActorError> {
        let previous = rt.transaction(|st: &mut TokenState, store| {
            st.settings.update(store, |settings| {
                if settings.pending_owner != Some(caller.id()) {
                    return Err(TokenError::NotPendingOwner {
                        caller: caller.address(),
                    }
                    .into());
                }
                settings.pending_owner = None;
                Ok(settings.owner.replace(caller.id()))
            })
        })?;
        owner_changed(rt, previous, Some(caller.id()))
    }
}

impl Handle<method::RenounceOwnership> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<(), ActorError> {
        rt.transaction(|st: &mut TokenState, store| {
            st.settings.update(store, |settings| {
                let by = settings.by_owner(caller)?;
                settings.set_owner(by, None);
                Ok(())
            })
        })?;
        owner_changed(rt, Some(caller.id()), None)
    }
}

fn owner_changed<R: Runtime>(
    rt: &mut R,
    from: Option<ActorID>,
    to: Option<ActorID>,
) -> Result<(), ActorError> {
    let (previous_owner, new_owner) = (eth_or_zero(rt, from), eth_or_zero(rt, to));
    OwnershipTransferred {
        previous_owner,
        new_owner,
    }
    .emit(rt)
}
