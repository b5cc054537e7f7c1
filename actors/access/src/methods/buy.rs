//! Sells access, and more of what was bought.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::{Bought, Renewed, TermsAccepted};
use holdfast_api::access::{
    AccessError, BuyParams, GrantId, MAX_GRANTS, MAX_PRESENTS, PlanKind, Purchase, SolidityBuyParams, method,
};
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::span::Span;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use super::accept_terms::write_down;
use super::grant::{add, bucket};
use crate::AccessActor;
use crate::charge::{Charge, Wish};
use crate::convert;
use crate::escrow::{Escrowed, Moved, deposit, take_spent};
use crate::market::brought;
use crate::people::payee;
use crate::state::AccessState;
use crate::tokens;

impl Handle<method::Buy> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BuyParams) -> Result<GrantId, ActorError> {
        buy(rt, caller, &p)
    }
}

impl Handle<method::Renew> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BuyParams) -> Result<GrantId, ActorError> {
        renew(rt, caller, &p)
    }
}

impl Handle<method::buy> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SolidityBuyParams) -> Result<GrantId, ActorError> {
        buy(rt, caller, &wanted(p)?)
    }
}

impl Handle<method::renew> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SolidityBuyParams) -> Result<GrantId, ActorError> {
        renew(rt, caller, &wanted(p)?)
    }
}

fn wanted(p: SolidityBuyParams) -> Result<BuyParams, ActorError> {
    let perhaps = |address: EthAddress| {
        let somebody = Some(address).filter(|address| *address != EthAddress::ZERO);
        somebody.map(EthAddress::to_filecoin).transpose()
    };
    Ok(BuyParams {
        plan: p.plan,
        subject: perhaps(p.subject)?,
        periods: p.periods,
        max_price: p.max_price,
        policy_version: p.policy_version,
        terms_hash: p.terms_hash,
        referrer: perhaps(p.referrer)?,
    })
}

fn buy<R: Runtime>(rt: &mut R, caller: Caller, p: &BuyParams) -> Result<GrantId, ActorError> {
    let (wish, referrer) = wish(rt, caller, p)?;
    let charge = Charge::new(&rt.state()?, rt.store(), wish)?;
    charge.require_agreed(p)?;
    charge.require_sold(wish)?;
    let (plan, present) = (wish.plan, wish.subject != caller.id());
    // Else anybody could use up the trials of others.
    if present && charge.price.is_zero() {
        return Err(AccessError::NotForOthers { plan }.into());
    }
    // Who is named has a part of all that the subject will ever pay for it.
    if present && referrer.is_some() {
        return Err(AccessError::NotBroughtByOthers { plan }.into());
    }
    pay(rt, caller, &charge)?;
    let (data_set, sold, accepted) = rt.transaction(|st: &mut AccessState, scope| {
        // A token that was asked to move could have called back, so everything is looked at again.
        let charge = again(st, scope, (charge, wish), p)?;
        charge.require_sold(wish)?;
        let data_set = charge.info.plan.data_set;
        let accepted = accept(st, scope, (&charge, wish.subject), caller)?;
        let most = if present { MAX_PRESENTS } else { MAX_GRANTS };
        let sold = sell(st, scope, (wish, most), (charge, referrer))?;
        Ok((data_set, sold, accepted))
    })?;
    if let Some(accepted) = accepted {
        accepted.emit(rt)?;
    }
    sold.closed.tell(rt, data_set, (wish.plan, wish.subject))?;
    Bought {
        data_set,
        subject: wish.subject,
        plan: wish.plan,
        grant: sold.grant,
        payer: caller.id(),
        price: sold.price,
    }
    .emit(rt)?;
    Ok(sold.grant)
}

