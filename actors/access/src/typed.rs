//! Signed messages as typed data (EIP-712). `actors/api/src/access/signed.rs` says how wallets make it.

use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{
    AcceptTermsParams, AccessError, CarryParams, GrantAt, GrantParams, Rate, Scope, Signed,
};
use holdfast_runtime::event::Word;
use holdfast_runtime::evm::eip712::Typed;
use holdfast_runtime::evm::{EthAddress, canonical, keccak};
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::{ActorError, Runtime};

use crate::people::known;

const GRANT_TYPE: [u8; 32] = keccak(&[
    b"Grant(address signer,uint64 dataSet,address subject,uint8 actions,string scope,",
    b"uint64 start,uint64 end,uint64 uses,uint64 capacity,uint64 refill,uint64 period,",
    b"bool revocable,uint64 terms,uint64 from,uint64 nonce,uint64 deadline)",
]);
const REVOKE_TYPE: [u8; 32] = keccak(&[
    b"Revoke(address signer,uint64 dataSet,address subject,uint64 grant,uint64 nonce,uint64 deadline)",
]);
const ACCEPT_TERMS_TYPE: [u8; 32] = keccak(&[
    b"AcceptTerms(address signer,uint64 dataSet,uint64 version,bytes32 hash,uint64 nonce,uint64 deadline)",
]);

/// The words that are hashed.
#[derive(Debug)]
pub(crate) struct Words(Vec<[u8; 32]>);

impl Typed for Words {
    fn words(&self) -> Vec<[u8; 32]> {
        self.0.clone()
    }
}

/// A message of a signer as typed data.
///
/// # Errors
/// [`AccessError::Ambiguous`]; [`AccessError::Nobody`] for a subject without an actor or 0x form.
pub(crate) fn typed<R: Runtime>(
    rt: &R,
    signer: EthAddress,
    message: &CarryParams,
) -> Result<Words, ActorError> {
    let mut words = match &message.what {
        Signed::Grant { params } => grant(rt, signer, params)?,
        Signed::Revoke { params } => revoke(rt, signer, params)?,
        Signed::AcceptTerms { params } => accept_terms(signer, params),
    };
    words.extend([message.nonce.word(), epoch("deadline", Some(message.deadline))?]);
    Ok(Words(words))
}

fn grant<R: Runtime>(rt: &R, signer: EthAddress, p: &GrantParams) -> Result<Vec<[u8; 32]>, ActorError> {
    let terms = &p.terms;
    let no_rate = Rate {
        capacity: 0,
        refill: 0,
        period: 0,
    };
    let rate = terms.rate.as_ref().unwrap_or(&no_rate);
    Ok(vec![
        GRANT_TYPE,
        signer.to_word(),
        p.data_set.word(),
        subject(rt, &p.subject)?,
        u64::from(terms.actions).word(),
        rt.hash(Hash::Keccak256, scope(&terms.scope).as_bytes()),
        epoch("start", terms.start)?,
        epoch("end", terms.end)?,
        number("uses", terms.uses)?,
        // A rate of nothing is none: the grant would be refused.
        rate.capacity.word(),
        rate.refill.word(),
        rate.period.word(),
        u64::from(terms.revocable).word(),
        terms.terms.word(),
        number("from", p.from)?,
    ])
}

fn revoke<R: Runtime>(rt: &R, signer: EthAddress, p: &GrantAt) -> Result<Vec<[u8; 32]>, ActorError> {
    let subject = subject(rt, &p.subject)?;
    Ok(vec![
        REVOKE_TYPE,
        signer.to_word(),
        p.data_set.word(),
        subject,
        p.grant.word(),
    ])
}

fn accept_terms(signer: EthAddress, p: &AcceptTermsParams) -> Vec<[u8; 32]> {
    vec![
        ACCEPT_TERMS_TYPE,
        signer.to_word(),
        p.data_set.word(),
        p.version.word(),
        p.hash.word(),
    ]
}

/// The one 0x form of an actor, or that of an account that is still to be made.
fn subject<R: Runtime>(rt: &R, address: &Address) -> Result<[u8; 32], ActorError> {
    let eth = match EthAddress::from_delegated(address) {
        Some(eth) => eth,
        None => canonical(rt, known(rt, address)?),
    };
    Ok(eth.to_word())
}

/// Nothing for all, a path with a slash before it, or a CID, which has no slash.
fn scope(scope: &Scope) -> String {
    match scope {
        Scope::All {} => String::new(),
        Scope::Path { path } => format!("/{path}"),
        Scope::Content { cid } => cid.0.to_string(),
    }
}

fn epoch(field: &'static str, epoch: Option<ChainEpoch>) -> Result<[u8; 32], ActorError> {
    number(field, epoch.map(|epoch| u64::try_from(epoch).unwrap_or(0)))
}

/// A number, or 0 for null.
fn number(field: &'static str, number: Option<u64>) -> Result<[u8; 32], ActorError> {
    match number {
        Some(0) => Err(AccessError::Ambiguous { field }.into()),
        other => Ok(other.unwrap_or(0).word()),
    }
}
