//! Takes envelopes of past key epochs away.

use fvm_shared::ActorID;
use holdfast_api::access::{AccessError, DropEnvelopesParams, MAX_BATCH, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit;
use crate::people::page_of;
use crate::state::AccessState;

impl Handle<method::DropEnvelopes> for AccessActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: DropEnvelopesParams,
    ) -> Result<Option<ActorID>, ActorError> {
        let limit = page_of(p.limit, MAX_BATCH as u64)?;
        let epoch = (p.data_set, p.key_epoch);
        rt.transaction(|st: &mut AccessState, scope| {
            let present = admit::<method::DropEnvelopes, R>(st, scope, caller, &p)?.key_epoch;
            if p.key_epoch >= present {
                let (data_set, named) = epoch;
                return Err(AccessError::KeysInUse {
                    data_set,
                    named,
                    present,
                }
                .into());
            }
            st.change_keys(scope, |keys| {
                let page = keys.envelopes.page(scope, Some(&(epoch, p.start)), limit)?;
                let all = page.entries.into_iter().map(|(at, _)| at);
                let of_epoch = all.take_while(|(of, _)| *of == epoch);
                keys.envelopes.update(scope, of_epoch.map(|at| (at, None)))?;
                Ok(page.next.filter(|(of, _)| *of == epoch).map(|(_, next)| next))
            })
        })
    }
}
