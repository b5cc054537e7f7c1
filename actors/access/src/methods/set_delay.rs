//! Sets delays.

use holdfast_api::access::events::DelaySet;
use holdfast_api::access::{AccessError, Delay, SetDelayParams, method};
use holdfast_policies::access::delay::MAX_DELAY;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::set_rule::new_version;
use crate::AccessActor;
use crate::admit::admit;
use crate::convert;
use crate::data_set::DataSet;
use crate::state::AccessState;

impl Handle<method::SetDelay> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetDelayParams) -> Result<(), ActorError> {
        let (data_set, delay, max) = (p.data_set, p.delay, MAX_DELAY);
        if !(0..=max).contains(&delay) {
            return Err(AccessError::InvalidDelay { delay, max }.into());
        }
        if let Delay::Grant { action } = p.what {
            convert::action(action)?;
        }
        let (from, policy_version) = rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::SetDelay, R>(st, scope, caller, &p)?;
            let from = st.change_guards(scope, |guards| {
                let mut delays = guards.delays(scope, data_set)?;
                let from = delays.set(p.what.clone(), delay, scope.epoch());
                guards.set_delays(scope, data_set, &delays)?;
                Ok(from)
            })?;
            let delayed = |head: &mut DataSet| head.has_delays = true;
            let policy_version = match p.what {
                // What is bought begins at another epoch, which its buyer has to agree to.
                Delay::Grant { .. } => new_version(st, scope, data_set, delayed)?,
                Delay::Power { .. } => st.change_data_set(scope, data_set, |head| {
                    delayed(head);
                    Ok(head.policy_version)
                })?,
            };
            Ok((from, policy_version))
        })?;
        let what = p.what;
        DelaySet {
            data_set,
            what,
            delay,
            from,
            policy_version,
        }
        .emit(rt)
    }
}
