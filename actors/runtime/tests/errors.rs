//! How an actor fails, and how it tells about others that failed.

mod support;

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_runtime::ActorError;
use holdfast_runtime::error::{ActorErrors, Context, Revert, RevertArg};
use holdfast_runtime::evm::{EthAddress, error_string, revert_data, selector};
use holdfast_runtime::send::{Call, SendError};
use holdfast_runtime::testing::Mock;
use holdfast_test_counter::{CounterError, RaiseParams, method};
use support::{LIMIT, block, call, counter};

#[test]
fn errors_are_listed_by_rising_code_from_64_up() {
    let codes: Vec<u32> = CounterError::ERRORS.iter().map(|error| error.code).collect();
    assert_eq!(codes, (64..=72).collect::<Vec<u32>>());
    assert!(
        CounterError::ERRORS
            .iter()
            .all(|error| error.doc.trim().starts_with("Raised when "))
    );
}

#[test]
fn an_error_has_its_code_and_a_sentence_with_its_values() {
    let mut mock = counter();
    let error = call::<method::Raise>(&mut mock, &RaiseParams { by: LIMIT + 1 }).unwrap_err();
    assert_eq!(error.code, ExitCode::new(64));
    assert_eq!(
        error.message,
        "0 and 1000001 more exceed the limit of 1000000 points"
    );
    assert_eq!(
        error.to_string(),
        "0 and 1000001 more exceed the limit of 1000000 points (exit 64)"
    );
}

#[test]
fn amounts_in_a_sentence_are_fil() {
    let error = CounterError::TooLittleCash {
        cash: TokenAmount::from_atto(1),
        needed: TokenAmount::from_whole(10),
    };
    assert_eq!(
        error.to_string(),
        "the counter has 0.000000000000000001 FIL and needs 10 FIL"
    );
}

#[test]
fn an_error_without_a_solidity_form_reverts_with_its_sentence() {
    let error: ActorError = CounterError::NameTooLong {
        length: 40,
        limit: 32,
    }
    .into();
    assert_eq!(error.revert, None);
    assert_eq!(
        revert_data(&Mock::new(), &error),
        error_string("the name has 40 bytes, the limit is 32 bytes")
    );
}

#[test]
fn addresses_in_a_solidity_error_have_their_one_0x_form() {
    let eth = EthAddress([0xcd; 20]);
    let mut mock = Mock::new();
    mock.add_actor(300, 16, Some(eth.to_filecoin().unwrap()));
    for (who, form) in [
        (Address::new_id(300), eth),
        (Address::new_id(100), EthAddress::from_id(100)),
    ] {
        let error: ActorError = CounterError::TooFewPoints {
            who,
            points: 1,
            needed: 2,
        }
        .into();
        let mut expected = selector("CounterTooFewPoints(address,uint256,uint256)").to_vec();
        expected.extend(form.to_word());
        expected.extend([[0; 31].as_slice(), &[1], &[0; 31], &[2]].concat());
        assert_eq!(revert_data(&mock, &error), expected);
    }
}

#[test]
fn amounts_that_no_word_holds_saturate() {
    let words = |amount: TokenAmount| {
        let revert = Revert::Words {
            selector: [0; 4],
            args: vec![RevertArg::from(amount)],
        };
        let error = ActorError {
            revert: Some(revert),
            ..ActorError::forbidden("no")
        };
        revert_data(&Mock::new(), &error)[4..].to_vec()
    };
    assert_eq!(words(TokenAmount::from_atto(-1)), [0; 32]);
    assert_eq!(
        words(TokenAmount::from_whole(i64::MAX) * i64::MAX * i64::MAX * i64::MAX),
        [0xff; 32]
    );
}

#[test]
fn context_stands_in_front_of_what_happened() {
    let error = ActorError::not_found("loan 7 is unknown").context("repaying");
    assert_eq!(
        (error.code, error.message.as_str()),
        (ExitCode::USR_NOT_FOUND, "repaying: loan 7 is unknown")
    );
}

#[test]
fn broken_bytes_are_the_callers_fault_or_ours() {
    let broken = || fvm_ipld_encoding::from_slice::<u64>(&[0xff]);
    assert_eq!(
        broken().or_serialization("a gift").unwrap_err().code,
        ExitCode::USR_SERIALIZATION
    );
    assert_eq!(
        broken().or_illegal_state("the state").unwrap_err().code,
        ExitCode::USR_ILLEGAL_STATE
    );
}

#[test]
fn no_failure_of_a_callee_becomes_our_own() {
    let call = Call::new(Address::new_id(7), 1 << 24);
    let codes = [4, 7, 9, 11, 16, 18, 20, 33, 64, 65, 72, u32::MAX].map(ExitCode::new);
    let exits = codes.map(|code| SendError::Exit {
        code,
        data: block(0x51, &[1]),
    });
    let refused = [
        ErrorNumber::NotFound,
        ErrorNumber::ReadOnly,
        ErrorNumber::InsufficientFunds,
        ErrorNumber::LimitExceeded,
    ];
    let others = [SendError::Oversized { len: 3000, max: 2048 }];
    for why in exits
        .into_iter()
        .chain(refused.map(SendError::Refused))
        .chain(others)
    {
        let error = why.clone().into_error(&call);
        assert_eq!(error.code, ExitCode::USR_UNSPECIFIED, "{why:?}");
        assert_eq!(error.revert, None, "{why:?}");
        assert!(
            error.message.starts_with("the call of method 16777216 of f07 "),
            "{}",
            error.message
        );
    }
}

#[test]
fn the_message_names_how_the_callee_failed() {
    let call = Call::new(Address::new_id(7), 1 << 24);
    let text = |why: SendError| {
        why.into_error(&call)
            .message
            .replace("the call of method 16777216 of f07 ", "")
    };
    assert_eq!(
        text(SendError::Exit {
            code: ExitCode::new(64),
            data: None
        }),
        "ended with exit code 64"
    );
    assert_eq!(
        text(SendError::Oversized { len: 3000, max: 2048 }),
        "answered 3000 bytes where 2048 are allowed"
    );
    assert!(
        text(SendError::Refused(ErrorNumber::InsufficientFunds)).starts_with("was refused by the machine: ")
    );
}
