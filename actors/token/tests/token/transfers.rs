//! Moving tokens, on both faces.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::token::{
    Erc20TransferFromParams, Erc20TransferParams, TransferFromParams, TransferParams, method,
};

use crate::desk::*;

fn to_bob(amount: fvm_shared::econ::TokenAmount) -> TransferParams {
    TransferParams {
        to: id(BOB),
        amount,
        operator_data: RawBytes::default(),
    }
}

#[test]
fn a_transfer_moves_tokens_logs_and_tells_the_recipient() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, BOB, tokens(300));
    desk.expect_hook(ALICE, BOB, ALICE, tokens(300), 0);
    let done = desk
        .call::<method::Transfer>(ALICE, &to_bob(tokens(300)))
        .unwrap();
    assert_eq!((done.from_balance, done.to_balance), (tokens(700), tokens(300)));
    assert_eq!(done.recipient_data.bytes(), [0x41, 7]);
    assert_eq!(desk.balance(BOB), tokens(300));
}

#[test]
fn a_transfer_that_the_hook_refuses_moves_nothing() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, BOB, tokens(300));
    desk.expect_hook(ALICE, BOB, ALICE, tokens(300), 67);
    let refused = desk
        .call::<method::Transfer>(ALICE, &to_bob(tokens(300)))
        .unwrap_err();
    assert_eq!(
        refused.code.value(),
        23,
        "a callee's code is wrapped, never raised again"
    );
    assert!(refused.message.contains("exit code 67"), "{refused}");
    assert_eq!(desk.balance(ALICE), tokens(1_000));
}

#[test]
fn an_erc20_transfer_has_no_hook() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, BOB, tokens(300));
    let params = Erc20TransferParams {
        to: id(BOB),
        value: tokens(300),
    };
    assert!(desk.sol::<method::transfer>(ALICE, params).unwrap());
    assert_eq!(desk.balance(BOB), tokens(300));
}

#[test]
fn nobody_spends_more_than_they_hold() {
    let mut desk = Desk::new();
    assert_eq!(
        code(desk.call::<method::Transfer>(ALICE, &to_bob(tokens(1_001)))),
        64
    );
    let params = Erc20TransferParams {
        to: id(ALICE),
        value: atto(1),
    };
    let refused = desk.sol::<method::transfer>(BOB, params);
    assert_eq!(
        revert(refused),
        error("ERC20InsufficientBalance(address,uint256,uint256)")
    );
}

#[test]
fn the_last_token_leaves_no_entry_behind() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, BOB, tokens(1_000));
    desk.sol::<method::transfer>(
        ALICE,
        Erc20TransferParams {
            to: id(BOB),
            value: tokens(1_000),
        },
    )
    .unwrap();
    assert_eq!(desk.balance(ALICE), atto(0));
}

#[test]
fn a_transfer_to_oneself_needs_the_balance_and_changes_nothing() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, ALICE, tokens(1_000));
    desk.sol::<method::transfer>(
        ALICE,
        Erc20TransferParams {
            to: id(ALICE),
            value: tokens(1_000),
        },
    )
    .unwrap();
    assert_eq!(desk.balance(ALICE), tokens(1_000));
    let refused = desk.sol::<method::transfer>(
        ALICE,
        Erc20TransferParams {
            to: id(ALICE),
            value: tokens(1_001),
        },
    );
    assert_eq!(
        revert(refused),
        error("ERC20InsufficientBalance(address,uint256,uint256)")
    );
}

#[test]
fn a_transfer_of_nothing_is_logged_and_creates_no_entry() {
    let mut desk = Desk::new();
    desk.expect_transfer(CAROL, BOB, atto(0));
    desk.sol::<method::transfer>(
        CAROL,
        Erc20TransferParams {
            to: id(BOB),
            value: atto(0),
        },
    )
    .unwrap();
    assert_eq!(desk.balance(BOB), atto(0));
}

#[test]
fn a_negative_amount_is_refused() {
    let mut desk = Desk::new();
    assert_eq!(
        code(desk.call::<method::Transfer>(ALICE, &to_bob(atto(0) - atto(1)))),
        69
    );
}

#[test]
fn operator_data_has_a_length() {
    let mut desk = Desk::new();
    let params = TransferParams {
        operator_data: RawBytes::new(vec![0; 2_049]),
        ..to_bob(tokens(1))
    };
    assert_eq!(code(desk.call::<method::Transfer>(ALICE, &params)), 79);
}

fn allow(desk: &mut Desk, value: fvm_shared::econ::TokenAmount) {
    desk.0.expect_event(holdfast_api::token::events::Approval {
        owner: eth(ALICE),
        spender: eth(BOB),
        value: value.clone(),
    });
    let params = holdfast_api::token::ApproveParams {
        spender: id(BOB),
        value,
    };
    assert!(desk.sol::<method::approve>(ALICE, params).unwrap());
}

#[test]
fn an_operator_spends_an_allowance_and_no_more() {
    let mut desk = Desk::new();
    allow(&mut desk, tokens(100));
    desk.expect_transfer(ALICE, CAROL, tokens(60));
    desk.expect_hook(ALICE, CAROL, BOB, tokens(60), 0);
    let params = TransferFromParams {
        from: id(ALICE),
        to: id(CAROL),
        amount: tokens(60),
        operator_data: RawBytes::default(),
    };
    let done = desk.call::<method::TransferFrom>(BOB, &params).unwrap();
    assert_eq!((done.allowance, done.to_balance), (tokens(40), tokens(60)));
    assert_eq!(code(desk.call::<method::TransferFrom>(BOB, &params)), 65);
    let params = Erc20TransferFromParams {
        from: id(ALICE),
        to: id(CAROL),
        value: tokens(41),
    };
    let refused = desk.sol::<method::transferFrom>(BOB, params);
    assert_eq!(
        revert(refused),
        error("ERC20InsufficientAllowance(address,uint256,uint256)")
    );
}

#[test]
fn an_endless_allowance_stays_endless_on_both_faces() {
    let mut desk = Desk::new();
    allow(&mut desk, endless());
    desk.expect_transfer(ALICE, CAROL, tokens(1));
    let params = Erc20TransferFromParams {
        from: id(ALICE),
        to: id(CAROL),
        value: tokens(1),
    };
    desk.sol::<method::transferFrom>(BOB, params).unwrap();
    desk.expect_transfer(ALICE, CAROL, tokens(1));
    desk.expect_hook(ALICE, CAROL, BOB, tokens(1), 0);
    let params = TransferFromParams {
        from: id(ALICE),
        to: id(CAROL),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    assert_eq!(
        desk.call::<method::TransferFrom>(BOB, &params).unwrap().allowance,
        endless()
    );
}

#[test]
fn an_frc46_operator_is_never_the_holder() {
    let mut desk = Desk::new();
    let params = TransferFromParams {
        from: id(ALICE),
        to: id(BOB),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    assert_eq!(code(desk.call::<method::TransferFrom>(ALICE, &params)), 67);
}

#[test]
fn a_holder_without_an_actor_has_nothing_to_take() {
    let mut desk = Desk::new();
    let nobody = fvm_shared::address::Address::new_secp256k1(&[3; 65]).unwrap();
    let params = TransferFromParams {
        from: nobody,
        to: id(CAROL),
        amount: atto(0),
        operator_data: RawBytes::default(),
    };
    assert_eq!(code(desk.call::<method::TransferFrom>(BOB, &params)), 68);
}
