//! Changes what may change in a plan.

use holdfast_api::access::events::PlanChanged;
use holdfast_api::access::{AccessError, ChangePlanParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::create_plan::{require_price, shared};
use super::set_rule::new_version;
use crate::AccessActor;
use crate::admit::admit;
use crate::state::{AccessState, Shares};

impl Handle<method::ChangePlan> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: ChangePlanParams) -> Result<(), ActorError> {
        let (plan, data_set) = (p.plan, p.data_set);
        require_price(&p.price)?;
        let splits = shared(rt, p.splits.clone(), p.referrer_bps)?;
        let policy_version = rt.transaction(|st: &mut AccessState, scope| {
            let seller = admit::<method::ChangePlan, R>(st, scope, caller, &p)?.owner;
            let mut info = st.market(scope)?.plan(scope, plan)?;
            if info.plan.data_set != data_set {
                return Err(AccessError::NoPlan { plan }.into());
            }
            let past = (info.plan.splits != splits).then(|| {
                let splits = core::mem::replace(&mut info.plan.splits, splits);
                let version = info.shares;
                info.shares = version.saturating_add(1);
                (version, Shares { splits })
            });
            info.seller = seller;
            info.open = p.open;
            info.plan.price = p.price;
            info.plan.stock = p.stock;
            info.plan.referrer_bps = p.referrer_bps;
            let info = Recorded::new(&info)?;
            st.change_market(scope, |market| {
                if let Some((version, shares)) = past {
                    market
                        .shares
                        .set(scope, (plan, version), Recorded::new(&shares)?)?;
                }
                market.plans.set(scope, plan, info)
            })?;
            new_version(st, scope, data_set, |_| {})
        })?;
        PlanChanged {
            data_set,
            plan,
            policy_version,
        }
        .emit(rt)
    }
}
