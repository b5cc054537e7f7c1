//! Stops transfers, mints and new allowances, and lets them go on.

use fvm_ipld_blockstore::Blockstore;
use holdfast_api::token::events::{Paused, Unpaused};
use holdfast_api::token::{TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::canonical;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::state::TokenState;
use holdfast_runtime::event::Event;

impl Handle<method::Pause> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<(), ActorError> {
        rt.transaction(|st: &mut TokenState, store| set_paused(st, store, caller, true))?;
        let account = canonical(rt, caller.id());
        Paused { account }.emit(rt)
    }
}

impl Handle<method::Unpause> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<(), ActorError> {
        rt.transaction(|st: &mut TokenState, store| set_paused(st, store, caller, false))?;
        let account = canonical(rt, caller.id());
        Unpaused { account }.emit(rt)
    }
}

fn set_paused<BS: Blockstore>(
    st: &mut TokenState,
    store: &BS,
    caller: Caller,
    paused: bool,
) -> Result<(), ActorError> {
    st.settings.load(store)?.require_pauser(caller)?;
    match (st.paused, paused) {
        (true, true) => Err(TokenError::Paused.into()),
        (false, false) => Err(TokenError::NotPaused.into()),
        _ => {
            st.paused = paused;
            Ok(())
        }
    }
}
