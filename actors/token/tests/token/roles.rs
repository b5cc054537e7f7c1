//! Owner, pending owner, pauser.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::token::events::{
    Approval, BurnerSet, OwnershipTransferStarted, OwnershipTransferred, Paused, PauserSet, Transfer,
    Unpaused,
};
use holdfast_api::token::{
    ApproveParams, BurnParams, Erc20TransferParams, IncreaseAllowanceParams, RevokeAllowanceParams,
    SetMinterParams, TransferParams, method,
};
use holdfast_runtime::evm::EthAddress;

use crate::desk::*;

fn pause(desk: &mut Desk) {
    desk.0.expect_event(Paused { account: eth(OWNER) });
    desk.call::<method::Pause>(OWNER, &()).unwrap();
}

#[test]
fn a_pause_stops_transfers_mints_and_new_allowances() {
    let mut desk = Desk::new();
    pause(&mut desk);
    assert!(desk.call::<method::IsPaused>(BOB, &()).unwrap());
    let transfer = TransferParams {
        to: id(BOB),
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    assert_eq!(code(desk.call::<method::Transfer>(ALICE, &transfer)), 70);
    let refused = desk.sol::<method::transfer>(
        ALICE,
        Erc20TransferParams {
            to: id(BOB),
            value: tokens(1),
        },
    );
    assert_eq!(revert(refused), error("EnforcedPause()"));
    let refused = desk.sol::<method::approve>(
        ALICE,
        ApproveParams {
            spender: id(BOB),
            value: tokens(1),
        },
    );
    assert_eq!(revert(refused), error("EnforcedPause()"));
    let increase = IncreaseAllowanceParams {
        operator: id(BOB),
        increase: tokens(1),
    };
    assert_eq!(code(desk.call::<method::IncreaseAllowance>(ALICE, &increase)), 70);
}

#[test]
fn a_pause_stops_neither_burns_nor_the_end_of_an_allowance() {
    let mut desk = Desk::new();
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
    pause(&mut desk);
    desk.0.expect_event(Transfer {
        from: eth(ALICE),
        to: EthAddress::ZERO,
        value: tokens(1),
    });
    desk.call::<method::Burn>(ALICE, &BurnParams { amount: tokens(1) })
        .unwrap();
    desk.0.expect_event(Approval {
        owner: eth(ALICE),
        spender: eth(BOB),
        value: atto(0),
    });
    desk.call::<method::RevokeAllowance>(ALICE, &RevokeAllowanceParams { operator: id(BOB) })
        .unwrap();
    desk.0.expect_event(Approval {
        owner: eth(ALICE),
        spender: eth(BOB),
        value: atto(0),
    });
    desk.sol::<method::approve>(
        ALICE,
        ApproveParams {
            spender: id(BOB),
            value: atto(0),
        },
    )
    .unwrap();
}

#[test]
fn only_pauser_and_owner_pause_and_each_only_once() {
    let mut desk = Desk::new();
    assert_eq!(code(desk.call::<method::Pause>(CAROL, &())), 74);
    desk.0.expect_event(PauserSet { pauser: Some(CAROL) });
    desk.call::<method::SetPauser>(OWNER, &Some(id(CAROL))).unwrap();
    desk.0.expect_event(Paused { account: eth(CAROL) });
    desk.call::<method::Pause>(CAROL, &()).unwrap();
    assert_eq!(code(desk.call::<method::Pause>(CAROL, &())), 70);
    desk.0.expect_event(Unpaused { account: eth(OWNER) });
    desk.call::<method::Unpause>(OWNER, &()).unwrap();
    assert_eq!(code(desk.call::<method::Unpause>(OWNER, &())), 71);
}

#[test]
fn only_the_owner_gives_roles() {
    let mut desk = Desk::new();
    assert_eq!(code(desk.call::<method::SetPauser>(ALICE, &Some(id(ALICE)))), 72);
    assert_eq!(code(desk.call::<method::SetBurner>(ALICE, &Some(id(ALICE)))), 72);
    let params = SetMinterParams {
        minter: id(ALICE),
        cap: tokens(1),
    };
    assert_eq!(
        revert(desk.sol::<method::SetMinter>(ALICE, params)),
        error("OwnableUnauthorizedAccount(address)")
    );
}

#[test]
fn the_zero_address_takes_a_role_away_on_the_ethereum_face() {
    let mut desk = Desk::new();
    desk.0.expect_event(PauserSet { pauser: Some(CAROL) });
    desk.sol::<method::setPauser>(OWNER, id(CAROL)).unwrap();
    assert_eq!(desk.call::<method::Roles>(BOB, &()).unwrap().pauser, Some(CAROL));
    desk.0.expect_event(PauserSet { pauser: None });
    desk.sol::<method::setPauser>(OWNER, EthAddress::ZERO.to_filecoin().unwrap())
        .unwrap();
    assert_eq!(desk.call::<method::Roles>(BOB, &()).unwrap().pauser, None);
}

fn offer(desk: &mut Desk, to: u64) {
    desk.0.expect_event(OwnershipTransferStarted {
        previous_owner: eth(OWNER),
        new_owner: eth(to),
    });
    desk.call::<method::TransferOwnership>(OWNER, &id(to)).unwrap();
}

#[test]
fn an_offered_ownership_changes_hands_when_it_is_accepted() {
    let mut desk = Desk::new();
    offer(&mut desk, BOB);
    assert_eq!(desk.sol::<method::owner>(CAROL, ()).unwrap(), eth(OWNER));
    assert_eq!(desk.sol::<method::pendingOwner>(CAROL, ()).unwrap(), eth(BOB));
    assert_eq!(code(desk.call::<method::AcceptOwnership>(CAROL, &())), 73);
    desk.0.expect_event(OwnershipTransferred {
        previous_owner: eth(OWNER),
        new_owner: eth(BOB),
    });
    desk.call::<method::AcceptOwnership>(BOB, &()).unwrap();
    assert_eq!(desk.sol::<method::owner>(CAROL, ()).unwrap(), eth(BOB));
    assert_eq!(
        desk.sol::<method::pendingOwner>(CAROL, ()).unwrap(),
        EthAddress::ZERO
    );
    assert_eq!(
        code(desk.call::<method::TransferOwnership>(OWNER, &id(OWNER))),
        72
    );
}

#[test]
fn a_renounced_ownership_is_gone_with_every_offer_of_it() {
    let mut desk = Desk::new();
    offer(&mut desk, BOB);
    desk.0.expect_event(OwnershipTransferred {
        previous_owner: eth(OWNER),
        new_owner: EthAddress::ZERO,
    });
    desk.call::<method::RenounceOwnership>(OWNER, &()).unwrap();
    assert_eq!(code(desk.call::<method::AcceptOwnership>(BOB, &())), 73);
    assert_eq!(code(desk.call::<method::SetPauser>(OWNER, &Some(id(OWNER)))), 72);
}

#[test]
fn a_role_is_not_stripped_by_a_call_that_forgets_its_parameter() {
    let mut desk = Desk::new();
    desk.0.caller(OWNER);
    let number = <method::SetPauser as holdfast_runtime::method::Method>::NUMBER;
    let refused = desk
        .0
        .invoke::<holdfast_api::token::Token, holdfast_token::TokenActor>(number, None)
        .unwrap_err();
    assert_eq!(refused.error.code.value(), 16);
}

#[test]
fn solidity_names_the_burner_and_the_pauser_and_nobody_by_0x0() {
    let mut desk = Desk::new();
    let nobody = EthAddress::ZERO.to_filecoin().unwrap();
    for (named, burner) in [(id(BOB), Some(BOB)), (nobody, None)] {
        desk.0.expect_event(BurnerSet { burner });
        desk.sol::<method::setBurner>(OWNER, named).unwrap();
        assert_eq!(desk.call::<method::Roles>(CAROL, &()).unwrap().burner, burner);
        let pauser = burner;
        desk.0.expect_event(PauserSet { pauser });
        desk.sol::<method::setPauser>(OWNER, named).unwrap();
        assert_eq!(desk.call::<method::Roles>(CAROL, &()).unwrap().pauser, pauser);
    }
}