fn renew<R: Runtime>(rt: &mut R, caller: Caller, p: &BuyParams) -> Result<GrantId, ActorError> {
    let (wish, _) = wish(rt, caller, p)?;
    let charge = Charge::new(&rt.state()?, rt.store(), wish)?;
    charge.require_agreed(p)?;
    charge.require_renewal(wish, caller.id())?;
    pay(rt, caller, &charge)?;
    let (charge, grant, (moved, accepted)) = rt.transaction(|st: &mut AccessState, scope| {
        let charge = again(st, scope, (charge, wish), p)?;
        let (before, grant) = charge.require_renewal(wish, caller.id())?;
        let number = grant.id;
        // Who goes on with what somebody else bought for it may not have accepted them yet.
        let accepted = accept(st, scope, (&charge, wish.subject), caller)?;
        let moved = go_on(st, scope, wish, &charge, (before, grant))?;
        Ok((charge, number, (moved, accepted)))
    })?;
    if let Some(accepted) = accepted {
        accepted.emit(rt)?;
    }
    let data_set = charge.info.plan.data_set;
    moved.tell(rt, data_set, (wish.plan, wish.subject))?;
    Renewed {
        data_set,
        subject: wish.subject,
        plan: wish.plan,
        end: charge.end.unwrap_or(0),
        payer: caller.id(),
        price: charge.price,
    }
    .emit(rt)?;
    Ok(grant)
}

fn wish<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    p: &BuyParams,
) -> Result<(Wish, Option<ActorID>), ActorError> {
    let subject = match &p.subject {
        None => caller.id(),
        Some(subject) => payee(rt, subject)?,
    };
    let wish = Wish {
        plan: p.plan,
        subject,
        periods: p.periods,
        now: rt.network().epoch,
    };
    let referrer = p.referrer.as_ref().map(|referrer| payee(rt, referrer));
    Ok((wish, referrer.transpose()?))
}

/// Takes the price: FIL has come along, exactly; tokens are fetched from the caller.
fn pay<R: Runtime>(rt: &mut R, caller: Caller, charge: &Charge) -> Result<(), ActorError> {
    let asset = charge.info.plan.asset.as_ref();
    let price = if asset.is_some() {
        TokenAmount::default()
    } else {
        charge.price.clone()
    };
    let value = rt.message().value.clone();
    if value != price {
        return Err(AccessError::InexactPayment { value, price }.into());
    }
    match asset {
        Some(asset) if !charge.price.is_zero() => tokens::fetch(rt, asset, caller.id(), &charge.price),
        _ => Ok(()),
    }
}

/// What it comes to, if it is what was charged. A token that was asked to move could have called back, so then everything is
/// looked at again; nobody was asked for FIL.
fn again<R: Runtime>(
    st: &AccessState,
    scope: &Scope<'_, R>,
    (charged, wish): (Charge, Wish),
    p: &BuyParams,
) -> Result<Charge, ActorError> {
    if charged.info.plan.asset.is_none() {
        return Ok(charged);
    }
    let now = Charge::new(st, scope, wish)?;
    now.require_agreed(p)?;
    if now.price == charged.price && now.end == charged.end {
        return Ok(now);
    }
    let plan = p.plan;
    Err(AccessError::ChangedMeanwhile { plan }.into())
}

/// Who pays for itself accepts the terms under which it does; gives the event, if it had not.
fn accept<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    (charge, subject): (&Charge, ActorID),
    caller: Caller,
) -> Result<Option<TermsAccepted>, ActorError> {
    let (data_set, version) = (charge.info.plan.data_set, charge.head.terms_version);
    if version == 0 || subject != caller.id() {
        return Ok(None);
    }
    let accepted = st.shelves.update(scope, |shelves| {
        write_down(shelves, scope, (data_set, subject), version)
    })?;
    Ok(accepted.then_some(TermsAccepted {
        data_set,
        subject,
        version,
    }))
}

/// What a purchase comes to.
struct Sold {
    grant: GrantId,
    price: TokenAmount,
    /// What has left the escrow of the one before.
    closed: Moved,
}

