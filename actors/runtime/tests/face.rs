//! The Ethereum face: what every actor does with calldata.

mod support;

use fvm_ipld_encoding::{BytesSer, DAG_CBOR, IPLD_RAW, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::{Args, Bytes4, EthAddress, selector};
use holdfast_runtime::method::{INVOKE_EVM, Method, SolidityMethod};
use holdfast_runtime::testing::Mock;
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{Counter, CounterActor, OfParams, PRICE, RaiseParams, Raised, method};
use support::{
    LIMIT, block, bytes_of, calldata, cbor, counter, evm, invoke, reason_of, revert_of, wallet,
    with_selector, word,
};

fn expect_raised(mock: &mut Mock, by: u64, height: u64) {
    mock.expect_event(Raised {
        who: EthAddress::from_id(100),
        by,
        height,
    });
}

// ---- calldata ----

#[test]
fn calldata_comes_raw_from_contracts_and_as_cbor_from_wallets() {
    let mut mock = counter();
    let data = with_selector("raise(uint64)", &[word(5)]);
    let sent = [
        block(IPLD_RAW, &data),
        cbor(&BytesSer(&data)),
        block(DAG_CBOR, &fvm_ipld_encoding::to_vec(&BytesSer(&data)).unwrap()),
    ];
    for (params, height) in sent.into_iter().zip([5, 10, 15]) {
        expect_raised(&mut mock, 5, height);
        let returned = invoke(&mut mock, INVOKE_EVM, params).unwrap();
        assert_eq!(bytes_of(returned.as_ref()), word(height));
    }
}

#[test]
fn both_faces_leave_the_same_state_and_event() {
    let (mut native, mut ethereum) = (counter(), counter());
    expect_raised(&mut native, 7, 7);
    support::call::<method::Raise>(&mut native, &RaiseParams { by: 7 }).unwrap();
    expect_raised(&mut ethereum, 7, 7);
    evm(&mut ethereum, &with_selector("raise(uint64)", &[word(7)])).unwrap();
    assert_eq!(native.root(), ethereum.root());
}

#[test]
fn a_method_without_result_gives_an_empty_byte_string() {
    let mut mock = counter();
    support::raise(&mut mock, 100, 5);
    let give = holdfast_test_counter::GiveParams {
        to: Address::new_id(102),
        points: 1,
        note: RawBytes::default(),
    };
    mock.expect_event(holdfast_test_counter::Given {
        from: EthAddress::from_id(100),
        to: EthAddress::from_id(102),
        points: 1,
    });
    let hook = holdfast_runtime::receiver::UniversalReceiverParams {
        type_: holdfast_runtime::receiver::FRC46_PAYLOAD,
        payload: RawBytes::serialize((
            100u64,
            102u64,
            100u64,
            TokenAmount::from_atto(1),
            RawBytes::default(),
            RawBytes::default(),
        ))
        .unwrap(),
    };
    let call = holdfast_runtime::send::Call::new(Address::new_id(102), holdfast_runtime::receiver::RECEIVE);
    mock.expect_send(call.with_params(&hook).unwrap(), Ok(Default::default()));
    let data = calldata::<method::Give>(&mock, give);
    assert_eq!(evm(&mut mock, &data).unwrap(), Vec::<u8>::new());
}

#[test]
fn calldata_of_another_codec_reverts() {
    let mut mock = counter();
    let result = invoke(
        &mut mock,
        INVOKE_EVM,
        block(0x70, &with_selector("height()", &[])),
    );
    assert_eq!(
        reason_of(result),
        "calldata has codec 0x70, neither CBOR (0x51) nor raw (0x55)"
    );
    let not_bytes = invoke(&mut mock, INVOKE_EVM, cbor(&"height()"));
    assert!(reason_of(not_bytes).starts_with("calldata: "));
}

#[test]
fn calldata_without_a_selector_reverts_clearly() {
    let mut mock = counter();
    for (params, len) in [
        (None, 0),
        (block(IPLD_RAW, &[]), 0),
        (cbor(&BytesSer(&[])), 0),
        (block(IPLD_RAW, &[1, 2, 3]), 3),
    ] {
        let result = invoke(&mut mock, INVOKE_EVM, params);
        assert_eq!(
            reason_of(result),
            format!("calldata of {len} bytes has no method: a selector has 4 bytes")
        );
    }
}

#[test]
fn fil_without_calldata_is_not_kept() {
    let mut mock = counter();
    mock.value(TokenAmount::from_whole(1));
    revert_of(invoke(&mut mock, INVOKE_EVM, None));
    assert_eq!(mock.balance(), TokenAmount::default());
}

#[test]
fn an_unknown_selector_reverts_with_a_reason() {
    let mut mock = counter();
    assert_eq!(
        reason_of(evm(&mut mock, &[0xde, 0xad, 0xbe, 0xef])),
        "there is no method with the selector 0xdeadbeef"
    );
}

// ---- arguments ----

#[test]
fn dirty_padding_is_refused() {
    let mut mock = counter();
    let mut dirty = word(5);
    dirty[23] = 1;
    let reason = reason_of(evm(&mut mock, &with_selector("raise(uint64)", &[dirty])));
    assert!(
        reason.starts_with("Raise: the calldata does not decode: "),
        "{reason}"
    );
    let mut who = vec![0; 32];
    who[0] = 1;
    reason_of(evm(&mut mock, &with_selector("pointsOf(address)", &[who])));
}

#[test]
fn missing_bytes_are_refused() {
    let mut mock = counter();
    for len in [0, 1, 31] {
        reason_of(evm(
            &mut mock,
            &with_selector("raise(uint64)", &[word(5)[..len].to_vec()]),
        ));
    }
}

#[test]
fn bytes_behind_the_arguments_are_ignored_as_solidity_does() {
    let mut mock = counter();
    expect_raised(&mut mock, 5, 5);
    assert_eq!(
        evm(
            &mut mock,
            &with_selector("raise(uint64)", &[word(5), vec![0xff; 7]])
        )
        .unwrap(),
        word(5)
    );
    assert_eq!(
        evm(&mut mock, &with_selector("height()", &[vec![0xff]])).unwrap(),
        word(5)
    );
}

#[test]
fn lengths_and_offsets_that_promise_more_than_there_is_are_refused() {
    let mut mock = counter();
    let huge = vec![0xff; 32];
    let give = "give(address,uint64,bytes)";
    let to = vec![0; 32];
    for tail in [
        vec![huge.clone()],
        vec![word(96), huge],
        vec![word(96), word(1 << 40)],
        vec![word(96), word(33), vec![1; 32]],
    ] {
        let args = [vec![to.clone(), word(1)], tail].concat();
        reason_of(evm(&mut mock, &with_selector(give, &args)));
    }
}

// ---- who and what ----

#[test]
fn fil_for_a_method_that_takes_none_reverts() {
    let mut mock = counter();
    for signature in ["height()", "supportsInterface(bytes4)"] {
        mock.value(TokenAmount::from_atto(1));
        let result = evm(&mut mock, &with_selector(signature, &[vec![0; 32]]));
        assert!(reason_of(result).contains("takes no FIL"), "{signature}");
        assert_eq!(mock.balance(), TokenAmount::default());
    }
}

#[test]
fn fil_for_a_method_that_takes_it_arrives() {
    let mut mock = counter();
    mock.value(TokenAmount::from_atto(3 * PRICE));
    expect_raised(&mut mock, 3, 3);
    assert_eq!(evm(&mut mock, &with_selector("buy()", &[])).unwrap(), word(3));
    assert_eq!(
        mock.state::<CounterState>().unwrap().cash,
        TokenAmount::from_atto(3 * PRICE)
    );
}

#[test]
fn a_method_of_the_face_alone_has_no_number() {
    assert_eq!(method::buy::NUMBER, 0);
    let mut mock = counter();
    let error = invoke(&mut mock, 0, None).unwrap_err().error;
    assert_eq!(error.code, ExitCode::USR_UNHANDLED_MESSAGE);
}

#[test]
fn overloads_are_told_apart_by_their_arguments() {
    assert_eq!(
        method::isHigherThanNumber::SOLIDITY,
        method::IsHigherThan::SOLIDITY
    );
    let mut mock = counter();
    support::raise(&mut mock, 100, 4);
    let mut higher_than = |n| evm(&mut mock, &with_selector("isHigherThan(uint64)", &[word(n)])).unwrap();
    assert_eq!((higher_than(3), higher_than(4)), (word(1), word(0)));
}

#[test]
fn an_error_of_the_interface_reverts_as_its_solidity_error() {
    let mut mock = counter();
    let revert = revert_of(evm(
        &mut mock,
        &with_selector("raise(uint64)", &[word(LIMIT + 1)]),
    ));
    assert_eq!(
        revert,
        with_selector(
            "CounterFull(uint256,uint256,uint256)",
            &[word(0), word(LIMIT + 1), word(LIMIT)]
        )
    );
}

#[test]
fn the_sentence_of_an_error_is_kept_beside_the_revert() {
    let mut mock = counter();
    let abort = evm(&mut mock, &with_selector("raise(uint64)", &[word(LIMIT + 1)])).unwrap_err();
    assert_eq!(
        abort.error.message,
        "0 and 1000001 more exceed the limit of 1000000 points"
    );
}

#[test]
fn views_of_the_face_work_where_nothing_may_change() {
    let mut mock = counter();
    support::raise(&mut mock, 100, 4);
    mock.read_only(true);
    assert_eq!(evm(&mut mock, &with_selector("height()", &[])).unwrap(), word(4));
    let who = EthAddress::from_id(100).to_word().to_vec();
    assert_eq!(
        wallet(&mut mock, &with_selector("pointsOf(address)", &[who])).unwrap(),
        word(4)
    );
    reason_of(evm(&mut mock, &with_selector("raise(uint64)", &[word(1)])));
}

#[test]
fn a_caller_with_an_f410_address_is_the_same_owner_on_both_faces() {
    let eth = EthAddress([0xab; 20]);
    let mut mock = counter();
    mock.add_actor(200, 16, Some(eth.to_filecoin().unwrap()));
    mock.caller(200);
    mock.expect_event(Raised {
        who: eth,
        by: 3,
        height: 3,
    });
    evm(&mut mock, &with_selector("raise(uint64)", &[word(3)])).unwrap();
    for who in [Address::new_id(200), eth.to_filecoin().unwrap()] {
        assert_eq!(
            support::call::<method::PointsOf>(&mut mock, &OfParams { who }).unwrap(),
            3
        );
    }
    for form in [eth, EthAddress::from_id(200)] {
        let data = with_selector("pointsOf(address)", &[form.to_word().to_vec()]);
        assert_eq!(evm(&mut mock, &data).unwrap(), word(3), "{form}");
    }
}

// ---- ERC-165 ----

fn supports(mock: &mut Mock, id: u32) -> bool {
    let data = [
        selector("supportsInterface(bytes4)").to_vec(),
        Bytes4(id.to_be_bytes()).encode(mock),
    ]
    .concat();
    bool::decode(&evm(mock, &data).unwrap()).unwrap()
}

#[test]
fn the_face_says_which_standards_it_supports() {
    let mut mock = counter();
    let counter_id = method::Raise::SELECTOR ^ method::Height::SELECTOR;
    assert_eq!(counter_id, 0x9fc2_148a);
    assert!(supports(&mut mock, 0x01ff_c9a7), "ERC-165 itself");
    assert!(supports(&mut mock, counter_id));
    assert!(!supports(&mut mock, 0xffff_ffff));
    assert!(!supports(&mut mock, 0));
    assert!(!supports(&mut mock, method::Raise::SELECTOR));
}

#[test]
fn the_question_for_a_standard_costs_no_write() {
    let mut mock = counter();
    let root = mock.root();
    mock.read_only(true);
    supports(&mut mock, 0x01ff_c9a7);
    assert_eq!(mock.root(), root);
}

#[test]
fn the_double_calls_the_face_as_a_wallet_does() {
    let mut mock = counter();
    expect_raised(&mut mock, 2, 2);
    let height = mock
        .call_solidity::<Counter, CounterActor, method::Raise>(RaiseParams { by: 2 })
        .unwrap();
    assert_eq!(height, 2);
}
