//! Delegates votes: the holder's own call, or the holder's signature that anyone may bring (ERC-5805).

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{DelegateBySigParams, TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::evm::eip712::{digest, signer};
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::eip712::Delegation;
use crate::events::{delegated, votes_changed};
use crate::recipient::{delegate, holder};
use crate::state::TokenState;

impl Handle<method::Delegate> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, to: Address) -> Result<(), ActorError> {
        delegate_votes(rt, caller.id(), &to, None)
    }
}

impl Handle<method::delegateBySig> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, _caller: Caller, p: DelegateBySigParams) -> Result<(), ActorError> {
        let now = rt.network().timestamp;
        if p.expiry < TokenAmount::from_atto(now) {
            let expiry = p.expiry;
            return Err(TokenError::DelegationExpired { expiry, now }.into());
        }
        let signer = holder(rt, &signed_by(rt, &p)?.to_filecoin()?)?;
        delegate_votes(rt, signer, &p.delegatee.to_filecoin()?, Some(&p.nonce))
    }
}

/// Delegates, on a signature with this nonce if there is one.
fn delegate_votes<R: Runtime>(
    rt: &mut R,
    holder: ActorID,
    to: &Address,
    nonce: Option<&TokenAmount>,
) -> Result<(), ActorError> {
    let to = delegate(rt, to)?;
    let (parties, to, votes) = rt.transaction(|st: &mut TokenState, scope| {
        if let Some(nonce) = nonce {
            use_signed_nonce(st, scope, holder, nonce)?;
        }
        let known = |id| st.accounts.peek(&id);
        let party = to
            .as_ref()
            .map(|to| to.party(scope, known(to.id()).as_ref()))
            .transpose()?;
        let is_masked = || Ok(scope.canonical(holder).as_id().is_some());
        let (parties, votes) = st.delegate(scope, holder, party.map(|party| party.id), is_masked)?;
        Ok((parties, party, votes))
    })?;
    let (holder, before) = parties;
    delegated(rt, holder, (before, to))?;
    votes_changed(rt, votes)
}

/// The 0x account that signed.
///
/// # Errors
/// [`TokenError::InvalidSignature`].
fn signed_by<R: Runtime>(rt: &R, p: &DelegateBySigParams) -> Result<EthAddress, ActorError> {
    let name = rt.state::<TokenState>()?.settings.load(rt.store())?.name;
    let delegation = Delegation {
        delegatee: p.delegatee,
        nonce: &p.nonce,
        expiry: &p.expiry,
    };
    signer(rt, &digest(rt, &name, &delegation), p.v, p.r, p.s)
        .ok_or_else(|| TokenError::InvalidSignature.into())
}

/// Uses up the signer's nonce, if it is the signed one.
///
/// # Errors
/// [`TokenError::InvalidNonce`].
fn use_signed_nonce<BS: Blockstore>(
    st: &mut TokenState,
    store: &BS,
    signer: ActorID,
    signed: &TokenAmount,
) -> Result<(), ActorError> {
    let nonce = st.use_nonce(store, signer)?;
    if *signed == TokenAmount::from_atto(nonce) {
        return Ok(());
    }
    let signer = Address::new_id(signer);
    Err(TokenError::InvalidNonce { signer, nonce }.into())
}
