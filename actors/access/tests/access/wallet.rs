//! A 0x account that signs what is carried, as wallets do: the digest is computed by alloy, the signature by k256.

use alloy_primitives::Address as EthWord;
use alloy_sol_types::{Eip712Domain, SolStruct, eip712_domain};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{ADMIN, CarryParams, GrantId, GrantParams, NonceParams, READ, Signed, method};
use holdfast_runtime::ActorError;
use holdfast_runtime::evm::{EthAddress, keccak};
use k256::ecdsa::SigningKey;

use crate::desk::*;

/// Has a 0x account.
pub const DAVE: ActorID = 6_000;
/// The access actor on the desk.
pub const ACTOR: ActorID = 5_000;
pub const CHAIN: u64 = 314_159;
/// The first epoch at which messages of the tests are no longer good.
pub const DEADLINE: ChainEpoch = NOW + 10;

pub use crate::wallets;

pub fn key() -> SigningKey {
    SigningKey::from_slice(&[5; 32]).unwrap()
}

/// Dave's 0x address.
pub fn dave() -> EthAddress {
    let public = key().verifying_key().to_encoded_point(false);
    EthAddress(keccak(&[&public.as_bytes()[1..]])[12..].try_into().unwrap())
}

pub fn word(address: EthAddress) -> EthWord {
    EthWord::from(address.0)
}

pub fn masked(id: ActorID) -> EthWord {
    word(EthAddress::from_id(id))
}

pub fn domain() -> Eip712Domain {
    domain_of("Holdfast Access", "1", CHAIN, ACTOR)
}

pub fn domain_of(name: &'static str, version: &'static str, chain_id: u64, actor: ActorID) -> Eip712Domain {
    eip712_domain! {
        name: name,
        version: version,
        chain_id: chain_id,
        verifying_contract: masked(actor),
    }
}

/// A desk where Dave, a 0x account, is an admin.
pub fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.0.add_actor(DAVE, 16, Some(dave().to_filecoin().unwrap()));
    desk.grant(DAVE, terms(ADMIN));
    desk
}

/// A grant to read for Bob.
pub fn reading() -> GrantParams {
    GrantParams {
        data_set: DATA,
        subject: id(BOB),
        terms: terms(READ),
        from: None,
    }
}

/// The same as Dave's wallet shows it.
pub fn shown() -> wallets::Grant {
    wallets::Grant {
        signer: word(dave()),
        dataSet: DATA,
        subject: masked(BOB),
        actions: READ,
        scope: String::new(),
        start: 0,
        end: 0,
        uses: 0,
        capacity: 0,
        refill: 0,
        period: 0,
        revocable: true,
        terms: 0,
        from: 0,
        nonce: 7,
        deadline: DEADLINE as u64,
    }
}

/// Dave's signature.
pub fn signed(shown: &impl SolStruct, domain: &Eip712Domain) -> RawBytes {
    sign(&shown.eip712_signing_hash(domain).0)
}

/// Dave's signature of a digest.
pub fn sign(digest: &[u8; 32]) -> RawBytes {
    let (signature, recovery) = key().sign_prehash_recoverable(digest).unwrap();
    let mut bytes = signature.to_bytes().to_vec();
    bytes.push(27 + recovery.to_byte());
    RawBytes::new(bytes)
}

pub fn grant(params: GrantParams) -> Signed {
    Signed::Grant { params }
}

/// A message of Dave.
pub fn message(what: Signed, signature: RawBytes) -> CarryParams {
    CarryParams {
        signer: dave().to_filecoin().unwrap(),
        what,
        nonce: 7,
        deadline: DEADLINE,
        signature,
    }
}

/// Dave's message that grants reading to Bob.
pub fn good() -> CarryParams {
    message(grant(reading()), signed(&shown(), &domain()))
}

/// Carol carries a message.
#[track_caller]
pub fn carry(desk: &mut Desk, message: &CarryParams) -> Result<Option<GrantId>, ActorError> {
    desk.call::<method::Carry>(CAROL, message)
}

#[track_caller]
pub fn refused(desk: &mut Desk, message: &CarryParams, code: u32) -> String {
    desk.refused::<method::Carry>(CAROL, message, code)
}

pub fn is_used(desk: &mut Desk, signer: ActorID, nonce: u64) -> bool {
    let signer = id(signer);
    let params = NonceParams { signer, nonce };
    desk.call::<method::IsNonceUsed>(BOB, &params).unwrap()
}
