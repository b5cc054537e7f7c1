//! Names the burner and the pauser, or nobody.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::token::events::{BurnerSet, PauserSet};
use holdfast_api::token::method;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::recipient::{appointee, unless_zero};
use crate::state::{Settings, TokenState};

impl Handle<method::SetBurner> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, burner: Option<Address>) -> Result<(), ActorError> {
        set_burner(rt, caller, burner)
    }
}

impl Handle<method::setBurner> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, burner: Address) -> Result<(), ActorError> {
        set_burner(rt, caller, unless_zero(burner))
    }
}

impl Handle<method::SetPauser> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, pauser: Option<Address>) -> Result<(), ActorError> {
        set_pauser(rt, caller, pauser)
    }
}

impl Handle<method::setPauser> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, pauser: Address) -> Result<(), ActorError> {
        set_pauser(rt, caller, unless_zero(pauser))
    }
}

fn set_burner<R: Runtime>(rt: &mut R, caller: Caller, burner: Option<Address>) -> Result<(), ActorError> {
    let burner = set_role(rt, caller, burner, |settings, id| settings.burner = id)?;
    BurnerSet { burner }.emit(rt)
}

fn set_pauser<R: Runtime>(rt: &mut R, caller: Caller, pauser: Option<Address>) -> Result<(), ActorError> {
    let pauser = set_role(rt, caller, pauser, |settings, id| settings.pauser = id)?;
    PauserSet { pauser }.emit(rt)
}

/// Puts somebody, or nobody, into a role; gives the id.
fn set_role<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    holder: Option<Address>,
    put: impl FnOnce(&mut Settings, Option<ActorID>),
) -> Result<Option<ActorID>, ActorError> {
    let id = holder.map(|holder| appointee(rt, &holder)).transpose()?;
    rt.transaction(|st: &mut TokenState, store| {
        st.settings.update(store, |settings| {
            settings.by_owner(caller)?;
            put(settings, id);
            Ok(id)
        })
    })
}
