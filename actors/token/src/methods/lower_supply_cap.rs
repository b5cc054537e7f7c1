//! Lowers the supply cap. It never rises.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::SupplyCapLowered;
use holdfast_api::token::{TokenError, method};
use holdfast_policies::supply;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::state::{TokenState, require_amount};

impl Handle<method::LowerSupplyCap> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, cap: TokenAmount) -> Result<(), ActorError> {
        require_amount(&cap)?;
        rt.transaction(|st: &mut TokenState, store| {
            let lowest = st.supply.clone();
            st.settings.update(store, |settings| {
                settings.by_owner(caller)?;
                if !supply::may_become_cap(cap.atto(), settings.supply_cap.atto(), lowest.atto()) {
                    let highest = settings.supply_cap.clone();
                    return Err(TokenError::InvalidSupplyCap {
                        cap: cap.clone(),
                        lowest,
                        highest,
                    }
                    .into());
                }
                settings.supply_cap = cap.clone();
                Ok(())
            })
        })?;
        SupplyCapLowered { cap }.emit(rt)
    }
}
