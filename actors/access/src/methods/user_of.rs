//! Passes, the grants as ERC-4907 and ERC-5539 see them.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{GrantAt, IsRevokedParams, method};
use holdfast_policies::access::decision::Decision;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::{EthAddress, canonical};
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::chain::{counts, stands};
use crate::pass::Pass;
use crate::state::AccessState;

/// Seconds between two epochs.
const EPOCH_SECONDS: u64 = 30;

impl Answer<method::passOf> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: GrantAt) -> Result<TokenAmount, ActorError> {
        let (data_set, grant) = (p.data_set, p.grant);
        let pass = rt.resolve(&p.subject).map(|subject| Pass {
            data_set,
            subject,
            grant,
        });
        // Who has no actor has no grant, and nothing has the number 0.
        Ok(pass.map(Pass::number).unwrap_or_default())
    }
}

impl Answer<method::userOf> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, number: TokenAmount) -> Result<EthAddress, ActorError> {
        let used = used(rt, &number)?;
        Ok(used.map_or(EthAddress::ZERO, |(pass, _)| canonical(rt, pass.subject)))
    }
}

impl Answer<method::userExpires> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, number: TokenAmount) -> Result<TokenAmount, ActorError> {
        let seconds = match used(rt, &number)? {
            None => 0,
            Some((
                _,
                Decision {
                    valid_until: None, ..
                },
            )) => u64::MAX,
            Some((
                _,
                Decision {
                    valid_until: Some(end),
                    ..
                },
            )) => {
                let network = rt.network();
                let left = u64::try_from(end.saturating_sub(network.epoch)).unwrap_or(0);
                network
                    .timestamp
                    .saturating_add(left.saturating_mul(EPOCH_SECONDS))
            }
        };
        Ok(TokenAmount::from_atto(seconds))
    }
}

impl Answer<method::isRevoked> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: IsRevokedParams) -> Result<bool, ActorError> {
        let Some(pass) = Pass::of_word(&p.revocation_key) else {
            return Ok(true);
        };
        let state: AccessState = rt.state()?;
        let Some(head) = state.data_sets.get(rt.store(), &pass.data_set)? else {
            return Ok(true);
        };
        let list = Pass::of_word(&p.revocation_list).filter(|list| (list.data_set, list.subject) == (0, 0));
        let named = list.is_some_and(|list| list.grant == pass.data_set);
        if !named || rt.resolve(&p.namespace) != Some(head.owner) {
            return Ok(true);
        }
        let at = (pass.subject, pass.grant);
        stands(&state, rt.store(), (pass.data_set, &head), at).map(|stands| !stands)
    }
}

/// A pass whose grant counts now in a data set that is not frozen, and until when.
fn used<R: Runtime>(rt: &R, number: &TokenAmount) -> Result<Option<(Pass, Decision)>, ActorError> {
    let Some(pass) = Pass::of_number(number) else {
        return Ok(None);
    };
    let state: AccessState = rt.state()?;
    let Some(head) = state
        .data_sets
        .get(rt.store(), &pass.data_set)?
        .filter(|head| !head.is_frozen())
    else {
        return Ok(None);
    };
    let at = (pass.subject, pass.grant);
    let decision = counts(&state, rt.store(), (pass.data_set, &head), at, rt.network().epoch)?;
    let decision = decision.filter(|decision| decision.reason.allows());
    Ok(decision.map(|decision| (pass, decision)))
}
