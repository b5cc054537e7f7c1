//! Raising, lowering and ending allowances.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::Approval;
use holdfast_api::token::{
    ApproveParams, DecreaseAllowanceParams, IncreaseAllowanceParams, RevokeAllowanceParams, method,
};

use crate::desk::*;

fn expect_approval(desk: &mut Desk, value: TokenAmount) {
    desk.0.expect_event(Approval {
        owner: eth(ALICE),
        spender: eth(BOB),
        value,
    });
}

fn raise(desk: &mut Desk, increase: TokenAmount, after: TokenAmount) -> TokenAmount {
    expect_approval(desk, after);
    let params = IncreaseAllowanceParams {
        operator: id(BOB),
        increase,
    };
    desk.call::<method::IncreaseAllowance>(ALICE, &params).unwrap()
}

#[test]
fn an_allowance_rises_and_falls_but_not_below_zero() {
    let mut desk = Desk::new();
    assert_eq!(raise(&mut desk, tokens(5), tokens(5)), tokens(5));
    assert_eq!(raise(&mut desk, tokens(2), tokens(7)), tokens(7));
    expect_approval(&mut desk, tokens(4));
    let params = DecreaseAllowanceParams {
        operator: id(BOB),
        decrease: tokens(3),
    };
    assert_eq!(
        desk.call::<method::DecreaseAllowance>(ALICE, &params).unwrap(),
        tokens(4)
    );
    expect_approval(&mut desk, tokens(0));
    let params = DecreaseAllowanceParams {
        operator: id(BOB),
        decrease: tokens(9),
    };
    assert_eq!(
        desk.call::<method::DecreaseAllowance>(ALICE, &params).unwrap(),
        tokens(0)
    );
}

#[test]
fn a_raised_allowance_saturates_at_endless() {
    let mut desk = Desk::new();
    raise(&mut desk, tokens(5), tokens(5));
    assert_eq!(raise(&mut desk, endless(), endless()), endless());
}

#[test]
fn an_endless_allowance_can_be_lowered() {
    let mut desk = Desk::new();
    raise(&mut desk, endless(), endless());
    let left = endless() - atto(1);
    expect_approval(&mut desk, left.clone());
    let params = DecreaseAllowanceParams {
        operator: id(BOB),
        decrease: atto(1),
    };
    assert_eq!(
        desk.call::<method::DecreaseAllowance>(ALICE, &params).unwrap(),
        left
    );
}

#[test]
fn a_revoked_allowance_is_zero() {
    let mut desk = Desk::new();
    raise(&mut desk, tokens(5), tokens(5));
    expect_approval(&mut desk, tokens(0));
    desk.call::<method::RevokeAllowance>(ALICE, &RevokeAllowanceParams { operator: id(BOB) })
        .unwrap();
    assert_eq!(desk.allowance(ALICE, BOB), tokens(0));
}

#[test]
fn approve_replaces_what_was_allowed() {
    let mut desk = Desk::new();
    raise(&mut desk, tokens(5), tokens(5));
    expect_approval(&mut desk, tokens(2));
    assert!(
        desk.sol::<method::approve>(
            ALICE,
            ApproveParams {
                spender: id(BOB),
                value: tokens(2)
            }
        )
        .unwrap()
    );
    assert_eq!(desk.allowance(ALICE, BOB), tokens(2));
}

#[test]
fn nobody_allows_the_zero_address() {
    let mut desk = Desk::new();
    let zero = holdfast_runtime::evm::EthAddress::ZERO.to_filecoin().unwrap();
    let refused = desk.sol::<method::approve>(
        ALICE,
        ApproveParams {
            spender: zero,
            value: tokens(2),
        },
    );
    assert_eq!(revert(refused), error("ERC20InvalidSpender(address)"));
}

#[test]
fn an_allowance_above_the_largest_amount_is_refused() {
    let mut desk = Desk::new();
    let params = IncreaseAllowanceParams {
        operator: id(BOB),
        increase: endless() + atto(1),
    };
    assert_eq!(code(desk.call::<method::IncreaseAllowance>(ALICE, &params)), 69);
}
