//! State: versions, transactions, and what a failure leaves.

mod support;

use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_ipld_encoding::DAG_CBOR;
use fvm_shared::address::Address;
use fvm_shared::error::ExitCode;
use holdfast_runtime::state::{State, Version, decode, encode};
use holdfast_runtime::testing::Mock;
use holdfast_runtime::{ActorError, Runtime};
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{NameParams, RaiseParams, method};
use holdfast_test_counter_v2 as v2;
use multihash_codetable::Code;
use serde::{Deserialize, Serialize};
use support::{call, counter, raise};

/// The first byte is the tuple's head, the second the version.
fn version_on_the_wire(mock: &Mock) -> u8 {
    mock.store().get(&mock.root()).unwrap().unwrap()[1]
}

#[track_caller]
fn check_v2(mock: &Mock) {
    let state: v2::state::CounterState = mock.state().unwrap();
    v2::invariants::check(mock.store(), &state, &mock.balance()).assert_none();
    assert_eq!(state.raises, mock_history(mock, &state));
}

fn mock_history(mock: &Mock, state: &v2::state::CounterState) -> u64 {
    holdfast_runtime::collections::Array::load(mock.store(), &state.history)
        .unwrap()
        .len()
}

// ---- versions ----

#[test]
fn the_version_comes_first() {
    assert_eq!(version_on_the_wire(&counter()), 1);
}

#[test]
fn new_code_reads_the_old_state_and_does_not_touch_it() {
    let mut mock = counter();
    raise(&mut mock, 100, 5);
    let root = mock.root();
    let height = mock
        .call::<v2::Counter, v2::CounterActor, v2::method::Height>(&())
        .unwrap();
    assert_eq!((height, mock.root()), (5, root));
    assert_eq!(mock.state::<v2::state::CounterState>().unwrap().raises, 1);
}

#[test]
fn the_first_write_of_new_code_writes_the_new_version() {
    let mut mock = counter();
    raise(&mut mock, 100, 5);
    raise(&mut mock, 100, 1);
    mock.expect_event(v2::Raised {
        who: holdfast_runtime::evm::EthAddress::from_id(100),
        by: 2,
        height: 8,
    });
    mock.call::<v2::Counter, v2::CounterActor, v2::method::Raise>(&v2::RaiseParams { by: 2 })
        .unwrap();
    assert_eq!(version_on_the_wire(&mock), 2);
    check_v2(&mock);
    let state: v2::state::CounterState = mock.state().unwrap();
    assert_eq!((state.height, state.raises, state.owner), (8, 3, support::OWNER));
}

