//! May somebody write to a data set of the Filecoin Warm Storage Service? Its hook for programmable access control.
//!
//! The service asks before pieces are added, removals are scheduled or the service is terminated, with the digest of that very
//! operation and what its payer's people sent along: here a 0x account's signature of the digest. Whoever signed needs `Write`
//! to add and `Admin` for the rest in the data set that the payer has bound, and still owns or administers. A digest is good
//! once for a data set of a service, since those of removals and terminations carry no nonce, and name the data set by a number
//! that others may have chosen too; and a use is counted where uses are.

use fvm_shared::ActorID;
use holdfast_api::access::events::Consumed;
use holdfast_api::access::{
    ADD_PIECES, ADMIN, DataSetId, GrantId, IsAuthorizedParams, SCHEDULE_PIECE_REMOVALS, TERMINATE_SERVICE,
    WRITE, method,
};
use holdfast_policies::access::decision::Reason;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::eip712::signer;
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use super::consume_access::spend;
use super::has_access::{Question, decided};
use crate::AccessActor;
use crate::powers::governs;
use crate::signature::split;
use crate::state::AccessState;

impl Handle<method::isAuthorized> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, service: Caller, p: IsAuthorizedParams) -> Result<bool, ActorError> {
        let Some(authorized) = authorized(rt, service.id(), &p)? else {
            return Ok(false);
        };
        let Authorized {
            number,
            data_set,
            subject,
            grant,
            action,
        } = authorized;
        rt.transaction(|st: &mut AccessState, scope| {
            if let Some(grant) = grant {
                st.change_chain(scope, (data_set, subject, grant), |found| spend(found, 1, scope))?;
            }
            st.change_bindings(scope, |bindings| {
                let at = ((service.id(), number), p.digest);
                bindings.used.set(scope, at, ())
            })
        })?;
        Consumed {
            data_set,
            subject,
            grant,
            action,
            uses: 1,
        }
        .emit(rt)?;
        Ok(true)
    }
}

/// Who may, by what.
struct Authorized {
    /// The service's number of its data set.
    number: u64,
    data_set: DataSetId,
    subject: ActorID,
    grant: Option<GrantId>,
    action: u8,
}

fn authorized<R: Runtime>(
    rt: &R,
    service: ActorID,
    p: &IsAuthorizedParams,
) -> Result<Option<Authorized>, ActorError> {
    let (Some(action), Some(subject)) = (needed(p.operation), signed_by(rt, p)) else {
        return Ok(None);
    };
    let (Some(payer), Ok(number)) = (rt.resolve(&p.payer), u64::try_from(p.data_set_id.atto())) else {
        return Ok(None);
    };
    let state: AccessState = rt.state()?;
    let bindings = state.annex(rt.store())?.bindings.load(rt.store())?;
    let bound = bindings.services.get(rt.store(), &((service, payer), number))?;
    let used = bindings.used.get(rt.store(), &((service, number), p.digest))?;
    let (Some(bound), None) = (bound, used) else {
        return Ok(None);
    };
    let bound = bound.read()?;
    let head = state.data_set(rt.store(), bound.data_set)?;
    let (own, now) = ((bound.data_set, &head), rt.network().epoch);
    if !governs((&state, rt.store()), own, payer, now)? {
        return Ok(None);
    }
    let question = Question {
        data_set: bound.data_set,
        scope: &bound.scope,
        subject,
        named: None,
        action,
        proofs: &[],
        uses: 1,
    };
    let reason = decided(rt, &state, &head, &question)?.reason;
    let grant = match reason {
        Reason::Granted { grant } => Some(grant),
        _ => None,
    };
    Ok(reason.allows().then_some(Authorized {
        number,
        data_set: bound.data_set,
        subject,
        grant,
        action,
    }))
}

/// The action that an operation needs; none for one that is not known.
fn needed(operation: Bytes32) -> Option<u8> {
    match operation.0 {
        ADD_PIECES => Some(WRITE),
        SCHEDULE_PIECE_REMOVALS | TERMINATE_SERVICE => Some(ADMIN),
        _ => None,
    }
}

/// Who signed the digest. The service itself takes a v of 0 or 1 for one of 27 or 28.
fn signed_by<R: Runtime>(rt: &R, p: &IsAuthorizedParams) -> Option<ActorID> {
    let (v, r, s) = split(p.signature.bytes())?;
    let v = if v < 27 { v.saturating_add(27) } else { v };
    let account = signer(rt, &p.digest.0, v, r, s).filter(|account| *account != EthAddress::ZERO)?;
    rt.resolve(&account.to_filecoin().ok()?)
}
