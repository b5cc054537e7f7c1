//! Makes plans, by which access is sold.

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::events::PlanCreated;
use holdfast_api::access::{
    ADMIN, AccessError, GRANT, MAX_PAID_EPOCHS, MAX_SPLITS, Plan, PlanId, PlanInfo, PlanKind, Split,
    Standard, method,
};
use holdfast_policies::access::sale::{BPS, MAX_PENALTY};
use holdfast_policies::amount::is_amount;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::decimal::Decimal;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::grant::bucket;
use super::set_rule::new_version;
use crate::AccessActor;
use crate::admit::admit;
use crate::convert;
use crate::people::{existing, payee};
use crate::state::AccessState;

impl Handle<method::CreatePlan> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: Plan) -> Result<PlanId, ActorError> {
        let plan = checked(rt, p.clone())?;
        let data_set = plan.data_set;
        let (number, policy_version) = rt.transaction(|st: &mut AccessState, scope| {
            let seller = admit::<method::CreatePlan, R>(st, scope, caller, &p)?.owner;
            let info = PlanInfo {
                plan,
                seller,
                open: true,
                sold: 0,
                shares: 0,
            };
            let info = Recorded::new(&info)?;
            let number = st.change_market(scope, |market| {
                let number = market.next_plan;
                market.next_plan = number.saturating_add(1);
                market.plans.set(scope, number, info)?;
                Ok(number)
            })?;
            Ok((number, new_version(st, scope, data_set, |_| {})?))
        })?;
        PlanCreated {
            data_set,
            plan: number,
            policy_version,
        }
        .emit(rt)?;
        Ok(number)
    }
}

/// A plan with ids for addresses and with the actions that its own imply.
fn checked<R: Runtime>(rt: &mut R, mut plan: Plan) -> Result<Plan, ActorError> {
    convert::scope(&plan.scope)?;
    if plan.actions & (GRANT | ADMIN) != 0 {
        return Err(invalid("Grant and Admin are not for sale".to_owned()));
    }
    plan.actions = convert::actions(plan.actions)?.bits();
    if let Some(rate) = &plan.rate {
        bucket(rate, 0)?;
    }
    require_kind(&plan)?;
    require_price(&plan.price)?;
    if let Some(asset) = &mut plan.asset {
        if asset.standard == (Standard::Frc53 {}) {
            return Err(invalid("an NFT is no money".to_owned()));
        }
        asset.token = Address::new_id(existing(rt, &asset.token)?);
    }
    plan.splits = shared(rt, plan.splits, plan.referrer_bps)?;
    Ok(plan)
}

fn require_kind(plan: &Plan) -> Result<(), ActorError> {
    let within = |what: &str, epochs: u64| {
        let why = format!("{what} of {epochs} epochs lies outside 1 to {MAX_PAID_EPOCHS}");
        let fits = (1..=MAX_PAID_EPOCHS).contains(&epochs);
        if fits { Ok(()) } else { Err(invalid(why)) }
    };
    match plan.kind {
        PlanKind::Once { epochs: Some(epochs) } => within("a time", epochs)?,
        PlanKind::Once { epochs: None } if plan.penalty_bps.is_some() => {
            return Err(invalid(
                "what is for good has no unused part to refund".to_owned(),
            ));
        }
        PlanKind::Once { epochs: None } => {}
        PlanKind::PerUse { uses: 0 } => return Err(invalid("it sells 0 uses".to_owned())),
        PlanKind::PerUse { .. } => {}
        PlanKind::Subscription { period, trial } => {
            within("a period", period)?;
            if trial > 0 {
                within("a trial", trial)?;
            }
        }
    }
    if plan.shareable
        && matches!(
            plan.kind,
            PlanKind::PerUse { .. } | PlanKind::Once { epochs: None }
        )
    {
        return Err(invalid("only what has an end can be shared by time".to_owned()));
    }
    match plan.penalty_bps {
        Some(bps) if bps > MAX_PENALTY => Err(invalid(format!(
            "a penalty of {bps} bps exceeds the limit of {MAX_PENALTY} bps"
        ))),
        _ => Ok(()),
    }
}

/// Refuses what is no amount.
///
/// # Errors
/// [`AccessError::InvalidPlan`].
pub(super) fn require_price(price: &TokenAmount) -> Result<(), ActorError> {
    if is_amount(price.atto()) {
        return Ok(());
    }
    let price = Decimal(price);
    Err(invalid(format!(
        "a price of {price:?} atto lies outside 0 to 2^256 - 1"
    )))
}

/// Those who share a price, with ids for addresses.
///
/// # Errors
/// [`AccessError::InvalidPlan`], [`AccessError::Nobody`].
pub(super) fn shared<R: Runtime>(
    rt: &mut R,
    splits: Vec<Split>,
    referrer_bps: u64,
) -> Result<Vec<Split>, ActorError> {
    let len = splits.len();
    if !(1..=MAX_SPLITS).contains(&len) {
        return Err(invalid(format!("{len} splits lie outside 1 to {MAX_SPLITS}")));
    }
    let sum = splits
        .iter()
        .fold(0u64, |sum, split| sum.saturating_add(split.bps));
    if sum != BPS {
        return Err(invalid(format!("the splits come to {sum} bps, not to {BPS}")));
    }
    if referrer_bps > BPS {
        return Err(invalid(format!(
            "a referrer's part of {referrer_bps} bps exceeds the limit of {BPS} bps"
        )));
    }
    let resolved = splits.into_iter().map(|Split { to, bps }| {
        let to = Address::new_id(payee(rt, &to)?);
        Ok(Split { to, bps })
    });
    resolved.collect()
}

fn invalid(why: String) -> ActorError {
    AccessError::InvalidPlan { why }.into()
}