#[test]
fn old_code_does_not_read_the_new_state() {
    let mut mock = counter();
    mock.call::<v2::Counter, v2::CounterActor, v2::method::SetName>(&v2::NameParams {
        name: "Ada".to_owned(),
    })
    .unwrap();
    let error = call::<method::Height>(&mut mock, &()).unwrap_err();
    assert_eq!(error.code, ExitCode::USR_ILLEGAL_STATE);
    assert_eq!(error.message, "state version 2 is unknown to this code");
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Late<const N: u64>(Version<N>, u64);

impl<const N: u64> State for Late<N> {
    const VERSION: Option<u64> = Some(N);
}

fn put(mock: &mut Mock, block: &[u8]) {
    let root = mock
        .store()
        .put(Code::Blake2b256, &Block::new(DAG_CBOR, block))
        .unwrap();
    mock.set_root(&root).unwrap();
}

#[test]
fn versions_of_any_size_are_read() {
    fn there_and_back<const N: u64>() {
        let state = Late::<N>(Version, 7);
        let block = encode(&state).unwrap();
        assert_eq!(decode::<Late<N>, _>(Mock::new().store(), &block).unwrap(), state);
        let error = decode::<Late<3>, _>(Mock::new().store(), &block).unwrap_err();
        assert_eq!(
            error.message,
            format!("state version {N} is unknown to this code")
        );
    }
    there_and_back::<0>();
    there_and_back::<23>();
    there_and_back::<24>();
    there_and_back::<255>();
    there_and_back::<256>();
    there_and_back::<65_535>();
}

#[test]
fn a_block_that_is_no_versioned_state_is_a_bug_of_ours() {
    let bare: &[&[u8]] = &[
        &[],
        &[0x80],
        &[0x01],
        &[0x82],
        &[0x82, 0x61, 0x31, 1],
        &[0x82, 0x20, 1],
        &[0xa1, 1, 1],
        &[0x82, 3, 0x61, 0x31],
    ];
    for block in bare {
        let mut mock = Mock::new();
        put(&mut mock, block);
        let error = mock.state::<Late<3>>().unwrap_err();
        assert_eq!(error.code, ExitCode::USR_ILLEGAL_STATE, "{block:02x?}");
    }
}

#[test]
fn a_missing_root_is_a_bug_of_ours() {
    let error = Mock::new().state::<CounterState>().unwrap_err();
    assert_eq!(error.code, ExitCode::USR_ILLEGAL_STATE);
}

// ---- transactions ----

#[test]
fn a_transaction_that_changes_nothing_writes_nothing() {
    let mut mock = counter();
    let root = mock.root();
    // A read-only machine refuses every new root.
    mock.read_only(true);
    let height = mock
        .transaction(|state: &mut CounterState, _| Ok(state.height))
        .unwrap();
    assert_eq!((height, mock.root()), (0, root));
    let name = NameParams {
        name: "Ada".to_owned(),
    };
    mock.read_only(false);
    call::<method::SetName>(&mut mock, &name).unwrap();
    mock.read_only(true);
    call::<method::SetName>(&mut mock, &name).unwrap();
}

#[test]
fn a_failed_transaction_leaves_the_state() {
    let mut mock = counter();
    let root = mock.root();
    let failed: Result<(), ActorError> = mock.transaction(|state: &mut CounterState, store| {
        state.raise(store, 100, 5)?;
        Err(ActorError::forbidden("no"))
    });
    assert_eq!(failed.unwrap_err().code, ExitCode::USR_FORBIDDEN);
    assert_eq!(mock.root(), root);
}

#[test]
fn a_failure_after_a_transaction_takes_the_change_back() {
    let mut mock = counter();
    raise(&mut mock, 100, 5);
    let root = mock.root();
    let give = holdfast_test_counter::GiveParams {
        to: Address::new_id(102),
        points: 5,
        note: Default::default(),
    };
    mock.expect_event(holdfast_test_counter::Given {
        from: holdfast_runtime::evm::EthAddress::from_id(100),
        to: holdfast_runtime::evm::EthAddress::from_id(102),
        points: 5,
    });
    let received = holdfast_runtime::receiver::Frc46TokenReceived {
        from: 100,
        to: 102,
        operator: 100,
        amount: fvm_shared::econ::TokenAmount::from_atto(5),
        operator_data: Default::default(),
        token_data: Default::default(),
    };
    let hook = holdfast_runtime::receiver::UniversalReceiverParams {
        type_: holdfast_runtime::receiver::FRC46_PAYLOAD,
        payload: fvm_ipld_encoding::RawBytes::serialize(&received).unwrap(),
    };
    let refusal = holdfast_runtime::send::SendError::Exit {
        code: ExitCode::new(64),
        data: None,
    };
    let tell = holdfast_runtime::send::Call::new(Address::new_id(102), holdfast_runtime::receiver::RECEIVE);
    mock.expect_send(tell.with_params(&hook).unwrap(), Err(refusal));
    let error = call::<method::Give>(&mut mock, &give).unwrap_err();
    assert_eq!(error.code, ExitCode::USR_UNSPECIFIED);
    assert_eq!(
        error.message,
        format!(
            "the recipient did not accept the tokens: the call of method 3726118371 of f0102 ended with exit code 64"
        )
    );
    assert_eq!(mock.root(), root);
}

#[test]
fn a_value_that_is_set_again_costs_no_new_root() {
    let mut mock = counter();
    raise(&mut mock, 100, 5);
    let root = mock.root();
    raise(&mut mock, 100, 0);
    assert_ne!(
        mock.root(),
        root,
        "a raise by nothing is still a raise in the history"
    );
    let error = call::<method::Raise>(&mut mock, &RaiseParams { by: u64::MAX }).unwrap_err();
    assert_eq!(error.code, ExitCode::new(64), "no overflow");
}