/// Writes down a purchase, by a subject that may have `most` grants with it.
fn sell<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    (wish, most): (Wish, usize),
    (charge, referrer): (Charge, Option<ActorID>),
) -> Result<Sold, ActorError> {
    let Charge {
        info,
        head,
        before,
        held,
        ..
    } = charge;
    let at = (wish.plan, wish.subject);
    let closed = match before.clone().filter(|before| !before.escrow.is_zero()) {
        Some(before) => {
            let then = st.market(scope)?.as_bought(scope, wish.plan, &info, &before)?;
            let seen = (then, head.clone());
            Escrowed::of(st, scope, at, seen, (before, held))?.give_back(st, scope)?
        }
        None => Moved::default(),
    };
    let plan = &info.plan;
    let uses = match plan.kind {
        PlanKind::PerUse { uses } => Some(uses),
        PlanKind::Once { .. } | PlanKind::Subscription { .. } => None,
    };
    let escrowed = plan.penalty_bps.is_some() && !charge.price.is_zero();
    let grant = Grant {
        actions: convert::actions(plan.actions)?,
        scope: convert::scope(&plan.scope)?,
        span: Span {
            start: charge.start,
            end: charge.end,
        },
        uses,
        bucket: plan
            .rate
            .as_ref()
            .map(|rate| bucket(rate, wish.now))
            .transpose()?,
        revocable: true,
        escrowed,
        held_up: charge.start > wish.now,
        generation: head.generation,
        terms: head.terms_version,
        ..Grant::default()
    };
    let number = add(st, scope, (plan.data_set, &head), (&grant, most), &[wish.subject])?;
    let mut bought = Purchase {
        grant: number,
        price: plan.price.clone(),
        terms: head.terms_version,
        count: before.as_ref().map_or(0, |before| before.count).saturating_add(1),
        tried: charge.trial || before.is_some_and(|before| before.tried),
        referrer,
        referrer_bps: referrer.map_or(0, |_| plan.referrer_bps),
        shares: info.shares,
        escrow: TokenAmount::default(),
        deposit: TokenAmount::default(),
        earned: TokenAmount::default(),
        from: 0,
        shared: TokenAmount::default(),
        uses: uses.unwrap_or(0),
    };
    if escrowed {
        deposit(&mut bought, &charge.price, charge.start);
    }
    st.change_market(scope, |market| {
        market.count_sale(scope, wish.plan)?;
        market.set_purchase(scope, at, &bought)?;
        if escrowed {
            return Ok(());
        }
        market.share(scope, &info.plan, brought(&bought), &charge.price)
    })?;
    Ok(Sold {
        grant: number,
        price: charge.price,
        closed,
    })
}

/// Writes down a renewal; gives what had been earned until then.
fn go_on<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    wish: Wish,
    charge: &Charge,
    (mut bought, grant): (Purchase, Grant),
) -> Result<Moved, ActorError> {
    let market = st.market(scope)?;
    let plan = &market.as_bought(scope, wish.plan, &charge.info, &bought)?;
    let at = (plan.data_set, wish.subject, grant.id);
    let refundable = plan.penalty_bps.is_some() && !charge.price.is_zero();
    let (now, seen) = (scope.epoch(), (&charge.head, Some(&grant)));
    let moved = take_spent((&market, scope), plan, &mut bought, seen, now)?;
    let more = match plan.kind {
        PlanKind::PerUse { uses } => Some(grant.uses.unwrap_or(0).saturating_add(uses)),
        PlanKind::Once { .. } | PlanKind::Subscription { .. } => None,
    };
    if refundable {
        // What is paid for begins where the trial, or what has been earned, ends.
        let end = grant.span.end.unwrap_or(now);
        let from = if bought.escrow.is_zero() {
            end
        } else {
            now.min(end).max(bought.from)
        };
        deposit(&mut bought, &charge.price, from);
        bought.uses = more.unwrap_or(0);
    }
    let escrowed = !bought.escrow.is_zero();
    st.change_grant(scope, at, |grant| {
        grant.pay(bought.from, now);
        grant.uses = more.or(grant.uses);
        grant.span.end = charge.end.or(grant.span.end);
        grant.escrowed = escrowed;
        Ok(())
    })?;
    st.change_market(scope, |market| {
        moved.credit(market, scope, (plan, &mut bought, wish.subject))?;
        if !refundable {
            market.share(scope, plan, brought(&bought), &charge.price)?;
        }
        market.set_purchase(scope, (wish.plan, wish.subject), &bought)
    })?;
    Ok(moved)
}
