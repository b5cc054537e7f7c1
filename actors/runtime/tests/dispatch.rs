//! From a message to a handler, on the Filecoin side.

mod support;

use fvm_ipld_encoding::{CBOR, DAG_CBOR, IPLD_RAW};
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_runtime::Runtime;
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::{Kind, Method};
use holdfast_runtime::testing::Mock;
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{OfParams, RaiseParams, method};
use support::{OWNER, block, call, cbor, counter, invoke, params, raise};

#[test]
fn the_constructor_is_method_one_and_the_others_are_numbered_by_their_names() {
    assert_eq!(method::Constructor::NUMBER, 1);
    assert_eq!(method::Raise::NUMBER, method_number("Raise"));
    assert_eq!(method::Receive::NUMBER, 3_726_118_371);
    assert_eq!(method::Constructor::KIND, Kind::Call);
}

#[test]
fn a_method_is_found_by_its_number() {
    let mut mock = counter();
    assert_eq!(raise(&mut mock, 100, 5), 5);
    assert_eq!(raise(&mut mock, 102, 2), 7);
    assert_eq!(call::<method::Height>(&mut mock, &()).unwrap(), 7);
    assert_eq!(
        call::<method::PointsOf>(&mut mock, &OfParams { who: mock_id(102) }).unwrap(),
        2
    );
}

#[test]
fn only_init_can_call_the_constructor() {
    for caller in [0, 2, 10, 100, OWNER] {
        let mut mock = Mock::new();
        mock.caller(caller);
        let error = call::<method::Constructor>(&mut mock, &params()).unwrap_err();
        assert_eq!(error.code, ExitCode::USR_FORBIDDEN);
        assert_eq!(
            error.message,
            format!("only f01 (init) may call this, not f0{caller}")
        );
    }
}

#[test]
fn a_number_that_the_table_does_not_list_is_unhandled() {
    let mut mock = counter();
    for number in [0, 2, (1 << 24) - 1] {
        let error = invoke(&mut mock, number, None).unwrap_err().error;
        assert_eq!(error.code, ExitCode::USR_UNHANDLED_MESSAGE);
        assert_eq!(
            error.message,
            format!("there is no method {number}; public methods have FRC-42 numbers from 2^24 up")
        );
    }
    let unknown = method_number("Lower");
    let error = invoke(&mut mock, unknown, None).unwrap_err().error;
    assert_eq!(error.code, ExitCode::USR_UNHANDLED_MESSAGE);
    assert_eq!(error.message, format!("there is no method {unknown}"));
}

#[test]
fn parameters_are_cbor_or_dag_cbor() {
    for codec in [CBOR, DAG_CBOR] {
        let mut mock = counter();
        let params = fvm_ipld_encoding::to_vec(&OfParams { who: mock_id(100) }).unwrap();
        let points = invoke(&mut mock, method::PointsOf::NUMBER, block(codec, &params)).unwrap();
        assert_eq!(points, cbor(&0u64), "codec {codec:#x}");
    }
}

#[test]
fn parameters_of_another_codec_are_refused() {
    let mut mock = counter();
    let params = fvm_ipld_encoding::to_vec(&OfParams { who: mock_id(100) }).unwrap();
    for codec in [0, IPLD_RAW, 0x70] {
        let error = invoke(&mut mock, method::PointsOf::NUMBER, block(codec, &params))
            .unwrap_err()
            .error;
        assert_eq!(error.code, ExitCode::USR_SERIALIZATION);
        assert_eq!(
            error.message,
            format!("parameters of PointsOf have codec {codec:#x}, not CBOR (0x51)")
        );
    }
}

#[test]
fn parameters_that_are_missing_are_missed() {
    let mut mock = counter();
    let error = invoke(&mut mock, method::Raise::NUMBER, None).unwrap_err().error;
    assert_eq!(
        error.code,
        ExitCode::USR_ILLEGAL_ARGUMENT,
        "as the official actors say it"
    );
    assert_eq!(error.message, "Raise needs parameters");
    for none in [block(CBOR, &[]), block(CBOR, &[0xf6]), block(CBOR, &[0x80])] {
        let error = invoke(&mut mock, method::Raise::NUMBER, none).unwrap_err().error;
        assert_eq!(error.code, ExitCode::USR_SERIALIZATION);
        assert!(error.message.starts_with("parameters of Raise: "), "{error}");
    }
}

