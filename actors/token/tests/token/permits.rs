//! Allowances by signature.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::{Approval, Paused};
use holdfast_api::token::{DelegateBySigParams, PermitParams, method};
use holdfast_runtime::evm::eip712::{Typed, digest};
use holdfast_runtime::evm::{Bytes32, EthAddress, keccak};
use holdfast_token::eip712::{Delegation, Permit};
use k256::ecdsa::SigningKey;
use k256::elliptic_curve::PrimeField;

use crate::desk::*;

/// A 0x holder.
pub(crate) const DAVE: ActorID = 6_000;
/// The mock's clock.
const NOW: u64 = 1_700_000_000;

/// Dave's key.
pub(crate) struct Signer {
    key: SigningKey,
    pub(crate) address: EthAddress,
}

impl Signer {
    pub(crate) fn new(desk: &mut Desk) -> Self {
        let key = SigningKey::from_slice(&[5; 32]).unwrap();
        let public = key.verifying_key().to_encoded_point(false);
        let hash = keccak(&[&public.as_bytes()[1..]]);
        let address = EthAddress(hash[12..].try_into().unwrap());
        desk.0.add_actor(DAVE, 16, Some(address.to_filecoin().unwrap()));
        Self { key, address }
    }

    /// A permit for Bob.
    pub(crate) fn permit(&self, desk: &Desk, value: TokenAmount, nonce: u64, deadline: u64) -> PermitParams {
        let deadline = atto(deadline);
        let permit = Permit {
            owner: self.address,
            spender: eth(BOB),
            value: &value,
            nonce,
            deadline: &deadline,
        };
        let (v, r, s) = self.sign(desk, &permit);
        PermitParams {
            owner: self.address,
            spender: eth(BOB),
            value: value.clone(),
            deadline,
            v,
            r,
            s,
        }
    }

    /// A delegation of Dave's votes.
    pub(crate) fn delegation(
        &self,
        desk: &Desk,
        delegatee: EthAddress,
        nonce: u64,
        expiry: u64,
    ) -> DelegateBySigParams {
        let (nonce, expiry) = (atto(nonce), atto(expiry));
        let delegation = Delegation {
            delegatee,
            nonce: &nonce,
            expiry: &expiry,
        };
        let (v, r, s) = self.sign(desk, &delegation);
        DelegateBySigParams {
            delegatee,
            nonce,
            expiry,
            v,
            r,
            s,
        }
    }

    fn sign(&self, desk: &Desk, typed: &impl Typed) -> (u8, Bytes32, Bytes32) {
        let hash = digest(&desk.0, "Harbour", typed);
        let (signature, recovery) = self.key.sign_prehash_recoverable(&hash).unwrap();
        let (r, s) = signature.split_bytes();
        (27 + recovery.to_byte(), Bytes32(r.into()), Bytes32(s.into()))
    }
}

#[test]
fn a_signed_permit_sets_the_allowance_once() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let permit = dave.permit(&desk, tokens(5), 0, NOW);
    desk.0.expect_event(Approval {
        owner: dave.address,
        spender: eth(BOB),
        value: tokens(5),
    });
    desk.sol::<method::permit>(CAROL, permit.clone()).unwrap();
    assert_eq!(desk.allowance(DAVE, BOB), tokens(5));
    assert_eq!(desk.sol::<method::nonces>(BOB, id(DAVE)).unwrap(), atto(1));
    let again = desk.sol::<method::permit>(CAROL, permit);
    assert_eq!(revert(again), error("ERC2612InvalidSigner(address,address)"));
}

#[test]
fn a_permit_after_its_deadline_is_refused() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let permit = dave.permit(&desk, tokens(5), 0, NOW - 1);
    let late = desk.sol::<method::permit>(CAROL, permit);
    assert_eq!(revert(late), error("ERC2612ExpiredSignature(uint256)"));
}

#[test]
fn a_permit_that_says_something_else_than_was_signed_is_refused() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let signed = dave.permit(&desk, tokens(5), 0, NOW);
    let changed = [
        PermitParams {
            value: tokens(6),
            ..signed.clone()
        },
        PermitParams {
            spender: eth(CAROL),
            ..signed.clone()
        },
        PermitParams {
            deadline: atto(NOW + 1),
            ..signed.clone()
        },
        PermitParams {
            v: 55 - signed.v,
            ..signed.clone()
        },
        PermitParams {
            v: signed.v - 27,
            ..signed.clone()
        },
        PermitParams {
            r: signed.s,
            s: signed.r,
            ..signed.clone()
        },
    ];
    for permit in changed {
        let refused = desk.sol::<method::permit>(CAROL, permit);
        assert_eq!(revert(refused), error("ERC2612InvalidSigner(address,address)"));
    }
}

#[test]
fn the_twin_of_a_signature_is_refused() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let signed = dave.permit(&desk, tokens(5), 0, NOW);
    let s = k256::Scalar::from_repr_vartime(signed.s.0.into()).unwrap();
    let twin = PermitParams {
        v: 55 - signed.v,
        s: Bytes32((-s).to_bytes().into()),
        ..signed
    };
    let refused = desk.sol::<method::permit>(CAROL, twin);
    assert_eq!(revert(refused), error("ERC2612InvalidSigner(address,address)"));
}

#[test]
fn a_pause_stops_permits_but_those_that_end_an_allowance() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    desk.0.expect_event(Paused { account: eth(OWNER) });
    desk.call::<method::Pause>(OWNER, &()).unwrap();
    let something = dave.permit(&desk, tokens(5), 0, NOW);
    let refused = desk.sol::<method::permit>(CAROL, something);
    assert_eq!(revert(refused), error("EnforcedPause()"));
    let nothing = dave.permit(&desk, tokens(0), 0, NOW);
    desk.0.expect_event(Approval {
        owner: dave.address,
        spender: eth(BOB),
        value: tokens(0),
    });
    desk.sol::<method::permit>(CAROL, nothing).unwrap();
}

#[test]
fn the_domain_names_the_token_and_the_chain() {
    let mut desk = Desk::new();
    let here = desk.sol::<method::DOMAIN_SEPARATOR>(BOB, ()).unwrap();
    let domain = desk.sol::<method::eip712Domain>(BOB, ()).unwrap();
    assert_eq!(
        (domain.chain_id, domain.verifying_contract),
        (atto(314_159), eth(5_000))
    );
    let encoded = [
        keccak(&[b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"]),
        keccak(&[b"Harbour"]),
        keccak(&[b"1"]),
        holdfast_runtime::event::Word::word(&314_159u64),
        eth(5_000).to_word(),
    ];
    assert_eq!(here.0, keccak(&[&encoded.concat()]));
}
