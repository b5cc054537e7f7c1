//! `handle_filecoin_method`: every FRC-42 method is open to Ethereum callers.

mod support;

use fvm_ipld_encoding::{CBOR, DAG_CBOR, IPLD_RAW, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_runtime::Runtime;
use holdfast_runtime::dispatch::Abort;
use holdfast_runtime::evm::face::{FilecoinCall, FilecoinReturn, MethodFailure};
use holdfast_runtime::evm::{Args, EthAddress, error_string, method_selector, selector};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::{INVOKE_EVM, Method};
use holdfast_runtime::testing::Mock;
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{NameParams, OfParams, PRICE, RaiseParams, Raised, method};
use support::{LIMIT, counter, evm, reason_of, revert_of, with_selector, word};

fn filecoin(mock: &mut Mock, method: u64, codec: u64, params: &[u8]) -> Result<FilecoinReturn, Abort> {
    let call = FilecoinCall {
        method,
        codec,
        params: RawBytes::new(params.to_vec()),
    };
    let head = method_selector("handle_filecoin_method", FilecoinCall::TYPES).to_be_bytes();
    let data = [head.to_vec(), call.encode(mock)].concat();
    evm(mock, &data).map(|result| FilecoinReturn::decode(&result).unwrap())
}

#[test]
fn the_door_to_filecoin_methods_has_the_selector_of_the_evm_actor() {
    assert_eq!(
        method_selector("handle_filecoin_method", FilecoinCall::TYPES),
        0x868e_10c4
    );
}

#[test]
fn every_filecoin_method_is_open_to_ethereum_callers() {
    let mut mock = counter();
    let name = fvm_ipld_encoding::to_vec(&NameParams {
        name: "Ada".to_owned(),
    })
    .unwrap();
    let done = filecoin(&mut mock, method::SetName::NUMBER, CBOR, &name).unwrap();
    assert_eq!(
        done,
        FilecoinReturn {
            exit_code: 0,
            codec: 0,
            data: RawBytes::default()
        }
    );
    let who = fvm_ipld_encoding::to_vec(&OfParams {
        who: Address::new_id(100),
    })
    .unwrap();
    let read = filecoin(&mut mock, method::NameOf::NUMBER, CBOR, &who).unwrap();
    assert_eq!((read.exit_code, read.codec), (0, CBOR));
    assert_eq!(
        read.data.deserialize::<Option<String>>().unwrap().as_deref(),
        Some("Ada")
    );
}

#[test]
fn without_parameters_the_codec_may_be_none() {
    let mut mock = counter();
    for codec in [0, CBOR] {
        let height = filecoin(&mut mock, method::Height::NUMBER, codec, &[]).unwrap();
        assert_eq!(height.data.deserialize::<u64>().unwrap(), 0);
    }
}

#[test]
fn any_other_codec_is_refused() {
    let mut mock = counter();
    for (codec, params) in [
        (0, &[0xf6][..]),
        (IPLD_RAW, &[0xf6]),
        (DAG_CBOR, &[0xf6]),
        (IPLD_RAW, &[]),
        (DAG_CBOR, &[]),
        (u64::MAX, &[]),
    ] {
        let reason = reason_of(filecoin(&mut mock, method::Height::NUMBER, codec, params));
        assert_eq!(
            reason,
            format!(
                "codec {codec:#x} with {} bytes of parameters: it has to be 0x51 (CBOR), or 0 without parameters",
                params.len()
            )
        );
    }
}

#[test]
fn the_constructor_and_reserved_numbers_and_the_face_itself_are_refused() {
    let mut mock = counter();
    mock.caller(1);
    for number in [0, 1, 2, (1 << 24) - 1, INVOKE_EVM] {
        let reason = reason_of(filecoin(&mut mock, number, 0, &[]));
        assert!(
            reason.starts_with(&format!(
                "method {number} cannot be called through handle_filecoin_method"
            )),
            "{reason}"
        );
    }
}

#[test]
fn caller_and_value_of_a_filecoin_method_are_the_outer_ones() {
    let mut mock = counter();
    mock.caller(103).value(TokenAmount::from_atto(PRICE));
    mock.expect_event(Raised {
        who: EthAddress::from_id(103),
        by: 1,
        height: 1,
    });
    filecoin(&mut mock, method::Buy::NUMBER, 0, &[]).unwrap();
    let state: CounterState = mock.state().unwrap();
    assert_eq!(state.points.get(mock.store(), &103).unwrap(), Some(1));
}

#[test]
fn fil_for_a_filecoin_method_that_takes_none_reverts() {
    let mut mock = counter();
    mock.value(TokenAmount::from_atto(1));
    let (code, _) = inner_failure(filecoin(&mut mock, method::Height::NUMBER, 0, &[]));
    assert_eq!(code, ExitCode::USR_NOT_PAYABLE.value());
    assert_eq!(mock.balance(), TokenAmount::default());
}

#[test]
fn a_filecoin_view_works_where_nothing_may_change_and_a_call_does_not() {
    let mut mock = counter();
    mock.read_only(true);
    filecoin(&mut mock, method::Height::NUMBER, 0, &[]).unwrap();
    let name = fvm_ipld_encoding::to_vec(&NameParams {
        name: "Ada".to_owned(),
    })
    .unwrap();
    let (code, _) = inner_failure(filecoin(&mut mock, method::SetName::NUMBER, CBOR, &name));
    assert_eq!(code, ExitCode::USR_READ_ONLY.value());
}

/// Inner exit code and revert data of a `FilecoinMethodFailed`.
#[track_caller]
fn inner_failure(result: Result<FilecoinReturn, Abort>) -> (u32, Vec<u8>) {
    let data = revert_of(result);
    let (head, rest) = data.split_at(4);
    assert_eq!(head, selector("FilecoinMethodFailed(uint32,bytes)"));
    let failure = MethodFailure::decode(rest).unwrap();
    (failure.exit_code, failure.data.to_vec())
}

#[test]
fn a_failing_filecoin_method_reverts_with_its_code_and_data() {
    let mut mock = counter();
    let root = mock.root();
    let params = fvm_ipld_encoding::to_vec(&RaiseParams { by: LIMIT + 1 }).unwrap();
    let (code, data) = inner_failure(filecoin(&mut mock, method::Raise::NUMBER, CBOR, &params));
    assert_eq!(code, 64);
    assert_eq!(
        data,
        with_selector(
            "CounterFull(uint256,uint256,uint256)",
            &[word(0), word(LIMIT + 1), word(LIMIT)]
        )
    );
    let unknown = method_number("Lower");
    let (code, data) = inner_failure(filecoin(&mut mock, unknown, 0, &[]));
    assert_eq!(code, ExitCode::USR_UNHANDLED_MESSAGE.value());
    assert_eq!(data, error_string(&format!("there is no method {unknown}")));
    assert_eq!(mock.root(), root);
}
