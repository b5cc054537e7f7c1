//! Raises and lowers an allowance (FRC-46).

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{DecreaseAllowanceParams, IncreaseAllowanceParams, method};
use holdfast_policies::allowance;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::approved;
use crate::recipient::{existing, operator, require_operator};
use crate::state::{TokenState, require_amount};

impl Handle<method::IncreaseAllowance> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: IncreaseAllowanceParams,
    ) -> Result<TokenAmount, ActorError> {
        require_amount(&p.increase)?;
        let (holder, operator) = (caller.id(), operator(rt, &p.operator)?);
        require_operator(operator.id(), holder)?;
        let (raised, spender) = rt.transaction(|st: &mut TokenState, scope| {
            st.require_not_paused()?;
            let raised = st.change_allowance(scope, (holder, operator.id()), |now| {
                Ok(TokenAmount::from_atto(allowance::raise(
                    now.atto(),
                    p.increase.atto(),
                )))
            })?;
            let spender = operator.party(scope, st.accounts.peek(&operator.id()).as_ref())?;
            Ok((raised, spender))
        })?;
        approved(rt, (holder, spender), &raised)?;
        Ok(raised)
    }
}

impl Handle<method::DecreaseAllowance> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: DecreaseAllowanceParams,
    ) -> Result<TokenAmount, ActorError> {
        require_amount(&p.decrease)?;
        let Some(operator) = existing(rt, &p.operator) else {
            return Ok(TokenAmount::default());
        };
        let pair = (caller.id(), operator);
        require_operator(pair.1, pair.0)?;
        let lowered = rt.transaction(|st: &mut TokenState, store| {
            st.change_allowance(store, pair, |now| {
                Ok(TokenAmount::from_atto(allowance::lower(
                    now.atto(),
                    p.decrease.atto(),
                )))
            })
        })?;
        approved(rt, (pair.0, operator.into()), &lowered)?;
        Ok(lowered)
    }
}
