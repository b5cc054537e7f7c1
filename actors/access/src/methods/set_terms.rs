//! Sets new terms.

use holdfast_api::access::events::TermsSet;
use holdfast_api::access::{SetTermsParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit;
use crate::state::AccessState;

impl Handle<method::SetTerms> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetTermsParams) -> Result<u64, ActorError> {
        let data_set = p.data_set;
        let (version, required, policy_version) = rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::SetTerms, R>(st, scope, caller, &p)?;
            st.shelves.update(scope, |shelves| {
                shelves.change_content(scope, data_set, |content| content.terms_hash = p.hash)
            })?;
            st.change_data_set(scope, data_set, |head| {
                head.terms_version = head.terms_version.saturating_add(1);
                if p.fresh || head.terms_required == 0 {
                    head.terms_required = head.terms_version;
                    // A policy may ask for it, so it answers otherwise than before.
                    head.policy_version = head.policy_version.saturating_add(1);
                }
                Ok((head.terms_version, head.terms_required, head.policy_version))
            })
        })?;
        TermsSet {
            data_set,
            version,
            required,
            policy_version,
        }
        .emit(rt)?;
        Ok(version)
    }
}
