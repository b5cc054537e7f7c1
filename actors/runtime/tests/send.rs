//! Calls to others: strict answers, both channels of failure, limits.

mod support;

use fvm_ipld_encoding::{CBOR, DAG_CBOR, IPLD_RAW};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_runtime::ActorError;
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::send::{Answer, Call, DEFAULT_MAX_RETURN, SEND_GAS, SendError, require_gas};
use holdfast_runtime::testing::{Mock, Reply};
use holdfast_test_counter::{COMPARE_GAS, OfParams, method};
use support::{block, call, cbor, counter};

const OTHER: Address = Address::new_id(777);

fn question() -> Call {
    Call::to_method::<method::Height>(OTHER, &())
        .unwrap()
        .with_gas_limit(COMPARE_GAS)
}

fn ask(reply: Reply) -> Result<bool, ActorError> {
    let mut mock = counter();
    support::raise(&mut mock, 100, 5);
    mock.expect_ask(question(), reply);
    call::<method::IsHigherThan>(&mut mock, &OfParams { who: OTHER })
}

#[test]
fn an_answer_of_the_expected_type_is_taken() {
    assert!(ask(Ok(Answer(cbor(&4u64)))).unwrap());
    assert!(!ask(Ok(Answer(cbor(&5u64)))).unwrap());
    assert!(ask(Ok(Answer(block(DAG_CBOR, &[4])))).unwrap());
}

#[test]
fn an_empty_success_is_no_answer() {
    // What accounts, ethaccounts, placeholders and contracts with an empty fallback answer to everything.
    let error = ask(Ok(Answer(None))).unwrap_err();
    assert_eq!(
        (error.code, error.message.as_str()),
        (ExitCode::USR_UNSPECIFIED, "the callee answered nothing")
    );
    assert_eq!(
        ask(Ok(Answer(block(CBOR, &[])))).unwrap_err().code,
        ExitCode::USR_UNSPECIFIED
    );
}

#[test]
fn garbage_is_no_answer() {
    let garbage: &[(u64, &[u8])] = &[
        (IPLD_RAW, &[4]),
        (CBOR, &[0xf6]),
        (CBOR, &[0xf5]),
        (CBOR, &[0x81, 4]),
        (CBOR, &[0x41, 4]),
        (CBOR, &[0x20]),
        (CBOR, &[4, 4]),
        (CBOR, &[0x1b, 0]),
    ];
    for (codec, data) in garbage {
        let error = ask(Ok(Answer(block(*codec, data)))).unwrap_err();
        assert_eq!(error.code, ExitCode::USR_UNSPECIFIED, "{codec:#x} {data:02x?}");
    }
}

#[test]
fn a_word_is_no_boolean_and_a_number_is_no_amount() {
    let answer = Answer(block(CBOR, &[1]));
    assert!(answer.decode::<bool>().is_err());
    assert!(answer.decode::<TokenAmount>().is_err());
    assert!(answer.decode::<String>().is_err());
}

#[test]
fn both_channels_of_failure_become_one_error_of_ours() {
    for why in [
        SendError::Exit {
            code: ExitCode::new(64),
            data: cbor(&1u64),
        },
        SendError::Exit {
            code: ExitCode::SYS_OUT_OF_GAS,
            data: None,
        },
        SendError::Refused(ErrorNumber::NotFound),
        SendError::Refused(ErrorNumber::LimitExceeded),
        SendError::Oversized {
            len: 1 << 20,
            max: DEFAULT_MAX_RETURN,
        },
    ] {
        assert_eq!(ask(Err(why)).unwrap_err().code, ExitCode::USR_UNSPECIFIED);
    }
}

#[test]
fn a_call_reads_two_kib_unless_it_says_otherwise() {
    assert_eq!(question().max_return, 2048);
}

#[test]
fn a_call_is_made_of_the_method_it_names() {
    let call = Call::to_method::<method::PointsOf>(OTHER, &OfParams { who: OTHER }).unwrap();
    assert_eq!((call.to, call.method), (OTHER, 705_421_679));
    assert_eq!(call.params, cbor(&OfParams { who: OTHER }));
    assert!(call.value.is_zero());
}

#[test]
fn a_limited_call_that_could_be_starved_is_not_made() {
    let mut mock = counter();
    mock.gas(COMPARE_GAS + SEND_GAS - 1);
    let error = call::<method::IsHigherThan>(&mut mock, &OfParams { who: OTHER }).unwrap_err();
    assert_eq!(error.code, ExitCode::USR_INSUFFICIENT_FUNDS);
    assert_eq!(
        error.message,
        "20099999 gas is left where the call needs 20100000: raise the gas limit"
    );
}

#[test]
fn enough_gas_is_exactly_enough() {
    let mut mock = Mock::new();
    mock.gas(1_000 + SEND_GAS);
    require_gas(&mock, 1_000).unwrap();
    require_gas(&mock, 1_001).unwrap_err();
    require_gas(&mock, u64::MAX).unwrap_err();
}

#[test]
fn a_result_of_a_contract_is_a_word() {
    // What an EVM contract answers to InvokeEVM: a byte string with one word in it.
    let mut word = vec![0x58, 32];
    word.extend(EthAddress::from_id(7).to_word());
    let answer = Answer(block(CBOR, &word));
    let fvm_ipld_encoding::BytesDe(bytes) = answer.decode().unwrap();
    assert_eq!(
        Bytes32(bytes.try_into().unwrap()),
        Bytes32(EthAddress::from_id(7).to_word())
    );
}
