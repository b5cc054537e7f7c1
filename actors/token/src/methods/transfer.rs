//! Moves the caller's tokens: with the receiver hook on FRC-46, without it on ERC-20.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{Erc20TransferParams, TransferParams, TransferReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::receiver::{Frc46TokenReceived, ReceiverHook};
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::{Party, transferred, votes_changed};
use crate::recipient::{Receiver, receiver, require_operator_data};
use crate::state::{TokenState, require_amount};

impl Handle<method::Transfer> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: TransferParams,
    ) -> Result<TransferReturn, ActorError> {
        require_amount(&p.amount)?;
        require_operator_data(&p.operator_data)?;
        let (from, to) = (caller.id(), receiver(rt, &p.to)?);
        let balances = transfer(rt, from, &to, &p.amount)?;
        let received = received((from, to.id()), from, p.amount, p.operator_data);
        let (balances, recipient_data) = tell_recipient(rt, received, balances)?;
        Ok(TransferReturn {
            from_balance: balances.0,
            to_balance: balances.1,
            recipient_data,
        })
    }
}

impl Handle<method::transfer> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: Erc20TransferParams) -> Result<bool, ActorError> {
        let to = receiver(rt, &p.to)?;
        transfer(rt, caller.id(), &to, &p.value)?;
        Ok(true)
    }
}

/// Moves tokens without telling the recipient; gives the balances of sender and recipient afterwards.
pub(super) fn transfer<R: Runtime>(
    rt: &mut R,
    from: ActorID,
    to: &Receiver,
    amount: &TokenAmount,
) -> Result<(TokenAmount, TokenAmount), ActorError> {
    let ((sender, recipient), votes) = rt.transaction(|st: &mut TokenState, scope| {
        st.require_not_paused()?;
        st.move_tokens(scope, (from, to.id()), amount, || to.is_masked(scope))
    })?;
    let parties = (Party::holder(from, &sender), to.party(&recipient));
    transferred(rt, Some(parties.0), Some(parties.1), amount)?;
    votes_changed(rt, votes)?;
    Ok((sender.balance, recipient.balance))
}

/// The payload that tells a recipient of tokens that moved.
pub(super) fn received(
    (from, to): (ActorID, ActorID),
    operator: ActorID,
    amount: TokenAmount,
    operator_data: RawBytes,
) -> Frc46TokenReceived {
    Frc46TokenReceived {
        from,
        to,
        operator,
        amount,
        operator_data,
        token_data: RawBytes::default(),
    }
}

/// Calls the hook, then gives the balances of sender and recipient as the hook left them.
pub(super) fn tell_recipient<R: Runtime>(
    rt: &mut R,
    received: Frc46TokenReceived,
    balances: (TokenAmount, TokenAmount),
) -> Result<((TokenAmount, TokenAmount), RawBytes), ActorError> {
    let (from, to, before) = (received.from, received.to, rt.root());
    let data = ReceiverHook::for_token(received).call(rt)?;
    if rt.root() == before {
        return Ok((balances, data));
    }
    let state: TokenState = rt.state()?;
    let store = rt.store();
    Ok(((state.balance(store, from)?, state.balance(store, to)?), data))
}
