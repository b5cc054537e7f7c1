//! Making and destroying tokens.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::{Approval, BurnerSet, MinterSet, SupplyCapLowered, Transfer};
use holdfast_api::token::{
    ApproveParams, BurnByRoleParams, BurnFromParams, BurnParams, Erc20MintParams, MintParams,
    SetMinterParams, TokenError, method,
};
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::testing::RECEIVER;

use crate::desk::*;

fn set_minter(desk: &mut Desk, cap: TokenAmount) {
    desk.0.expect_event(MinterSet {
        minter: BOB,
        cap: cap.clone(),
    });
    desk.call::<method::SetMinter>(OWNER, &SetMinterParams { minter: id(BOB), cap })
        .unwrap();
}

fn expect_minted(desk: &mut Desk, value: TokenAmount) {
    desk.0.expect_event(Transfer {
        from: EthAddress::ZERO,
        to: eth(CAROL),
        value,
    });
}

fn mint(amount: TokenAmount) -> MintParams {
    MintParams {
        to: id(CAROL),
        amount,
        operator_data: RawBytes::default(),
    }
}

#[test]
fn a_minter_mints_within_its_cap() {
    let mut desk = Desk::new();
    set_minter(&mut desk, tokens(10));
    expect_minted(&mut desk, tokens(6));
    desk.expect_hook(RECEIVER, CAROL, BOB, tokens(6), 0);
    let done = desk.call::<method::Mint>(BOB, &mint(tokens(6))).unwrap();
    assert_eq!((done.balance, done.supply), (tokens(6), tokens(1_006)));
    assert_eq!(
        desk.call::<method::MinterCap>(ALICE, &id(BOB)).unwrap(),
        tokens(4)
    );
    assert_eq!(code(desk.call::<method::Mint>(BOB, &mint(tokens(5)))), 75);
}

#[test]
fn a_mint_on_the_ethereum_face_has_no_hook() {
    let mut desk = Desk::new();
    set_minter(&mut desk, tokens(10));
    expect_minted(&mut desk, tokens(10));
    desk.sol::<method::mint>(
        BOB,
        Erc20MintParams {
            to: id(CAROL),
            value: tokens(10),
        },
    )
    .unwrap();
    assert_eq!(desk.balance(CAROL), tokens(10));
}

#[test]
fn whoever_is_no_minter_mints_nothing_not_even_the_owner() {
    let mut desk = Desk::new();
    assert_eq!(code(desk.call::<method::Mint>(OWNER, &mint(tokens(1)))), 74);
    set_minter(&mut desk, tokens(10));
    set_minter(&mut desk, tokens(0));
    assert_eq!(code(desk.call::<method::Mint>(BOB, &mint(tokens(1)))), 74);
}

#[test]
fn a_used_up_minter_is_no_minter_any_more() {
    let mut desk = Desk::new();
    set_minter(&mut desk, tokens(1));
    expect_minted(&mut desk, tokens(1));
    desk.sol::<method::mint>(
        BOB,
        Erc20MintParams {
            to: id(CAROL),
            value: tokens(1),
        },
    )
    .unwrap();
    assert_eq!(code(desk.call::<method::Mint>(BOB, &mint(atto(1)))), 74);
}

#[test]
fn no_mint_exceeds_the_supply_cap_and_the_cap_only_falls() {
    let mut desk = Desk::new();
    set_minter(&mut desk, endless());
    let refused = desk.sol::<method::mint>(
        BOB,
        Erc20MintParams {
            to: id(CAROL),
            value: tokens(4_001),
        },
    );
    assert_eq!(revert(refused), error("ERC20ExceededCap(uint256,uint256)"));
    desk.0.expect_event(SupplyCapLowered { cap: tokens(1_500) });
    desk.call::<method::LowerSupplyCap>(OWNER, &tokens(1_500))
        .unwrap();
    assert_eq!(
        code(desk.call::<method::LowerSupplyCap>(OWNER, &tokens(1_501))),
        77
    );
    assert_eq!(code(desk.call::<method::LowerSupplyCap>(OWNER, &tokens(999))), 77);
    assert_eq!(
        code(desk.call::<method::LowerSupplyCap>(ALICE, &tokens(1_400))),
        72
    );
    let beyond = desk.call::<method::Mint>(BOB, &mint(tokens(501))).unwrap_err();
    let (supply, cap) = (tokens(1_501), tokens(1_500));
    assert_eq!(beyond, TokenError::SupplyCapExceeded { supply, cap }.into());
}

#[test]
fn a_holder_burns_own_tokens() {
    let mut desk = Desk::new();
    desk.0.expect_event(Transfer {
        from: eth(ALICE),
        to: EthAddress::ZERO,
        value: tokens(400),
    });
    assert_eq!(
        desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(400) })
            .unwrap()
            .balance,
        tokens(600)
    );
    assert_eq!(desk.call::<method::TotalSupply>(BOB, &()).unwrap(), tokens(600));
    assert_eq!(
        code(desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(601) })),
        64
    );
}

#[test]
fn an_operator_burns_on_its_allowance() {
    let mut desk = Desk::new();
    let params = BurnFromParams {
        owner: id(ALICE),
        amount: tokens(3),
    };
    assert_eq!(code(desk.call::<method::BurnFrom>(BOB, &params)), 65);
    desk.0.expect_event(Approval {
        owner: eth(ALICE),
        spender: eth(BOB),
        value: tokens(5),
    });
    desk.sol::<method::approve>(
        ALICE,
        ApproveParams {
            spender: id(BOB),
            value: tokens(5),
        },
    )
    .unwrap();
    desk.0.expect_event(Transfer {
        from: eth(ALICE),
        to: EthAddress::ZERO,
        value: tokens(3),
    });
    let done = desk.call::<method::BurnFrom>(BOB, &params).unwrap();
    assert_eq!((done.balance, done.allowance), (tokens(997), tokens(2)));
}

#[test]
fn only_the_burner_burns_what_others_hold() {
    let mut desk = Desk::new();
    let params = BurnByRoleParams {
        holder: id(ALICE),
        amount: tokens(3),
    };
    assert_eq!(code(desk.call::<method::BurnByRole>(OWNER, &params)), 74);
    desk.0.expect_event(BurnerSet { burner: Some(CAROL) });
    desk.call::<method::SetBurner>(OWNER, &Some(id(CAROL))).unwrap();
    desk.0.expect_event(Transfer {
        from: eth(ALICE),
        to: EthAddress::ZERO,
        value: tokens(3),
    });
    assert_eq!(
        desk.call::<method::BurnByRole>(CAROL, &params).unwrap(),
        tokens(997)
    );
    desk.0.expect_event(BurnerSet { burner: None });
    desk.call::<method::SetBurner>(OWNER, &None).unwrap();
    assert_eq!(code(desk.call::<method::BurnByRole>(CAROL, &params)), 74);
}
