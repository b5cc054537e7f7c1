//! Who manages a token, and how that changes hands.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{RolesReturn, SetMinterParams, method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::{Nobody, World, log, tokens};
use holdfast_localnet::Kind;

#[test]
fn the_ownership_passes_when_the_new_owner_accepts() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    let (a, c) = (w.eth(&alice), w.eth(&carol));
    let started = log(
        token,
        &IToken::OwnershipTransferStarted {
            previousOwner: a,
            newOwner: c,
        },
    );
    w.call::<method::TransferOwnership>(&alice, token, &carol.address())
        .emits(&[started])
        .ok();
    assert_eq!(w.ask(token, IToken::ownerCall {}), a);
    assert_eq!(w.ask(token, IToken::pendingOwnerCall {}), c);
    w.call::<method::AcceptOwnership>(&alice, token, &()).refused(73);
    let passed = log(
        token,
        &IToken::OwnershipTransferred {
            previousOwner: a,
            newOwner: c,
        },
    );
    w.evm(&carol, token, IToken::acceptOwnershipCall {})
        .emits(&[passed])
        .ok();
    let roles = RolesReturn {
        owner: w.id(&carol).id().ok(),
        pending_owner: None,
        burner: None,
        pauser: None,
    };
    assert_eq!(w.view::<method::Roles>(token, &()), roles);
    w.call::<method::Pause>(&alice, token, &()).refused(74);
    w.evm(&carol, token, IToken::pauseCall {}).ok();
}

#[test]
fn a_stranger_has_none_of_the_owners_powers() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    let minter = SetMinterParams {
        minter: bob.address(),
        cap: tokens(1),
    };
    w.call::<method::SetMinter>(&bob, token, &minter).refused(72);
    w.call::<method::SetBurner>(&bob, token, &Some(bob.address()))
        .refused(72);
    w.call::<method::SetPauser>(&bob, token, &Some(bob.address()))
        .refused(72);
    w.call::<method::LowerSupplyCap>(&bob, token, &tokens(1_000))
        .refused(72);
    w.call::<method::TransferOwnership>(&bob, token, &bob.address())
        .refused(72);
    w.call::<method::RenounceOwnership>(&bob, token, &()).refused(72);
    w.call::<method::Pause>(&bob, token, &()).refused(74);
    let error = || IToken::OwnableUnauthorizedAccount(w.eth(&bob));
    let expected = [error(), error(), error()];
    let [first, second, third] = expected;
    w.evm(&bob, token, IToken::setPauserCall(w.eth(&bob)))
        .reverts(first);
    w.evm(&bob, token, IToken::setBurnerCall(w.eth(&bob)))
        .reverts(second);
    w.evm(&bob, token, IToken::renounceOwnershipCall {})
        .reverts(third);
}

#[test]
fn a_renounced_ownership_is_gone_for_good_and_minters_stay() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    let minter = SetMinterParams {
        minter: bob.address(),
        cap: tokens(5),
    };
    w.call::<method::SetMinter>(&alice, token, &minter).ok();
    w.call::<method::TransferOwnership>(&alice, token, &bob.address())
        .ok();
    let gone = IToken::OwnershipTransferred {
        previousOwner: w.eth(&alice),
        newOwner: w.eth(Nobody),
    };
    w.call::<method::RenounceOwnership>(&alice, token, &())
        .emits(&[log(token, &gone)])
        .ok();
    w.call::<method::AcceptOwnership>(&bob, token, &()).refused(73);
    w.call::<method::SetMinter>(&alice, token, &minter).refused(72);
    assert_eq!(w.ask(token, IToken::ownerCall {}), w.eth(Nobody));
    w.frc46(token).mint(&bob, &alice, tokens(5)).ok();
}

#[test]
fn a_role_for_whoever_cannot_exist_is_refused() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let absent = fvm_shared::address::Address::new_id(999_999);
    w.call::<method::TransferOwnership>(&alice, token, &absent)
        .refused(67);
    w.call::<method::SetPauser>(&alice, token, &Some(absent))
        .refused(67);
    let minter = SetMinterParams {
        minter: absent,
        cap: TokenAmount::from_atto(1),
    };
    w.call::<method::SetMinter>(&alice, token, &minter).refused(67);
}
