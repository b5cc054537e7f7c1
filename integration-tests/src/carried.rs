//! What somebody signs for the access actor and somebody else carries, as wallets make it.

use alloy_primitives::B256;
use alloy_sol_types::{Eip712Domain, SolStruct, eip712_domain};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::{CarryParams, DOMAIN_NAME, GrantParams, Rate, Scope, Signed, SignedMessage};
use holdfast_localnet::{Kind, Wallet};

use crate::World;

/// What 0x accounts and contracts sign.
#[path = "../../actors/access/tests/access/wallets.rs"]
pub mod typed;

/// The domain of the access actor, which is known without asking it.
pub fn domain(w: &World, access: Address) -> Eip712Domain {
    eip712_domain! {
        name: DOMAIN_NAME,
        version: "1",
        chain_id: w.network().profile().chain_id,
        verifying_contract: w.eth(access),
    }
}

/// The digest that a 0x account or a contract signs.
pub fn digest(w: &World, access: Address, message: &CarryParams) -> B256 {
    let domain = domain(w, access);
    let (signer, nonce, deadline) = (w.eth(message.signer), message.nonce, message.deadline as u64);
    match &message.what {
        Signed::Grant { params } => grant(w, message, params).eip712_signing_hash(&domain),
        Signed::Revoke { params } => typed::Revoke {
            signer,
            dataSet: params.data_set,
            subject: w.eth(params.subject),
            grant: params.grant,
            nonce,
            deadline,
        }
        .eip712_signing_hash(&domain),
        Signed::AcceptTerms { params } => typed::AcceptTerms {
            signer,
            dataSet: params.data_set,
            version: params.version,
            hash: params.hash.0.into(),
            nonce,
            deadline,
        }
        .eip712_signing_hash(&domain),
    }
}

fn grant(w: &World, message: &CarryParams, params: &GrantParams) -> typed::Grant {
    let terms = &params.terms;
    let Rate {
        capacity,
        refill,
        period,
    } = terms.rate.clone().unwrap_or(Rate {
        capacity: 0,
        refill: 0,
        period: 0,
    });
    typed::Grant {
        signer: w.eth(message.signer),
        dataSet: params.data_set,
        subject: w.eth(params.subject),
        actions: terms.actions,
        scope: match &terms.scope {
            Scope::All {} => String::new(),
            Scope::Path { path } => format!("/{path}"),
            Scope::Content { cid } => cid.0.to_string(),
        },
        start: terms.start.unwrap_or(0) as u64,
        end: terms.end.unwrap_or(0) as u64,
        uses: terms.uses.unwrap_or(0),
        capacity,
        refill,
        period,
        revocable: terms.revocable,
        terms: terms.terms,
        from: params.from.unwrap_or(0),
        nonce: message.nonce,
        deadline: message.deadline as u64,
    }
}

/// The 65 bytes of a typed signature: r, s and v.
///
/// # Panics
/// When the key is BLS.
pub fn sign_digest(key: &Wallet, digest: &B256) -> RawBytes {
    let mut bytes = key.sign_hash(digest).expect("a key of secp256k1");
    bytes[64] += 27;
    RawBytes::new(bytes)
}

/// The message with its signer's signature: typed data for 0x accounts, bytes for the others.
///
/// # Panics
/// When it does not encode.
pub fn signed(w: &World, access: Address, key: &Wallet, message: CarryParams) -> CarryParams {
    let signature = if key.kind() == Kind::Eth {
        sign_digest(key, &digest(w, access, &message))
    } else {
        let bytes = native(w, access, &message)
            .to_bytes()
            .expect("a message that encodes");
        RawBytes::new(key.sign_bytes(&bytes).expect("a signature"))
    };
    CarryParams { signature, ..message }
}

fn native(w: &World, access: Address, message: &CarryParams) -> SignedMessage {
    SignedMessage {
        chain_id: w.network().profile().chain_id,
        actor: access.id().expect("the actor's id"),
        signer: message.signer,
        what: message.what.clone(),
        nonce: message.nonce,
        deadline: message.deadline,
    }
}
