//! Gives, changes and takes the right to mint.

use holdfast_api::token::events::MinterSet;
use holdfast_api::token::{SetMinterParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::recipient::appointee;
use crate::state::{TokenState, require_amount};
use holdfast_runtime::event::Event;

impl Handle<method::SetMinter> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetMinterParams) -> Result<(), ActorError> {
        require_amount(&p.cap)?;
        let minter = appointee(rt, &p.minter)?;
        rt.transaction(|st: &mut TokenState, store| {
            st.settings.update(store, |settings| {
                settings.by_owner(caller)?;
                let cap = (!p.cap.is_zero()).then(|| p.cap.clone());
                settings.minters.update(store, [(minter, cap)])
            })
        })?;
        MinterSet { minter, cap: p.cap }.emit(rt)
    }
}
