//! Pays what waits for somebody.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::Withdrawn;
use holdfast_api::access::{WithdrawParams, method};
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
        let asset = match &p.asset {
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
        match &p.asset {
            None => Payout::new(payee, amount.clone()).pay(rt)?,
            Some(token) => tokens::hand_over(rt, token, payee, &amount)?,
        }
        Ok(amount)
    }
}
