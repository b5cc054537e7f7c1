//! Solidity callbacks: what is asked, the one answer that accepts, and what a refusal becomes.

mod support;

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesSer, CBOR, IPLD_RAW, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_runtime::ActorError;
use holdfast_runtime::error::Revert;
use holdfast_runtime::evm::erc1363::{ON_APPROVAL_RECEIVED, ON_TRANSFER_RECEIVED, TransferReceived};
use holdfast_runtime::evm::{Callback, EthAddress};
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::send::{Answer, Call, SendError};
use holdfast_runtime::testing::{Mock, Reply};
use holdfast_test_counter::{GiftTaken, OfParams, method};
use support::{block, cbor, counter, with_selector, word};

const SIGNATURE: &str = "onTransferReceived(address,address,uint256,bytes)";

fn gift() -> TransferReceived {
    TransferReceived {
        operator: EthAddress::from_id(100),
        from: EthAddress::from_id(101),
        value: TokenAmount::from_atto(5),
        data: RawBytes::new(vec![7; 3]),
    }
}

/// The calldata, written by hand.
fn calldata() -> Vec<u8> {
    let who = |id| EthAddress::from_id(id).to_word().to_vec();
    let data = [vec![7; 3], vec![0; 29]].concat();
    with_selector(
        SIGNATURE,
        &[who(100), who(101), word(5), word(128), word(3), data],
    )
}

/// Asks 102, who answers this.
fn ask(reply: Reply) -> Result<(), ActorError> {
    let mut mock = Mock::new();
    let call = Call::new(Address::new_id(102), INVOKE_EVM)
        .with_params(&BytesSer(&calldata()))
        .unwrap();
    mock.expect_send(call, reply);
    let callback = Callback::new(&mock, 102, ON_TRANSFER_RECEIVED, gift()).unwrap();
    callback.call(&mut mock, ActorError::forbidden)
}

fn answer(block: Option<IpldBlock>) -> Reply {
    Ok(Answer(block))
}

fn magic() -> Vec<u8> {
    [ON_TRANSFER_RECEIVED.to_be_bytes().to_vec(), vec![0; 28]].concat()
}

#[test]
fn the_selectors_are_those_of_erc1363() {
    assert_eq!(
        (ON_TRANSFER_RECEIVED, ON_APPROVAL_RECEIVED),
        (0x88a7_ca5c, 0x7b04_a2d0)
    );
}

#[test]
fn one_word_with_the_selector_accepts() {
    ask(answer(cbor(&BytesSer(&magic())))).unwrap();
}

#[test]
fn every_other_answer_refuses() {
    let dirty = [magic()[..31].to_vec(), vec![1]].concat();
    let longer = [magic(), vec![0; 32]].concat();
    let answers = [
        (None, "the callee answered nothing"),
        (block(CBOR, &[]), "does not decode"),
        (block(IPLD_RAW, &magic()), "codec 0x55"),
        (cbor(&true), "does not decode"),
        (cbor(&BytesSer(&[])), "selector"),
        (cbor(&BytesSer(&magic()[..4])), "selector"),
        (cbor(&BytesSer(&word(1))), "selector"),
        (cbor(&BytesSer(&dirty)), "selector"),
        (cbor(&BytesSer(&longer)), "selector"),
    ];
    for (given, why) in answers {
        let error = ask(answer(given.clone())).expect_err("refused");
        assert_eq!(error.code, ExitCode::USR_FORBIDDEN, "{given:?}");
        assert!(error.message.contains(why), "{given:?}: {error}");
    }
}

#[test]
fn revert_data_is_passed_on() {
    let data = with_selector("Closed()", &[]);
    let code = ExitCode::new(33);
    let refusal = SendError::Exit {
        code,
        data: cbor(&BytesSer(&data)),
    };
    let error = ask(Err(refusal)).unwrap_err();
    assert_eq!(error.revert, Some(Revert::Encoded(data)));
    assert_eq!(
        error.code,
        ExitCode::USR_UNSPECIFIED,
        "a callee's code is never ours"
    );
}

#[test]
fn a_failure_without_words_is_told_in_ours() {
    let exit = |code, data| SendError::Exit {
        code: ExitCode::new(code),
        data,
    };
    let failures = [
        exit(33, cbor(&BytesSer(&[]))),
        exit(33, cbor(&"no bytes")),
        exit(22, None),
        SendError::Refused(ErrorNumber::LimitExceeded),
        SendError::Oversized {
            len: 5_000,
            max: 2_048,
        },
    ];
    for failure in failures {
        let error = ask(Err(failure.clone())).unwrap_err();
        assert_eq!(
            (error.code, error.revert),
            (ExitCode::USR_FORBIDDEN, None),
            "{failure:?}"
        );
    }
}

#[test]
fn a_native_actor_is_asked_as_a_contract_is() {
    let mut mock = counter();
    mock.caller(103).expect_event(GiftTaken {
        token: 103,
        amount: gift().value,
    });
    let data = calldata();
    assert_eq!(support::evm(&mut mock, &data).unwrap(), magic());
    let gifts = OfParams {
        who: Address::new_id(103),
    };
    assert_eq!(
        support::call::<method::GiftsOf>(&mut mock, &gifts).unwrap(),
        gift().value
    );
}
