//! What is sold, and what it would cost.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    AccessError, BalanceParams, PlanId, PlanInfo, Purchase, PurchaseAt, QuoteParams, QuoteReturn,
    SolidityQuote, SolidityQuoteParams, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::canonical;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::charge::{Charge, Wish};
use crate::convert;
use crate::market::{FIL, id_of};
use crate::people::existing;
use crate::state::AccessState;

impl Answer<method::GetPlan> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, plan: PlanId) -> Result<PlanInfo, ActorError> {
        let state: AccessState = rt.state()?;
        state.market(rt.store())?.plan(rt.store(), plan)
    }
}

impl Answer<method::Quote> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: QuoteParams) -> Result<QuoteReturn, ActorError> {
        quote(rt, &p)
    }
}

impl Answer<method::quote> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: SolidityQuoteParams) -> Result<SolidityQuote, ActorError> {
        let SolidityQuoteParams {
            plan,
            subject,
            periods,
        } = p;
        let quote = quote(
            rt,
            &QuoteParams {
                plan,
                subject,
                periods,
            },
        )?;
        let token = quote.asset.map(|asset| canonical(rt, id_of(&asset.token)));
        Ok(SolidityQuote {
            price: quote.price,
            token: token.unwrap_or_default(),
            renewal: quote.renewal,
            end: convert::unsigned(quote.end),
            policy_version: quote.policy_version,
            terms_hash: quote.terms_hash,
        })
    }
}

fn quote<R: Runtime>(rt: &R, p: &QuoteParams) -> Result<QuoteReturn, ActorError> {
    let wish = Wish {
        plan: p.plan,
        // Who has no actor yet has bought nothing yet.
        subject: rt.resolve(&p.subject).unwrap_or(u64::MAX),
        periods: p.periods,
        now: rt.network().epoch,
    };
    let charge = Charge::new(&rt.state()?, rt.store(), wish)?;
    charge.require_seller(wish.plan)?;
    if charge.renewal {
        charge.require_renewal(wish, wish.subject)?;
    } else {
        charge.require_sold(wish)?;
    }
    Ok(QuoteReturn {
        price: charge.price,
        asset: charge.info.plan.asset,
        renewal: charge.renewal,
        end: charge.end,
        policy_version: charge.head.policy_version,
        terms_hash: charge.terms_hash,
    })
}

impl Answer<method::GetPurchase> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: PurchaseAt) -> Result<Purchase, ActorError> {
        let state: AccessState = rt.state()?;
        let (market, plan) = (state.market(rt.store())?, p.plan);
        market.plan(rt.store(), plan)?;
        match rt.resolve(&p.subject) {
            Some(subject) => market.bought(rt.store(), plan, subject),
            None => Err(AccessError::NotBought {
                plan,
                subject: p.subject,
            }
            .into()),
        }
    }
}

impl Answer<method::BalanceOfPayee> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: BalanceParams) -> Result<TokenAmount, ActorError> {
        let Some(payee) = rt.resolve(&p.payee) else {
            return Ok(TokenAmount::default());
        };
        let asset = match &p.token {
            None => FIL,
            Some(token) => existing(rt, token)?,
        };
        let state: AccessState = rt.state()?;
        let balances = state.market(rt.store())?.balances;
        Ok(balances.get(rt.store(), &(asset, payee))?.unwrap_or_default())
    }
}
