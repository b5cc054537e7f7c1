//! The double of the machine is strict: what a test did not say does not happen.

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::send::{Answer, Call, METHOD_SEND};
use holdfast_runtime::testing::Mock;
use holdfast_test_counter::{PRICE, RaiseParams, Raised, WithdrawParams, method};
use support::{LIMIT, OWNER, call, counter};

fn raised(by: u64) -> Raised {
    Raised {
        who: EthAddress::from_id(100),
        by,
        height: by,
    }
}

/// What the test would say if it failed.
fn panic_of(test: impl FnOnce(&mut Mock)) -> String {
    let mut mock = counter();
    let panic = catch_unwind(AssertUnwindSafe(|| test(&mut mock)));
    // What is left over would fail once more when the double is dropped.
    std::mem::forget(mock);
    let panic = panic.expect_err("the double let it pass");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn an_event_that_was_not_expected_fails() {
    let panic = panic_of(|mock| drop(call::<method::Raise>(mock, &RaiseParams { by: 1 })));
    assert!(panic.starts_with("not expected: "), "{panic}");
}

#[test]
fn another_event_than_expected_fails() {
    let panic = panic_of(|mock| {
        mock.expect_event(raised(2));
        drop(call::<method::Raise>(mock, &RaiseParams { by: 1 }));
    });
    assert!(panic.contains("another event was expected"), "{panic}");
}

#[test]
fn a_send_that_was_not_expected_fails() {
    let panic = panic_of(|mock| {
        mock.value(TokenAmount::from_atto(PRICE + 1))
            .expect_event(raised(1));
        drop(call::<method::Buy>(mock, &()));
    });
    assert!(panic.starts_with("not expected: "), "{panic}");
}

#[test]
fn another_send_than_expected_fails() {
    for (to, amount) in [(101, 1), (100, 2)] {
        let panic = panic_of(|mock| {
            mock.value(TokenAmount::from_atto(PRICE + 1))
                .expect_event(raised(1));
            let pay = Call::new(Address::new_id(to), METHOD_SEND).with_value(TokenAmount::from_atto(amount));
            mock.expect_send(pay, Ok(Answer::default()));
            drop(call::<method::Buy>(mock, &()));
        });
        assert!(panic.contains("another send was expected"), "{panic}");
    }
}

#[test]
fn what_was_expected_and_did_not_happen_fails() {
    let panic = panic_of(|mock| {
        mock.expect_event(raised(1));
        drop(call::<method::Height>(mock, &()));
    });
    assert!(panic.starts_with("expected but never done: "), "{panic}");
}

#[test]
fn an_expectation_that_no_call_follows_fails_when_the_double_is_dropped() {
    let dropped = catch_unwind(|| {
        let mut mock = Mock::new();
        mock.expect_event(raised(1));
    });
    assert!(dropped.is_err());
}

#[test]
fn the_order_of_events_and_sends_matters() {
    let panic = panic_of(|mock| {
        let pay = Call::new(Address::new_id(100), METHOD_SEND).with_value(TokenAmount::from_atto(1));
        mock.value(TokenAmount::from_atto(PRICE + 1));
        mock.expect_send(pay, Ok(Answer::default()))
            .expect_event(raised(1));
        drop(call::<method::Buy>(mock, &()));
    });
    assert!(panic.starts_with("expected the send "), "{panic}");
}

#[test]
fn a_question_is_not_a_send() {
    use holdfast_test_counter::{COMPARE_GAS, OfParams};
    let height = Call::to_method::<method::Height>(Address::new_id(102), &())
        .unwrap()
        .with_gas_limit(COMPARE_GAS);
    let panic = panic_of(|mock| {
        mock.expect_send(height, Ok(Answer::default()));
        drop(call::<method::IsHigherThan>(
            mock,
            &OfParams {
                who: Address::new_id(102),
            },
        ));
    });
    assert!(panic.contains("another send was expected"), "{panic}");
}

#[test]
fn a_failed_call_leaves_state_balance_and_actors_as_they_were() {
    let new = Address::new_secp256k1(&[4; 65]).unwrap();
    let mut mock = counter();
    mock.caller(OWNER);
    let (root, balance) = (mock.root(), mock.balance());
    mock.expect_creation(new, 500);
    let withdraw = WithdrawParams {
        to: new,
        amount: TokenAmount::from_atto(1),
    };
    assert_eq!(
        call::<method::Withdraw>(&mut mock, &withdraw).unwrap_err().code,
        ExitCode::new(71)
    );
    assert_eq!((mock.root(), mock.balance()), (root, balance));
    assert_eq!((mock.resolve(&new), mock.code_cid(500)), (None, None));
}

#[test]
fn fil_comes_with_one_call_only_and_goes_back_when_it_fails() {
    let mut mock = counter();
    mock.value(TokenAmount::from_atto(PRICE * (LIMIT as i64 + 1)));
    assert_eq!(
        call::<method::Buy>(&mut mock, &()).unwrap_err().code,
        ExitCode::new(64)
    );
    assert_eq!(mock.balance(), TokenAmount::default());
    assert_eq!(
        call::<method::Buy>(&mut mock, &()).unwrap_err().code,
        ExitCode::new(67),
        "no FIL came along"
    );
}
