//! Moves a holder's tokens on an allowance: with the receiver hook on FRC-46, without it on ERC-20.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{Erc20TransferFromParams, TransferFromParams, TransferFromReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::transfer::{received, tell_recipient};
use crate::TokenActor;
use crate::events::{Party, transferred, votes_changed};
use crate::recipient::{Receiver, holder, receiver, require_operator, require_operator_data};
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
        let (balances, allowance) = transfer_from(rt, operator, (from, &to), &p.amount)?;

        let before = rt.root();
        let received = received((from, to.id()), operator, p.amount, p.operator_data);
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
        transfer_from(rt, operator, (from, &to), &p.value)?;
        Ok(true)
    }
}

/// Moves tokens on an allowance without telling the recipient; gives the balances of holder and recipient, and the allowance,
/// afterwards.
pub(super) fn transfer_from<R: Runtime>(
    rt: &mut R,
    operator: ActorID,
    (from, to): (ActorID, &Receiver),
    amount: &TokenAmount,
) -> Result<((TokenAmount, TokenAmount), TokenAmount), ActorError> {
    let (((holder, recipient), votes), allowance) = rt.transaction(|st: &mut TokenState, scope| {
        st.require_not_paused()?;
        let allowance = st.spend_allowance(scope, (from, operator), amount)?;
        let moved = st.move_tokens(scope, (from, to.id()), amount, || to.is_masked(scope))?;
        Ok((moved, allowance))
    })?;
    let parties = (Party::holder(from, &holder), to.party(&recipient));
    transferred(rt, Some(parties.0), Some(parties.1), amount)?;
    votes_changed(rt, votes)?;
    Ok(((holder.balance, recipient.balance), allowance))
}