#[test]
fn a_method_without_parameters_takes_none_in_each_of_their_forms() {
    let mut mock = counter();
    for none in [None, block(CBOR, &[]), block(IPLD_RAW, &[]), block(CBOR, &[0xf6])] {
        assert_eq!(
            invoke(&mut mock, method::Height::NUMBER, none).unwrap(),
            cbor(&0u64)
        );
    }
}

#[test]
fn parameters_with_a_field_too_many_or_bytes_behind_them_are_refused() {
    let mut mock = counter();
    for (what, bytes) in [
        ("a field too many", &[0x82, 1, 1][..]),
        ("bytes behind", &[0x81, 1, 1]),
        ("text", &[0x81, 0x61, 0x31]),
    ] {
        let result = invoke(&mut mock, method::Raise::NUMBER, block(CBOR, bytes));
        assert_eq!(
            result.unwrap_err().error.code,
            ExitCode::USR_SERIALIZATION,
            "{what}"
        );
    }
}

#[test]
fn fil_that_a_method_does_not_take_is_refused_before_anything_else() {
    let mut mock = counter();
    for (number, name) in [
        (method::Raise::NUMBER, "Raise"),
        (method::Height::NUMBER, "Height"),
    ] {
        mock.value(TokenAmount::from_whole(2));
        let error = invoke(&mut mock, number, block(IPLD_RAW, &[1]))
            .unwrap_err()
            .error;
        assert_eq!(error.code, ExitCode::USR_NOT_PAYABLE);
        assert_eq!(
            error.message,
            format!("{name} takes no FIL, but 2 FIL came along")
        );
        assert_eq!(mock.balance(), TokenAmount::default());
    }
}

#[test]
fn a_constructor_takes_no_fil_unless_it_says_so() {
    let mut mock = Mock::new();
    mock.caller(1).value(TokenAmount::from_whole(2));
    let error = call::<method::Constructor>(&mut mock, &params()).unwrap_err();
    assert_eq!(error.code, ExitCode::USR_NOT_PAYABLE);
    assert_eq!(mock.balance(), TokenAmount::default());
    assert_eq!(
        holdfast_test_canonical::method::Constructor::KIND,
        Kind::Pay,
        "a payable_constructor"
    );
    assert_eq!(holdfast_test_canonical::method::Constructor::NUMBER, 1);
}

#[test]
fn the_caller_is_checked_before_the_parameters_are_decoded() {
    let mut mock = Mock::new();
    let error = invoke(&mut mock, 1, block(CBOR, &[0xff])).unwrap_err().error;
    assert_eq!(error.code, ExitCode::USR_FORBIDDEN);
}

#[test]
fn a_value_comes_back_as_cbor_and_nothing_as_no_block() {
    let mut mock = counter();
    assert_eq!(
        invoke(&mut mock, method::Height::NUMBER, None)
            .unwrap()
            .unwrap()
            .codec,
        CBOR
    );
    assert_eq!(
        invoke(&mut mock, method::Emblem::NUMBER, None).unwrap(),
        block(CBOR, &[0xf6])
    );
    let name = cbor(&("Ada",));
    assert_eq!(invoke(&mut mock, method::SetName::NUMBER, name).unwrap(), None);
}

#[test]
fn a_view_works_where_nothing_may_change_and_a_call_does_not() {
    let mut mock = counter();
    let root = mock.root();
    mock.read_only(true);
    assert_eq!(call::<method::Height>(&mut mock, &()).unwrap(), 0);
    let error = call::<method::Raise>(&mut mock, &RaiseParams { by: 1 }).unwrap_err();
    assert_eq!(error.code, ExitCode::USR_READ_ONLY);
    assert_eq!(mock.root(), root);
    assert_eq!(mock.state::<CounterState>().unwrap().height, 0);
}

fn mock_id(id: u64) -> fvm_shared::address::Address {
    fvm_shared::address::Address::new_id(id)
}
