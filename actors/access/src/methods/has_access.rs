//! The question that everybody asks: may somebody do something?

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use holdfast_api::access::{
    AccessAnswer, AccessError, ExternalQuestion, HasAccessParams, ListProof, MAX_PROOFS, Reason, Scope,
    SolidityAnswer, SolidityCidQuestion, SolidityProvedQuestion, SolidityQuestion, method,
};
use holdfast_policies::access::decision::{Decision, Request, decide};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::ask::Machine;
use crate::convert;
use crate::data_set::DataSet;
use crate::facts::Known;
use crate::merkle::require_path;
use crate::people::require_batch;
use crate::state::AccessState;

impl Answer<method::HasAccess> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: HasAccessParams) -> Result<AccessAnswer, ActorError> {
        answer(rt, &rt.state()?, &p)
    }
}

impl Answer<method::HasAccessBatch> for AccessActor {
    fn answer<R: Runtime>(
        rt: &R,
        _: Caller,
        all: Vec<HasAccessParams>,
    ) -> Result<Vec<AccessAnswer>, ActorError> {
        require_batch(all.len())?;
        let state: AccessState = rt.state()?;
        all.iter().map(|p| answer(rt, &state, p)).collect()
    }
}

impl Answer<method::hasAccess> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: SolidityQuestion) -> Result<SolidityAnswer, ActorError> {
        let question = HasAccessParams {
            data_set: p.data_set,
            scope: convert::part(p.path),
            subject: p.subject,
            action: p.action,
            proofs: Vec::new(),
        };
        answer(rt, &rt.state()?, &question).map(convert::solidity_answer)
    }
}

impl Answer<method::hasAccessWithProof> for AccessActor {
    fn answer<R: Runtime>(
        rt: &R,
        _: Caller,
        p: SolidityProvedQuestion,
    ) -> Result<SolidityAnswer, ActorError> {
        let path: Vec<u8> = p.proof.iter().flat_map(|hash| hash.0).collect();
        let question = HasAccessParams {
            data_set: p.data_set,
            scope: convert::part(p.path),
            subject: p.subject,
            action: p.action,
            proofs: vec![ListProof {
                list: p.list,
                path: RawBytes::new(path),
            }],
        };
        answer(rt, &rt.state()?, &question).map(convert::solidity_answer)
    }
}

impl Answer<method::hasAccessToCid> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: SolidityCidQuestion) -> Result<SolidityAnswer, ActorError> {
        let question = HasAccessParams {
            data_set: p.data_set,
            scope: Scope::Content {
                cid: convert::cid(&p.cid)?,
            },
            subject: p.subject,
            action: p.action,
            proofs: Vec::new(),
        };
        answer(rt, &rt.state()?, &question).map(convert::solidity_answer)
    }
}

/// A question with everything resolved.
pub(super) struct Question<'a> {
    pub(super) data_set: u64,
    pub(super) scope: &'a Scope,
    pub(super) subject: ActorID,
    /// The 0x form by which the subject was named, if it was.
    pub(super) named: Option<EthAddress>,
    pub(super) action: u8,
    pub(super) proofs: &'a [ListProof],
    /// So many uses are wanted: grants of which as many are left come first. 0 prefers what is not counted.
    pub(super) uses: u64,
}

fn answer<R: Runtime>(rt: &R, state: &AccessState, p: &HasAccessParams) -> Result<AccessAnswer, ActorError> {
    let Some(head) = state.data_sets.get(rt.store(), &p.data_set)? else {
        return Ok(refused(rt, Reason::NoDataSet {}, None));
    };
    let Some(subject) = rt.resolve(&p.subject) else {
        return Ok(refused(rt, Reason::NobodyThere {}, Some(&head)));
    };
    let question = Question {
        data_set: p.data_set,
        scope: &p.scope,
        subject,
        named: EthAddress::from_delegated(&p.subject),
        action: p.action,
        proofs: &p.proofs,
        uses: 1,
    };
    let decision = decided(rt, state, &head, &question)?;
    Ok(AccessAnswer {
        allowed: decision.reason.allows(),
        reason: convert::reason(decision.reason),
        valid_until: decision.valid_until,
        ..refused(rt, Reason::Nothing {}, Some(&head))
    })
}

/// Decides, asking others where policies do.
///
/// # Errors
/// When the part, the action or a proof is none.
pub(super) fn decided<R: Runtime>(
    rt: &R,
    state: &AccessState,
    head: &DataSet,
    question: &Question<'_>,
) -> Result<Decision, ActorError> {
    let now = rt.network().epoch;
    require_proofs(question.proofs)?;
    let scope = convert::scope(question.scope)?;
    let request = Request {
        scope: &scope,
        subject: question.subject,
        action: convert::action(question.action)?,
        now,
        uses: question.uses,
    };
    let external = ExternalQuestion {
        data_set: question.data_set,
        scope: question.scope.clone(),
        subject: question.subject,
        action: question.action,
    };
    let machine = Machine::new(rt, Some(external)).named(question.named);
    let mut known = Known::new(
        (state, rt.store()),
        (question.data_set, head),
        (question.proofs, now),
        machine,
    );
    decide(&mut known, request)
}

/// Refuses more proofs than a policy can ask for, and what is none.
fn require_proofs(proofs: &[ListProof]) -> Result<(), ActorError> {
    let (len, max) = (proofs.len(), MAX_PROOFS);
    if len > max {
        return Err(AccessError::TooManyProofs { len, max }.into());
    }
    proofs
        .iter()
        .try_for_each(|proof| require_path(proof.path.bytes()))
}

fn refused<R: Runtime>(rt: &R, reason: Reason, head: Option<&DataSet>) -> AccessAnswer {
    AccessAnswer {
        allowed: false,
        reason,
        valid_until: None,
        policy_version: head.map_or(0, |head| head.policy_version),
        key_epoch: head.map_or(0, |head| head.key_epoch),
        epoch: rt.network().epoch,
    }
}
