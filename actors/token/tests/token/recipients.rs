//! Who can receive.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::token::{Erc20TransferFromParams, Erc20TransferParams, TransferFromParams, method};
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::testing::RECEIVER;

use crate::desk::*;

#[test]
fn an_address_without_an_actor_gets_one() {
    let mut desk = Desk::new();
    let key = Address::new_secp256k1(&[7; 65]).unwrap();
    desk.0.expect_creation(key, 6_000);
    desk.expect_transfer(ALICE, 6_000, tokens(1));
    desk.transfer_one(key);
    assert_eq!(desk.balance(6_000), tokens(1));
}

#[test]
fn a_0x_recipient_is_logged_by_its_own_address() {
    let mut desk = Desk::new();
    let wallet = EthAddress([0xab; 20]);
    let address = wallet.to_filecoin().unwrap();
    desk.0.expect_creation(address, 6_000);
    desk.0.expect_event(holdfast_api::token::events::Transfer {
        from: eth(ALICE),
        to: wallet,
        value: tokens(1),
    });
    desk.sol::<method::transfer>(
        ALICE,
        Erc20TransferParams {
            to: address,
            value: tokens(1),
        },
    )
    .unwrap();
}

#[test]
fn what_would_be_lost_is_refused() {
    let mut desk = Desk::new();
    let mut reserved = [0; 20];
    reserved[19] = 1;
    let mut native = reserved;
    native[0] = 0xfe;
    let refused = [
        id(RECEIVER),
        id(999_999),
        EthAddress::ZERO.to_filecoin().unwrap(),
        EthAddress(reserved).to_filecoin().unwrap(),
        EthAddress(native).to_filecoin().unwrap(),
        Address::new_delegated(10, &eth(BOB).0).unwrap(),
        Address::new_delegated(11, &[1; 20]).unwrap(),
        Address::new_actor(b"nobody"),
    ];
    for to in refused {
        let params = holdfast_api::token::TransferParams {
            to,
            amount: tokens(1),
            operator_data: RawBytes::default(),
        };
        assert_eq!(code(desk.call::<method::Transfer>(ALICE, &params)), 66, "{to}");
    }
}

#[test]
fn nobody_moves_nothing_from_nobody_to_nobody() {
    let mut desk = Desk::new();
    let nobody = id(999_999);
    let params = TransferFromParams {
        from: nobody,
        to: nobody,
        amount: tokens(0),
        operator_data: RawBytes::default(),
    };
    assert_eq!(code(desk.call::<method::TransferFrom>(BOB, &params)), 66);
    let params = Erc20TransferFromParams {
        from: nobody,
        to: nobody,
        value: tokens(0),
    };
    let refused = desk.sol::<method::transferFrom>(BOB, params).unwrap_err();
    let message = refused.error.message;
    assert!(message.contains("cannot receive tokens"), "{message}");
}

impl Desk {
    /// Transfers one token of Alice's to a new actor 6000.
    #[track_caller]
    fn transfer_one(&mut self, to: Address) {
        let params = holdfast_api::token::TransferParams {
            to,
            amount: tokens(1),
            operator_data: RawBytes::default(),
        };
        self.expect_hook(ALICE, 6_000, ALICE, tokens(1), 0);
        self.call::<method::Transfer>(ALICE, &params).unwrap();
    }
}
