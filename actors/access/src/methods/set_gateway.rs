//! Says who may anchor logs.

use holdfast_api::access::events::GatewaySet;
use holdfast_api::access::{IsGatewayParams, SetGatewayParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::{ActorError, Runtime};

use super::views::annex;
use crate::AccessActor;
use crate::admit::admit;
use crate::people::{known, somebody};
use crate::state::{AccessState, Gateway};

impl Handle<method::SetGateway> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetGatewayParams) -> Result<(), ActorError> {
        let (data_set, allowed) = (p.data_set, p.allowed);
        let gateway = if allowed {
            somebody(rt, &p.gateway)?
        } else {
            known(rt, &p.gateway)?
        };
        rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::SetGateway, R>(st, scope, caller, &p)?;
            st.change_logs(scope, |logs| {
                logs.gateways.change(scope, &(data_set, gateway), |before| {
                    let before = before.map(Recorded::read).transpose()?;
                    // Where its logs ended is kept, so that one that comes back cannot log the same epochs anew.
                    let logged_until = before.map_or(0, |before| before.logged_until);
                    let after = Gateway {
                        allowed,
                        logged_until,
                    };
                    let kept = allowed || logged_until > 0;
                    kept.then(|| Recorded::new(&after)).transpose()
                })
            })
        })?;
        GatewaySet {
            data_set,
            gateway,
            allowed,
        }
        .emit(rt)
    }
}

impl Answer<method::IsGateway> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: IsGatewayParams) -> Result<bool, ActorError> {
        let Some(gateway) = rt.resolve(&p.gateway) else {
            return Ok(false);
        };
        let logs = annex(rt)?.logs.load(rt.store())?;
        let found = logs.gateways.get(rt.store(), &(p.data_set, gateway))?;
        let found = found.as_ref().map(Recorded::read).transpose()?;
        Ok(found.is_some_and(|gateway| gateway.allowed))
    }
}
