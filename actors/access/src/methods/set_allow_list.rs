//! Sets lists of subjects that are kept outside the chain.

use holdfast_api::access::events::AllowListSet;
use holdfast_api::access::{SetAllowListParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::set_rule::new_version;
use crate::AccessActor;
use crate::admit::admit;
use crate::state::{AccessState, Root};

impl Handle<method::SetAllowList> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetAllowListParams) -> Result<u64, ActorError> {
        let (data_set, list) = (p.data_set, p.list);
        let root = (p.root != Bytes32::default()).then(|| Recorded::new(&Root { root: p.root }));
        let root = root.transpose()?;
        let policy_version = rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::SetAllowList, R>(st, scope, caller, &p)?;
            st.lists.update(scope, [((data_set, list), root)])?;
            new_version(st, scope, data_set, |_| {})
        })?;
        AllowListSet {
            data_set,
            list,
            policy_version,
        }
        .emit(rt)?;
        Ok(policy_version)
    }
}
