//! Writes down what somebody is seen to hold.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{AccessError, ObserveHolderParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::ask::Machine;
use crate::people::existing;
use crate::state::{AccessState, Observed};

impl Handle<method::ObserveHolder> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: ObserveHolderParams,
    ) -> Result<TokenAmount, ActorError> {
        let (token, holder) = (existing(rt, &p.token)?, existing(rt, &p.holder)?);
        let held = Machine::new(rt, None).balance(token, &p.standard, holder);
        let held = held.map(TokenAmount::from_atto).ok_or_else(|| {
            let (token, why) = (
                p.token,
                "it fails, or answers something else than a number".to_owned(),
            );
            AccessError::NoBalance { token, why }
        })?;
        let own = caller.id() == holder;
        rt.transaction(|st: &mut AccessState, scope| {
            st.shelves.update(scope, |shelves| {
                shelves.observed.change(scope, &(token, holder), |before| {
                    let before = before.map(Recorded::read).transpose()?;
                    seen(before, &held, own, scope)
                        .map(|seen| Recorded::new(&seen))
                        .transpose()
                })
            })
        })?;
        Ok(held)
    }
}

/// Who held more before has held what is left all along; who has more now begins anew with it, by its own word only: else anyone
/// could send it a little and have it begin anew for ever. Nothing is no holding.
fn seen<S: Clock>(before: Option<Observed>, held: &TokenAmount, own: bool, clock: &S) -> Option<Observed> {
    match before {
        _ if held.is_zero() => None,
        Some(before) if before.least >= *held => Some(Observed {
            least: held.clone(),
            ..before
        }),
        Some(before) if !own => Some(before),
        _ => Some(Observed {
            since: clock.epoch(),
            least: held.clone(),
        }),
    }
}
