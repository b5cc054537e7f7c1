//! The one instance of a type whose address everybody knows.

use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use holdfast_api::init::{ExecReturn, InitError, canonical_address, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;
use crate::creation::{Plan, create_at, open_type_of_code};

impl Handle<method::ExecCanonical> for InitActor {
    fn handle<R: Runtime>(rt: &mut R, _caller: Caller, code: Cid) -> Result<ExecReturn, ActorError> {
        let kind = open_type_of_code(rt, &code)?;
        create_canonical(rt, code, kind)
    }
}

/// Creates the canonical instance of a type, with empty constructor parameters.
///
/// # Errors
/// [`InitError::CanonicalExists`]; those of the constructor.
pub(crate) fn create_canonical<R: Runtime>(
    rt: &mut R,
    code: Cid,
    kind: u32,
) -> Result<ExecReturn, ActorError> {
    let address = canonical_address(kind);
    if let Some(id) = rt.resolve(&address) {
        return Err(InitError::CanonicalExists {
            actor_type: kind.into(),
            address,
            id,
        }
        .into());
    }
    create_at(
        rt,
        Plan {
            code,
            kind,
            params: RawBytes::default(),
        },
        address,
    )
}
