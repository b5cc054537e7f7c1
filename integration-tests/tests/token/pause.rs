//! What a pause stops, and what it never does.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::PauserSet;
use holdfast_api::token::{SetMinterParams, method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::{World, cbor_event, endless, log, tokens};
use holdfast_localnet::Kind;

#[test]
fn a_pause_stops_transfers_mints_and_new_allowances() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    let minter = SetMinterParams {
        minter: alice.address(),
        cap: endless(),
    };
    w.call::<method::SetMinter>(&alice, token, &minter).ok();
    w.erc20(token).approve(&alice, &bob, tokens(10)).ok();
    let paused = log(
        token,
        &IToken::Paused {
            account: w.eth(&alice),
        },
    );
    w.call::<method::Pause>(&alice, token, &()).emits(&[paused]).ok();
    assert!(w.ask(token, IToken::pausedCall {}));
    assert!(w.view::<method::IsPaused>(token, &()));

    w.frc46(token).transfer(&alice, &bob, tokens(1)).refused(70);
    w.frc46(token)
        .transfer_from(&bob, &alice, &bob, tokens(1))
        .refused(70);
    w.frc46(token).mint(&alice, &alice, tokens(1)).refused(70);
    w.frc46(token)
        .increase_allowance(&alice, &bob, tokens(1))
        .refused(70);
    w.erc20(token)
        .transfer(&alice, &bob, tokens(1))
        .reverts(IToken::EnforcedPause {});
    w.erc20(token)
        .transfer_from(&bob, &alice, &bob, tokens(1))
        .reverts(IToken::EnforcedPause {});
    w.erc20(token)
        .mint(&alice, &alice, tokens(1))
        .reverts(IToken::EnforcedPause {});
    w.erc20(token)
        .approve(&alice, &bob, tokens(1))
        .reverts(IToken::EnforcedPause {});

    let unpaused = log(
        token,
        &IToken::Unpaused {
            account: w.eth(&alice),
        },
    );
    w.call::<method::Unpause>(&alice, token, &())
        .emits(&[unpaused])
        .ok();
    w.frc46(token).transfer_from(&bob, &alice, &bob, tokens(10)).ok();
}

#[test]
fn a_pause_never_blocks_burning_or_the_end_of_an_allowance() {
    let mut w = World::new();
    let (alice, bob, carol) = (
        w.account(Kind::Secp256k1, 0),
        w.account(Kind::Bls, 0),
        w.account(Kind::Eth, 0),
    );
    let token = w.story_token(&alice);
    for operator in [&bob, &carol] {
        w.erc20(token).approve(&alice, operator, tokens(10)).ok();
    }
    w.call::<method::Pause>(&alice, token, &()).ok();
    w.frc46(token).burn(&alice, tokens(1)).ok();
    w.erc20(token).burn(&alice, tokens(1)).ok();
    w.frc46(token).burn_from(&bob, &alice, tokens(1)).ok();
    w.erc20(token).burn_from(&bob, &alice, tokens(1)).ok();
    assert_eq!(
        w.frc46(token).decrease_allowance(&alice, &bob, tokens(1)).ok(),
        tokens(7)
    );
    w.frc46(token).revoke_allowance(&alice, &bob).ok();
    w.erc20(token)
        .approve(&alice, &carol, TokenAmount::default())
        .ok();
    assert!(w.allowance(token, &alice, &bob).is_zero());
    assert!(w.allowance(token, &alice, &carol).is_zero());
    assert_eq!(w.supply(token), tokens(996));
}

#[test]
fn the_pauser_pauses_and_does_nothing_else() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    w.evm(&carol, token, IToken::pauseCall {})
        .reverts_saying("is not the pauser");
    let named = cbor_event(
        token,
        &PauserSet {
            pauser: w.id(&carol).id().ok(),
        },
    );
    w.call::<method::SetPauser>(&alice, token, &Some(carol.address()))
        .emits(&[named])
        .ok();
    w.evm(&carol, token, IToken::pauseCall {}).ok();
    w.evm(&carol, token, IToken::pauseCall {})
        .reverts(IToken::EnforcedPause {});
    w.evm(&carol, token, IToken::unpauseCall {}).ok();
    w.evm(&carol, token, IToken::unpauseCall {})
        .reverts(IToken::ExpectedPause {});
    let error = IToken::OwnableUnauthorizedAccount(w.eth(&carol));
    w.evm(&carol, token, IToken::setPauserCall(w.eth(&carol)))
        .reverts(error);
}
