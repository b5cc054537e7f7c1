//! Destroys a holder's tokens on an allowance. A pause does not stop it.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{BurnFromParams, BurnFromReturn, Erc20BurnFromParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::{Party, transferred, votes_changed};
use crate::recipient::{holder, require_operator};
use crate::state::{TokenState, require_amount};

impl Handle<method::BurnFrom> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: BurnFromParams,
    ) -> Result<BurnFromReturn, ActorError> {
        require_amount(&p.amount)?;
        let owner = holder(rt, &p.owner)?;
        require_operator(caller.id(), owner)?;
        let (balance, allowance) = burn_from(rt, (owner, caller.id()), &p.amount)?;
        Ok(BurnFromReturn { balance, allowance })
    }
}

impl Handle<method::burnFrom> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: Erc20BurnFromParams) -> Result<(), ActorError> {
        let owner = holder(rt, &p.owner)?;
        burn_from(rt, (owner, caller.id()), &p.value).map(|_| ())
    }
}

fn burn_from<R: Runtime>(
    rt: &mut R,
    (owner, operator): (ActorID, ActorID),
    amount: &TokenAmount,
) -> Result<(TokenAmount, TokenAmount), ActorError> {
    let ((account, votes), allowance) = rt.transaction(|st: &mut TokenState, scope| {
        let allowance = st.spend_allowance(scope, (owner, operator), amount)?;
        Ok((st.burn(scope, owner, amount)?, allowance))
    })?;
    transferred(rt, Some(Party::holder(owner, &account)), None, amount)?;
    votes_changed(rt, votes)?;
    Ok((account.balance, allowance))
}
