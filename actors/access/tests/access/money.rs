//! Prices in tokens, which can say anything.

use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::error::ExitCode;
use holdfast_api::access::{Asset, Plan, PlanKind, Standard, WithdrawParams, method};
use holdfast_api::token::{TransferFromParams, TransferParams};
use holdfast_runtime::evm::{EthAddress, selector};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};
use holdfast_runtime::send::{Answer, Call, SendError};
use holdfast_runtime::testing::RECEIVER;

use crate::answers::{said, word};
use crate::desk::*;
use crate::shop::*;

/// A token.
const TOKEN: u64 = 108;

fn asset(standard: Standard) -> Asset {
    Asset {
        token: id(TOKEN),
        standard,
    }
}

fn priced(standard: Standard) -> Plan {
    Plan {
        asset: Some(asset(standard)),
        ..plan(PlanKind::Once { epochs: None }, 100)
    }
}

/// The token will be asked what this actor holds.
fn holds(desk: &mut Desk, standard: &Standard, amount: u64) {
    let own = EthAddress::from_id(RECEIVER).to_word();
    let (call, reply) = match standard {
        Standard::Erc20 {} => {
            let calldata = [&selector("balanceOf(address)")[..], &own].concat();
            let call = Call::new(id(TOKEN), INVOKE_EVM).with_params(&BytesSer(&calldata));
            (call.unwrap(), said(&BytesSer(&word(amount))))
        }
        _ => {
            let call = Call::new(id(TOKEN), method_number("BalanceOf")).with_params(&id(RECEIVER));
            (call.unwrap(), said(&atto(amount)))
        }
    };
    desk.hears(call, 20_000_000, reply);
}

/// The call that moves tokens: from the buyer to this actor, or from it to somebody.
fn moving(standard: &Standard, from: Option<u64>, to: u64, amount: u64) -> Call {
    let form = |actor| EthAddress::from_id(actor).to_word();
    match (standard, from) {
        (Standard::Erc20 {}, Some(from)) => {
            let selector = selector("transferFrom(address,address,uint256)");
            let calldata = [&selector[..], &form(from), &form(to), &word(amount)].concat();
            Call::new(id(TOKEN), INVOKE_EVM)
                .with_params(&BytesSer(&calldata))
                .unwrap()
        }
        (Standard::Erc20 {}, None) => {
            let calldata = [
                &selector("transfer(address,uint256)")[..],
                &form(to),
                &word(amount),
            ]
            .concat();
            Call::new(id(TOKEN), INVOKE_EVM)
                .with_params(&BytesSer(&calldata))
                .unwrap()
        }
        (_, Some(from)) => Call::new(id(TOKEN), method_number("TransferFrom"))
            .with_params(&TransferFromParams {
                from: id(from),
                to: id(to),
                amount: atto(amount),
                operator_data: RawBytes::default(),
            })
            .unwrap(),
        (_, None) => Call::new(id(TOKEN), method_number("Transfer"))
            .with_params(&TransferParams {
                to: id(to),
                amount: atto(amount),
                operator_data: RawBytes::default(),
            })
            .unwrap(),
    }
}

fn standards() -> [Standard; 2] {
    [Standard::Erc20 {}, Standard::Frc46 {}]
}

#[test]
fn a_price_in_tokens_is_fetched_from_the_buyer_and_handed_over_to_those_who_share_it() {
    for standard in standards() {
        let mut desk = Desk::new();
        let plan = desk.sells(priced(standard.clone()));
        let p = desk.wanted(ALICE, plan, 1);
        holds(&mut desk, &standard, 7);
        desk.0
            .expect_send(moving(&standard, Some(ALICE), RECEIVER, 100), Ok(Answer(None)));
        holds(&mut desk, &standard, 107);
        desk.call::<method::Buy>(ALICE, &p).unwrap();
        assert!(desk.reads(ALICE));
        holds(&mut desk, &standard, 107);
        desk.0
            .expect_send(moving(&standard, None, TREASURY, 70), Ok(Answer(None)));
        holds(&mut desk, &standard, 37);
        let fetch = WithdrawParams {
            asset: Some(asset(standard)),
            payee: None,
        };
        assert_eq!(desk.call::<method::Withdraw>(TREASURY, &fetch).unwrap(), atto(70));
    }
}

#[test]
fn a_token_that_moves_more_or_less_than_the_price_sells_nothing() {
    for standard in standards() {
        for after in [7, 106, 108] {
            let mut desk = Desk::new();
            let plan = desk.sells(priced(standard.clone()));
            let p = desk.wanted(ALICE, plan, 1);
            holds(&mut desk, &standard, 7);
            let call = moving(&standard, Some(ALICE), RECEIVER, 100);
            desk.0.expect_send(call, said(&BytesSer(&word(1))));
            holds(&mut desk, &standard, after);
            let why = desk.refused::<method::Buy>(ALICE, &p, 111);
            assert!(why.contains("where 100 were due"), "{why}");
            assert!(!desk.reads(ALICE));
        }
    }
}

