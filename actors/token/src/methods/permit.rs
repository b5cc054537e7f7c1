//! Sets an allowance by a 0x holder's signature (ERC-2612). Anyone may bring it.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{PermitParams, TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::evm::eip712::{digest, signer};
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::eip712::Permit;
use crate::events::approved;
use crate::recipient::{holder, operator};
use crate::state::TokenState;

impl Handle<method::permit> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, _caller: Caller, p: PermitParams) -> Result<(), ActorError> {
        let now = rt.network().timestamp;
        if p.deadline < TokenAmount::from_atto(now) {
            return Err(TokenError::PermitExpired {
                deadline: p.deadline,
                now,
            }
            .into());
        }
        let holder = holder(rt, &p.owner.to_filecoin()?)?;
        let operator = operator(rt, &p.spender.to_filecoin()?)?;
        require_signature(rt, holder, &p)?;
        let spender = rt.transaction(|st: &mut TokenState, scope| {
            if !p.value.is_zero() {
                st.require_not_paused()?;
            }
            st.use_nonce(scope, holder)?;
            st.change_allowance(scope, (holder, operator.id()), |_| Ok(p.value.clone()))?;
            operator.party(scope, st.accounts.peek(&operator.id()).as_ref())
        })?;
        approved(rt, (holder, spender), &p.value)
    }
}

fn require_signature<R: Runtime>(rt: &R, owner: ActorID, p: &PermitParams) -> Result<(), ActorError> {
    let state: TokenState = rt.state()?;
    let nonce = state.nonce(rt.store(), owner)?;
    let name = state.settings.load(rt.store())?.name;
    let permit = Permit {
        owner: p.owner,
        spender: p.spender,
        value: &p.value,
        nonce,
        deadline: &p.deadline,
    };
    let signed_by = signer(rt, &digest(rt, &name, &permit), p.v, p.r, p.s).unwrap_or(EthAddress::ZERO);
    // The zero address is what a malformed signature recovers to, in Solidity as here.
    if signed_by == p.owner && signed_by != EthAddress::ZERO {
        return Ok(());
    }
    let (signer, owner) = (signed_by.to_filecoin()?, p.owner.to_filecoin()?);
    Err(TokenError::InvalidPermit { signer, owner }.into())
}
