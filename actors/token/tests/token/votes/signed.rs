//! Delegations by signature.

use holdfast_api::token::events::{Approval, DelegateChanged};
use holdfast_api::token::{DelegateBySigParams, method};
use holdfast_runtime::evm::Bytes32;

use super::NOBODY;
use crate::desk::*;
use crate::permits::{DAVE, Signer};

const NOW: u64 = 1_700_000_000;

#[test]
fn a_signed_delegation_is_good_once() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    desk.expect_transfer_to(dave.address, 5);
    desk.send(ALICE, DAVE, 5);
    let signed = dave.delegation(&desk, eth(BOB), 0, NOW);
    desk.0.expect_event(DelegateChanged {
        delegator: dave.address,
        from_delegate: NOBODY,
        to_delegate: eth(BOB),
    });
    desk.expect_votes(BOB, tokens(0), tokens(5));
    desk.sol::<method::delegateBySig>(CAROL, signed.clone()).unwrap();
    assert_eq!(desk.votes(BOB), tokens(5));
    let again = desk.sol::<method::delegateBySig>(CAROL, signed);
    assert_eq!(revert(again), error("InvalidAccountNonce(address,uint256)"));
}

#[test]
fn permits_and_delegations_share_their_nonces() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let early = dave.delegation(&desk, eth(BOB), 1, NOW);
    let refused = desk.sol::<method::delegateBySig>(CAROL, early.clone());
    assert_eq!(revert(refused), error("InvalidAccountNonce(address,uint256)"));
    let permit = dave.permit(&desk, tokens(5), 0, NOW);
    desk.0.expect_event(Approval {
        owner: dave.address,
        spender: eth(BOB),
        value: tokens(5),
    });
    desk.sol::<method::permit>(CAROL, permit).unwrap();
    desk.0.expect_event(DelegateChanged {
        delegator: dave.address,
        from_delegate: NOBODY,
        to_delegate: eth(BOB),
    });
    desk.sol::<method::delegateBySig>(CAROL, early).unwrap();
    assert_eq!(desk.sol::<method::nonces>(BOB, id(DAVE)).unwrap(), atto(2));
}

#[test]
fn a_signed_delegation_ends_with_its_expiry() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let late = dave.delegation(&desk, eth(BOB), 0, NOW - 1);
    assert_eq!(
        revert(desk.sol::<method::delegateBySig>(CAROL, late)),
        error("VotesExpiredSignature(uint256)")
    );
}

#[test]
fn a_changed_or_malformed_signature_delegates_nobodys_votes() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let signed = dave.delegation(&desk, eth(BOB), 0, NOW);
    // It is the signature of somebody else then, who has no actor.
    let greedy = DelegateBySigParams {
        delegatee: eth(CAROL),
        ..signed.clone()
    };
    let refused = desk.sol::<method::delegateBySig>(CAROL, greedy);
    assert_eq!(revert(refused), error("ERC20InvalidSender(address)"));
    let malformed = [
        DelegateBySigParams {
            v: signed.v - 27,
            ..signed.clone()
        },
        DelegateBySigParams {
            s: Bytes32([0xff; 32]),
            ..signed.clone()
        },
    ];
    for params in malformed {
        let refused = desk.sol::<method::delegateBySig>(CAROL, params);
        assert_eq!(revert(refused), error("ECDSAInvalidSignature()"));
    }
}

#[test]
fn a_signature_can_take_the_votes_back() {
    let mut desk = Desk::new();
    let dave = Signer::new(&mut desk);
    let signed = dave.delegation(&desk, NOBODY, 0, NOW);
    desk.0.expect_event(DelegateChanged {
        delegator: dave.address,
        from_delegate: NOBODY,
        to_delegate: NOBODY,
    });
    desk.sol::<method::delegateBySig>(CAROL, signed).unwrap();
}