#[test]
fn a_token_that_fails_or_is_silent_sells_nothing() {
    for standard in standards() {
        let mut desk = Desk::new();
        let plan = desk.sells(priced(standard.clone()));
        let p = desk.wanted(ALICE, plan, 1);
        holds(&mut desk, &standard, 0);
        let exit = SendError::Exit {
            code: ExitCode::new(33),
            data: None,
        };
        desk.0
            .expect_send(moving(&standard, Some(ALICE), RECEIVER, 100), Err(exit));
        desk.refused::<method::Buy>(ALICE, &p, 111);
        // As accounts, which answer nothing to everything.
        let mut desk = Desk::new();
        let plan = desk.sells(priced(standard));
        let p = desk.wanted(ALICE, plan, 1);
        desk.refused::<method::Buy>(ALICE, &p, 111);
    }
}

#[test]
fn an_erc20_that_says_no_sells_nothing_although_the_balance_rose() {
    let two_words = [word(1), word(0)].concat();
    let answers = [
        (said(&BytesSer(&word(1))), true),
        (said(&BytesSer(&[])), true),
        (Ok(Answer(None)), true),
        (said(&BytesSer(&word(0))), false),
        (said(&BytesSer(&word(2))), false),
        (said(&BytesSer(&word(1)[1..])), false),
        (said(&BytesSer(&two_words)), false),
        (said(&true), false),
    ];
    for (answer, sells) in answers {
        let standard = Standard::Erc20 {};
        let mut desk = Desk::new();
        let plan = desk.sells(priced(standard.clone()));
        let p = desk.wanted(ALICE, plan, 1);
        holds(&mut desk, &standard, 7);
        let call = moving(&standard, Some(ALICE), RECEIVER, 100);
        desk.0.expect_send(call, answer);
        if sells {
            holds(&mut desk, &standard, 107);
            desk.call::<method::Buy>(ALICE, &p).unwrap();
        } else {
            let why = desk.refused::<method::Buy>(ALICE, &p, 111);
            assert!(why.contains("does not answer true"), "{why}");
        }
        assert_eq!(desk.reads(ALICE), sells);
    }
}

#[test]
fn what_a_token_does_not_hand_over_is_still_owed() {
    for standard in standards() {
        let mut desk = Desk::new();
        let plan = desk.sells(priced(standard.clone()));
        let p = desk.wanted(ALICE, plan, 1);
        holds(&mut desk, &standard, 0);
        desk.0
            .expect_send(moving(&standard, Some(ALICE), RECEIVER, 100), Ok(Answer(None)));
        holds(&mut desk, &standard, 100);
        desk.call::<method::Buy>(ALICE, &p).unwrap();
        let fetch = WithdrawParams {
            asset: Some(asset(standard.clone())),
            payee: None,
        };
        holds(&mut desk, &standard, 100);
        desk.0
            .expect_send(moving(&standard, None, TREASURY, 70), Ok(Answer(None)));
        holds(&mut desk, &standard, 100);
        desk.refused::<method::Withdraw>(TREASURY, &fetch, 111);
        holds(&mut desk, &standard, 100);
        desk.0
            .expect_send(moving(&standard, None, TREASURY, 70), Ok(Answer(None)));
        holds(&mut desk, &standard, 30);
        desk.call::<method::Withdraw>(TREASURY, &fetch).unwrap();
    }
}

#[test]
fn no_fil_comes_along_with_a_price_in_tokens() {
    let mut desk = Desk::new();
    let plan = desk.sells(priced(Standard::Erc20 {}));
    let p = desk.wanted(ALICE, plan, 1);
    desk.0.value(atto(100));
    desk.refused::<method::Buy>(ALICE, &p, 102);
}

#[test]
fn an_nft_is_no_money() {
    let mut desk = Desk::new();
    desk.refused::<method::CreatePlan>(OWNER, &priced(Standard::Frc53 {}), 96);
    let mut nobody = priced(Standard::Frc46 {});
    nobody.asset = Some(Asset {
        token: id(999),
        standard: Standard::Frc46 {},
    });
    desk.refused::<method::CreatePlan>(OWNER, &nobody, 69);
}

#[test]
fn nobody_is_paid_at_0x0_by_whatever_it_is_named() {
    let mut desk = Desk::new();
    let zero = EthAddress::ZERO.to_filecoin().unwrap();
    desk.0.add_actor(998, 13, Some(zero));
    for to in [zero, id(998)] {
        let mut burns = plan(subscription(10, 0), 100);
        burns.splits[1].to = to;
        let message = desk.refused::<method::CreatePlan>(OWNER, &burns, 69);
        assert!(message.contains("reserved"), "{message}");
    }
}

#[test]
fn tokens_that_nobody_asked_for_are_refused() {
    let mut desk = Desk::new();
    let hook = |type_, operator| UniversalReceiverParams {
        type_,
        payload: RawBytes::serialize(Frc46TokenReceived {
            from: ALICE,
            to: RECEIVER,
            operator,
            amount: atto(5),
            operator_data: RawBytes::default(),
            token_data: RawBytes::default(),
        })
        .unwrap(),
    };
    desk.refused::<method::Receive>(TOKEN, &hook(FRC46_PAYLOAD, ALICE), 112);
    desk.refused::<method::Receive>(TOKEN, &hook(FRC46_PAYLOAD + 1, RECEIVER), 112);
    let garbage = UniversalReceiverParams {
        type_: FRC46_PAYLOAD,
        payload: RawBytes::new(vec![0xff]),
    };
    desk.refused::<method::Receive>(TOKEN, &garbage, 112);
    desk.call::<method::Receive>(TOKEN, &hook(FRC46_PAYLOAD, RECEIVER))
        .unwrap();
}
