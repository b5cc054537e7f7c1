//! Proves that something was given out.

use holdfast_api::access::{AccessError, MAX_ENTRY, ProveEntryParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use super::views::annex;
use crate::AccessActor;
use crate::merkle::{is_under, require_path};

impl Answer<method::ProveEntry> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: ProveEntryParams) -> Result<bool, ActorError> {
        let (entry, path) = (p.entry.bytes(), p.path.bytes());
        let (len, max) = (entry.len(), MAX_ENTRY);
        if len > max {
            return Err(AccessError::EntryTooLarge { len, max }.into());
        }
        require_path(path)?;
        let logs = annex(rt)?.logs.load(rt.store())?;
        let log = logs.log(rt.store(), p.data_set, p.log)?;
        Ok(is_under(rt, &log.root.0, entry, path))
    }
}
