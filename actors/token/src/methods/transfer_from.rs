//! Moves a holder's tokens on an allowance: with the receiver hook on FRC-46, without it on ERC-20.

use holdfast_api::token::{Erc20TransferFromParams, TransferFromParams, TransferFromReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::transfer::{received, tell_recipient};
use crate::TokenActor;
use crate::events::transferred;
use crate::recipient::{holder, receiver, require_operator, require_operator_data};
use crate::state::{TokenState, require_amount};

impl Handle<method::TransferFrom> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: TransferFromParams,
    ) -> Result<TransferFromReturn, ActorError> {
        require_amount(&p.amount)?;
        require_operator_data(&p.operator_data)?;
        let (operator, from, to) = (caller.id(), holder(rt, &p.from)?, receiver(rt, &p.to)?);
        require_operator(operator, from)?;
        let (balances, allowance) = rt.transaction(|st: &mut TokenState, store| {
            st.require_not_paused()?;
            let allowance = st.spend_allowance(store, (from, operator), &p.amount)?;
            Ok((st.move_tokens(store, (from, to), &p.amount)?, allowance))
        })?;
        transferred(rt, Some(from), Some(to), &p.amount)?;

        let before = rt.root();
        let received = received((from, to), operator, p.amount, p.operator_data);
        let ((from_balance, to_balance), recipient_data) = tell_recipient(rt, received, balances)?;
        let allowance = if rt.root() == before {
            allowance
        } else {
            rt.state::<TokenState>()?.allowance(rt.store(), from, operator)?
        };
        Ok(TransferFromReturn {
            from_balance,
            to_balance,
            allowance,
            recipient_data,
        })
    }
}

impl Handle<method::transferFrom> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: Erc20TransferFromParams,
    ) -> Result<bool, ActorError> {
        let (operator, from, to) = (caller.id(), holder(rt, &p.from)?, receiver(rt, &p.to)?);
        rt.transaction(|st: &mut TokenState, store| {
            st.require_not_paused()?;
            st.spend_allowance(store, (from, operator), &p.value)?;
            st.move_tokens(store, (from, to), &p.value)
        })?;
        transferred(rt, Some(from), Some(to), &p.value)?;
        Ok(true)
    }
}
