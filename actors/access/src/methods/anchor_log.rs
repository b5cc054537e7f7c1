//! Anchors logs of what was given out, and shows them. Never stopped by a freeze: what happened has happened.

use holdfast_api::access::events::LogAnchored;
use holdfast_api::access::{
    AccessError, AnchorLogParams, GetLogParams, ListLogsParams, ListLogsReturn, LogId, LogInfo, MAX_PAGE,
    method,
};
use holdfast_policies::access::log::{NoLog, require_next};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};

use super::views::annex;
use crate::AccessActor;
use crate::people::page_of;
use crate::state::{AccessState, Gateway, Logs};

impl Handle<method::AnchorLog> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: AnchorLogParams) -> Result<LogId, ActorError> {
        let (data_set, root, count) = (p.data_set, p.root, p.count);
        let log = rt.transaction(|st: &mut AccessState, scope| {
            st.data_set(scope, data_set)?;
            st.change_logs(scope, |logs| anchor(logs, scope, caller, p))
        })?;
        LogAnchored {
            data_set,
            gateway: caller.id(),
            log,
            root,
            count,
        }
        .emit(rt)?;
        Ok(log)
    }
}

fn anchor<R: Runtime>(
    logs: &mut Logs,
    scope: &Scope<'_, R>,
    caller: Caller,
    p: AnchorLogParams,
) -> Result<LogId, ActorError> {
    let (data_set, now, at) = (p.data_set, scope.epoch(), (p.data_set, caller.id()));
    let gateway = logs.gateways.get(scope, &at)?;
    let gateway = gateway.as_ref().map(Recorded::read).transpose()?;
    let gateway = gateway.filter(|gateway| gateway.allowed);
    let gateway = gateway.ok_or_else(|| AccessError::NotGateway {
        data_set,
        caller: caller.address(),
    })?;
    require_log(&p, gateway.logged_until, now)?;
    let anchored = LogInfo {
        log: logs.next_log(scope, data_set)?,
        gateway: caller.id(),
        root: p.root,
        count: p.count,
        from: p.from,
        to: p.to,
        anchored: now,
    };
    let gateway = Gateway {
        logged_until: p.to,
        ..gateway
    };
    logs.gateways.set(scope, at, Recorded::new(&gateway)?)?;
    logs.logs
        .set(scope, (data_set, anchored.log), Recorded::new(&anchored)?)?;
    Ok(anchored.log)
}

fn require_log(p: &AnchorLogParams, end: i64, now: i64) -> Result<(), ActorError> {
    let (from, to) = (p.from, p.to);
    if p.root == Bytes32::default() {
        return Err(AccessError::EmptyLog.into());
    }
    require_next(p.count, (from, to), end, now).map_err(|no| {
        match no {
            NoLog::Empty => AccessError::EmptyLog,
            NoLog::Span => AccessError::InvalidLogSpan { from, to, now },
            NoLog::Overlaps => AccessError::LogOverlaps { from, end },
        }
        .into()
    })
}

impl Answer<method::GetLog> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: GetLogParams) -> Result<LogInfo, ActorError> {
        let logs = annex(rt)?.logs.load(rt.store())?;
        logs.log(rt.store(), p.data_set, p.log)
    }
}

impl Answer<method::ListLogs> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: ListLogsParams) -> Result<ListLogsReturn, ActorError> {
        let limit = page_of(p.limit, MAX_PAGE)?;
        rt.state::<AccessState>()?.data_set(rt.store(), p.data_set)?;
        let logs = annex(rt)?.logs.load(rt.store())?.logs;
        let page = logs.page(rt.store(), Some(&(p.data_set, p.start)), limit)?;
        let own = page.entries.iter().take_while(|((of, _), _)| *of == p.data_set);
        let logs = own.map(|(_, log)| log.read()).collect::<Result<_, _>>()?;
        let next = page.next.filter(|(of, _)| *of == p.data_set);
        let next = next.map(|(_, log)| log);
        Ok(ListLogsReturn { logs, next })
    }
}
