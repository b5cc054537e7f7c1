//! Says what a data set consists of.

use holdfast_api::access::events::ContentSet;
use holdfast_api::access::{AccessError, MAX_CONTENT, MAX_METADATA, SetContentParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit;
use crate::state::AccessState;

impl Handle<method::SetContent> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetContentParams) -> Result<(), ActorError> {
        require_content(&p.content, p.metadata_size)?;
        let data_set = p.data_set;
        rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::SetContent, R>(st, scope, caller, &p)?;
            st.shelves.update(scope, |shelves| {
                shelves.change_content(scope, data_set, |content| {
                    content.content = p.content;
                    content.metadata = p.metadata;
                    content.metadata_size = p.metadata_size;
                })
            })
        })?;
        ContentSet { data_set }.emit(rt)
    }
}

/// Refuses more content than a data set names, and metadata larger than readers expect.
///
/// # Errors
/// [`AccessError::TooMuchContent`], [`AccessError::MetadataTooLarge`].
pub(super) fn require_content(content: &[ForeignCid], metadata_size: u64) -> Result<(), ActorError> {
    let (len, max) = (content.len(), MAX_CONTENT);
    if len > max {
        return Err(AccessError::TooMuchContent { len, max }.into());
    }
    let (size, max) = (metadata_size, MAX_METADATA);
    if size > max {
        return Err(AccessError::MetadataTooLarge { size, max }.into());
    }
    Ok(())
}
