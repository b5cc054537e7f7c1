//! Pays what waits for somebody.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::Withdrawn;
use holdfast_api::access::{Asset, Standard, WithdrawParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::payout::Payout;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::market::FIL;
use crate::people::{existing, known};
use crate::state::AccessState;
use crate::tokens;

impl Handle<method::Withdraw> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: WithdrawParams) -> Result<TokenAmount, ActorError> {
        let payee = match &p.payee {
            None => caller.id(),
            Some(payee) => known(rt, payee)?,
        };
        withdraw(rt, p.asset.as_ref(), payee)
    }
}

impl Handle<method::withdraw> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<TokenAmount, ActorError> {
        withdraw(rt, None, caller.id())
    }
}

impl Handle<method::withdrawToken> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, token: Address) -> Result<TokenAmount, ActorError> {
        let standard = Standard::Erc20 {};
        withdraw(rt, Some(&Asset { token, standard }), caller.id())
    }
}

fn withdraw<R: Runtime>(
    rt: &mut R,
    token: Option<&Asset>,
    payee: ActorID,
) -> Result<TokenAmount, ActorError> {
    let asset = match token {
        None => FIL,
        Some(asset) => existing(rt, &asset.token)?,
    };
    let amount = rt.transaction(|st: &mut AccessState, store| {
        st.change_market(store, |market| market.take(store, asset, payee))
    })?;
    Withdrawn {
        asset,
        payee,
        amount: amount.clone(),
    }
    .emit(rt)?;
    match token {
        None => Payout::new(payee, amount.clone()).pay(rt)?,
        Some(token) => {
            let (token, standard) = (Address::new_id(asset), token.standard.clone());
            tokens::hand_over(rt, &Asset { token, standard }, payee, &amount)?;
        }
    }
    Ok(amount)
}
