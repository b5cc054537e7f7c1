//! Transfers and allowances that ask the other side (ERC-1363).

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::ActorID;
use fvm_shared::error::ExitCode;
use holdfast_api::token::events::Approval;
use holdfast_api::token::{
    ApproveAndCallParams, ApproveParams, Erc20TransferFromParams, Erc20TransferParams, TransferAndCallParams,
    TransferFromAndCallParams, method,
};
use holdfast_runtime::evm::erc1363::{
    ApprovalReceived, ON_APPROVAL_RECEIVED, ON_TRANSFER_RECEIVED, TransferReceived,
};
use holdfast_runtime::evm::{Args, selector};
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::send::{Answer, Call, SendError};
use holdfast_runtime::testing::Reply;

use crate::desk::*;

fn bytes(data: &[u8]) -> Option<IpldBlock> {
    IpldBlock::serialize_cbor(&BytesSer(data)).unwrap()
}

/// The answer that accepts.
fn yes(selector: u32) -> Reply {
    Ok(Answer(bytes(
        &[selector.to_be_bytes().to_vec(), vec![0; 28]].concat(),
    )))
}

fn reverted(data: &[u8]) -> Reply {
    Err(SendError::Exit {
        code: ExitCode::new(33),
        data: bytes(data),
    })
}

impl Desk {
    fn expect_callback(&mut self, to: ActorID, selector: u32, args: impl Args, reply: Reply) {
        let data = [selector.to_be_bytes().to_vec(), args.encode(&self.0)].concat();
        let call = Call::new(id(to), INVOKE_EVM)
            .with_params(&BytesSer(&data))
            .unwrap();
        self.0.expect_send(call, reply);
    }

    /// Alice's five tokens go to Bob, by whomever.
    fn expect_received(&mut self, operator: ActorID, data: &[u8], reply: Reply) {
        let received = TransferReceived {
            operator: eth(operator),
            from: eth(ALICE),
            value: tokens(5),
            data: RawBytes::new(data.to_vec()),
        };
        self.expect_callback(BOB, ON_TRANSFER_RECEIVED, received, reply);
    }

    /// Alice lets Bob spend five tokens.
    fn expect_approval(&mut self) {
        self.0.expect_event(Approval {
            owner: eth(ALICE),
            spender: eth(BOB),
            value: tokens(5),
        });
    }

    fn expect_approved(&mut self, data: &[u8], reply: Reply) {
        let received = ApprovalReceived {
            owner: eth(ALICE),
            value: tokens(5),
            data: RawBytes::new(data.to_vec()),
        };
        self.expect_callback(BOB, ON_APPROVAL_RECEIVED, received, reply);
    }
}

fn to_bob() -> Erc20TransferParams {
    let (to, value) = (id(BOB), tokens(5));
    Erc20TransferParams { to, value }
}

fn for_bob() -> ApproveParams {
    let (spender, value) = (id(BOB), tokens(5));
    ApproveParams { spender, value }
}

#[test]
fn a_recipient_is_asked_after_the_log_and_accepts() {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.expect_received(ALICE, &[], yes(ON_TRANSFER_RECEIVED));
    assert!(desk.sol::<method::transferAndCall>(ALICE, to_bob()).unwrap());

    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.expect_received(ALICE, b"rent", yes(ON_TRANSFER_RECEIVED));
    let Erc20TransferParams { to, value } = to_bob();
    let data = RawBytes::new(b"rent".to_vec());
    let params = TransferAndCallParams { to, value, data };
    assert!(
        desk.sol::<method::transferAndCallWithData>(ALICE, params)
            .unwrap()
    );
    assert_eq!(desk.balance(BOB), tokens(10));
}

