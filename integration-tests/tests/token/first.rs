//! The thin path.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::token::{TransferParams, method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::{World, log, tokens};
use holdfast_localnet::Kind;

#[test]
fn an_account_creates_a_token_and_transfers_by_frc46() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Secp256k1, 1));
    let token = w.story_token(&alice);
    let moved = log(
        token,
        &IToken::Transfer {
            from: w.eth(alice.address()),
            to: w.eth(bob.address()),
            value: alloy_primitives::U256::from(5u64)
                * alloy_primitives::U256::from(10u64).pow(alloy_primitives::U256::from(18u64)),
        },
    );
    let params = TransferParams {
        to: bob.address(),
        amount: tokens(5),
        operator_data: RawBytes::default(),
    };
    let answer = w
        .call::<method::Transfer>(&alice, token, &params)
        .emits(&[moved])
        .ok();
    assert_eq!(answer.from_balance, tokens(995));
    assert_eq!(answer.to_balance, tokens(5));
    assert_eq!(w.view::<method::BalanceOf>(token, &bob.address()), tokens(5));
}