#[test]
fn an_operator_moves_tokens_and_is_named_to_the_recipient() {
    let mut desk = Desk::new();
    desk.0.expect_event(Approval {
        owner: eth(ALICE),
        spender: eth(CAROL),
        value: tokens(10),
    });
    let allow = ApproveParams {
        spender: id(CAROL),
        value: tokens(10),
    };
    desk.sol::<method::approve>(ALICE, allow).unwrap();
    let (from, to, value) = (id(ALICE), id(BOB), tokens(5));
    for data in [&b""[..], b"rent"] {
        desk.expect_transfer(ALICE, BOB, tokens(5));
        desk.expect_received(CAROL, data, yes(ON_TRANSFER_RECEIVED));
        let params = TransferFromAndCallParams {
            from,
            to,
            value: value.clone(),
            data: RawBytes::new(data.to_vec()),
        };
        let done = if data.is_empty() {
            let value = value.clone();
            desk.sol::<method::transferFromAndCall>(CAROL, Erc20TransferFromParams { from, to, value })
        } else {
            desk.sol::<method::transferFromAndCallWithData>(CAROL, params)
        };
        assert!(done.unwrap());
    }
    assert_eq!(
        (desk.balance(BOB), desk.allowance(ALICE, CAROL)),
        (tokens(10), tokens(0))
    );
}

#[test]
fn a_spender_is_asked_after_the_log_and_accepts() {
    let mut desk = Desk::new();
    desk.expect_approval();
    desk.expect_approved(&[], yes(ON_APPROVAL_RECEIVED));
    assert!(desk.sol::<method::approveAndCall>(ALICE, for_bob()).unwrap());
    desk.expect_approval();
    desk.expect_approved(b"rent", yes(ON_APPROVAL_RECEIVED));
    let ApproveParams { spender, value } = for_bob();
    let data = RawBytes::new(b"rent".to_vec());
    let params = ApproveAndCallParams { spender, value, data };
    assert!(desk.sol::<method::approveAndCallWithData>(ALICE, params).unwrap());
    assert_eq!(desk.allowance(ALICE, BOB), tokens(5));
}

#[test]
fn silence_and_another_callbacks_answer_refuse() {
    let mut desk = Desk::new();
    for reply in [
        Ok(Answer(None)),
        Ok(Answer(bytes(&[]))),
        yes(ON_APPROVAL_RECEIVED),
        reverted(&[]),
    ] {
        desk.expect_transfer(ALICE, BOB, tokens(5));
        desk.expect_received(ALICE, &[], reply);
        let refused = desk.sol::<method::transferAndCall>(ALICE, to_bob());
        assert_eq!(revert(refused), error("ERC1363InvalidReceiver(address)"));
    }
    for reply in [
        Ok(Answer(None)),
        Ok(Answer(bytes(&[]))),
        yes(ON_TRANSFER_RECEIVED),
        reverted(&[]),
    ] {
        desk.expect_approval();
        desk.expect_approved(&[], reply);
        let refused = desk.sol::<method::approveAndCall>(ALICE, for_bob());
        assert_eq!(revert(refused), error("ERC1363InvalidSpender(address)"));
    }
    assert_eq!(
        (desk.balance(BOB), desk.allowance(ALICE, BOB)),
        (tokens(0), tokens(0))
    );
}

#[test]
fn what_the_other_side_reverts_with_is_passed_on() {
    let mut desk = Desk::new();
    let closed = selector("Closed()");
    desk.expect_transfer(ALICE, BOB, tokens(5));
    desk.expect_received(ALICE, &[], reverted(&closed));
    assert_eq!(
        revert(desk.sol::<method::transferAndCall>(ALICE, to_bob())),
        closed
    );
    desk.expect_approval();
    desk.expect_approved(&[], reverted(&closed));
    assert_eq!(
        revert(desk.sol::<method::approveAndCall>(ALICE, for_bob())),
        closed
    );
}

#[test]
fn what_cannot_be_moved_is_not_asked_about() {
    let mut desk = Desk::new();
    let (to, value) = (id(BOB), tokens(1_001));
    let refused = desk.sol::<method::transferAndCall>(ALICE, Erc20TransferParams { to, value });
    assert_eq!(
        revert(refused),
        error("ERC20InsufficientBalance(address,uint256,uint256)")
    );
    let (from, to, value) = (id(ALICE), id(BOB), tokens(1));
    let refused = desk.sol::<method::transferFromAndCall>(CAROL, Erc20TransferFromParams { from, to, value });
    assert_eq!(
        revert(refused),
        error("ERC20InsufficientAllowance(address,uint256,uint256)")
    );
}
