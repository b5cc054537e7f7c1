//! Methods 1 to 3: what the official Init does.

mod support;

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_api::init::{ConstructorParams, method};
use holdfast_init::state::State;
use holdfast_runtime::Runtime;
use holdfast_runtime::send::SendError;
use support::*;

const EAM: u64 = 10;
const POWER: u64 = 4;

#[test]
fn the_first_state_has_the_official_bytes() {
    let mock = init();
    let root = holdfast_runtime::state::get(mock.store(), &mock.root()).unwrap();
    // The empty HAMT's CID is the same on every Filecoin network.
    let empty = "bafy2bzaceamp42wmmgr2g2ymg46euououzfyck7szknvfacqscohrvaikwfay";
    let expected = (empty.parse::<cid::Cid>().unwrap(), 100u64, "testnetwork");
    assert_eq!(root, fvm_ipld_encoding::to_vec(&expected).unwrap());
}

#[test]
fn only_the_system_actor_constructs_init_and_only_once() {
    let mut mock = init();
    let params = ConstructorParams {
        network_name: "other".to_owned(),
    };
    assert_eq!(exit(call::<method::Constructor>(&mut mock, &params)), 18);
    mock.caller(0);
    assert_eq!(exit(call::<method::Constructor>(&mut mock, &params)), 20);
}

#[test]
fn an_account_creates_a_multisig_with_its_fil_and_without_an_event() {
    let mut mock = init();
    mock.value(TokenAmount::from_atto(7))
        .expect_send(constructor(100, &[0x80], 7), done());
    let params = exec(&mock, MULTISIG);
    let created = call::<method::ExecNative>(&mut mock, &params).unwrap();
    let (id, robust) = ids(&created);
    assert_eq!((id, mapped(&mock, &robust)), (100, Some(100)));
    assert_eq!(mock.created(), [(100, code(&mock, MULTISIG), None)]);
    assert_eq!(mock.state::<State>().unwrap().next_id, 101);
    assert_eq!(mock.balance(), TokenAmount::from_atto(0));
}

#[test]
fn a_constructor_without_parameters_gets_no_block() {
    let mut mock = init();
    mock.expect_send(constructor(100, &[], 0), done());
    let mut params = exec(&mock, MULTISIG);
    params.constructor_params = Default::default();
    call::<method::ExecNative>(&mut mock, &params).unwrap();
}

#[test]
fn official_types_are_created_by_those_who_may_and_nobody_else() {
    for (caller, kind, allowed) in (1..=16).flat_map(|kind| {
        let open = kind == 8 || kind == MULTISIG;
        [(ACCOUNT, kind, open), (POWER, kind, open || kind == 6)]
    }) {
        let mut mock = init();
        mock.add_actor(POWER, 5, None);
        mock.caller(caller);
        let params = exec(&mock, kind);
        if allowed {
            mock.expect_send(constructor(100, &[0x80], 0), done());
            call::<method::ExecNative>(&mut mock, &params).unwrap();
        } else {
            assert_eq!(
                exit(call::<method::ExecNative>(&mut mock, &params)),
                18,
                "type {kind} by {caller}"
            );
        }
    }
}

#[test]
fn a_code_that_is_not_in_the_manifest_is_refused() {
    let mut mock = init();
    let mut params = exec(&mock, MULTISIG);
    params.code_cid = cid::Cid::default();
    assert_eq!(exit(call::<method::ExecNative>(&mut mock, &params)), 18);
}

#[test]
fn contracts_and_actors_from_17_on_may_call_no_number_below_2_to_the_24() {
    for kind in [EVM, OPEN] {
        let mut mock = init();
        mock.add_actor(ACCOUNT, kind, None);
        for number in [1, 2, 3, 4, 1023, (1 << 24) - 1] {
            assert_eq!(
                raw_exit(raw(&mut mock, number, None)),
                18,
                "number {number} by a type {kind}"
            );
        }
        assert_eq!(raw_exit(raw(&mut mock, 1 << 24, None)), 22);
    }
}

#[test]
fn parameters_are_looked_at_in_the_official_order() {
    let block = |data: &[u8]| {
        Some(IpldBlock {
            codec: 0x51,
            data: data.to_vec(),
        })
    };
    for number in 1..=3 {
        let mut mock = init();
        assert_eq!(
            raw_exit(raw(&mut mock, number, None)),
            16,
            "{number} without parameters"
        );
        assert_eq!(
            raw_exit(raw(&mut mock, number, block(&[0x80]))),
            21,
            "{number} with too few"
        );
        assert_eq!(
            raw_exit(raw(&mut mock, number, block(&[]))),
            21,
            "{number} with an empty block"
        );
    }
    let mut mock = init();
    assert_eq!(raw_exit(raw(&mut mock, 4, None)), 22);
}

#[test]
fn what_a_constructor_fails_with_is_passed_on() {
    let data = Some(IpldBlock {
        codec: 0x51,
        data: vec![0x41, 0x2a],
    });
    let ended = |code| SendError::Exit {
        code: ExitCode::new(code),
        data: data.clone(),
    };
    for (failure, code, passed) in [
        (ended(16), 16, data.clone()),
        (ended(33), 33, data.clone()),
        (ended(64), 64, data.clone()),
        // Codes of the machine are not ours to exit with.
        (ended(4), 23, data.clone()),
        (ended(9), 23, data.clone()),
        (ended(11), 23, data.clone()),
        (ended(7), 24, data.clone()),
        (SendError::Refused(ErrorNumber::InsufficientFunds), 19, None),
        (SendError::Refused(ErrorNumber::NotFound), 23, None),
        (SendError::Refused(ErrorNumber::ReadOnly), 25, None),
        (SendError::Refused(ErrorNumber::LimitExceeded), 24, None),
    ] {
        let mut mock = init();
        let before = mock.root();
        mock.expect_send(constructor(100, &[0x80], 0), Err(failure.clone()));
        let params = IpldBlock::serialize_cbor(&exec(&mock, MULTISIG)).unwrap();
        let abort = raw(&mut mock, 2, params).unwrap_err();
        assert_eq!(
            (abort.error.code.value(), abort.data),
            (code, passed),
            "{failure:?}"
        );
        assert_eq!(mock.root(), before);
    }
}

#[test]
fn only_the_address_manager_calls_exec4() {
    let mut mock = init();
    let params = exec4(&mock, &[7; 20]);
    assert_eq!(exit(call::<method::Exec4>(&mut mock, &params)), 18);
}

#[test]
fn exec4_maps_the_f4_and_the_f2_address_to_one_id() {
    let mut mock = init();
    mock.caller(EAM).expect_send(constructor(100, &[0x80], 0), done());
    let params = exec4(&mock, &[7; 20]);
    let created = call::<method::Exec4>(&mut mock, &params).unwrap();
    let (id, robust) = ids(&created);
    let delegated = Address::new_delegated(EAM, &[7; 20]).unwrap();
    assert_eq!(
        (id, mapped(&mock, &robust), mapped(&mock, &delegated)),
        (100, Some(100), Some(100))
    );
    assert_eq!(mock.created(), [(100, code(&mock, EVM), Some(delegated))]);
}

#[test]
fn exec4_replaces_a_placeholder_and_nothing_else() {
    for (kind, allowed) in [(13, true), (EVM, false), (4, false)] {
        let mut mock = init();
        let params = exec4(&mock, &[7; 20]);
        mock.caller(EAM).expect_send(constructor(100, &[0x80], 0), done());
        call::<method::Exec4>(&mut mock, &params).unwrap();
        let delegated = Address::new_delegated(EAM, &[7; 20]).unwrap();
        mock.add_actor(100, kind, Some(delegated));
        if allowed {
            // The double knows the id's first f2 address; on the chain a placeholder has none.
            mock.expect_send(constructor(100, &[0x80], 0), done());
            let created = mock
                .call::<holdfast_init::Guarded, holdfast_init::InitActor, method::Exec4>(&params)
                .unwrap();
            assert_eq!(ids(&created).0, 100);
            assert_eq!(mock.state::<State>().unwrap().next_id, 101);
        } else {
            assert_eq!(
                exit(call::<method::Exec4>(&mut mock, &params)),
                18,
                "over a type {kind}"
            );
        }
    }
}

#[test]
fn an_f4_subaddress_has_at_most_54_bytes() {
    let mut mock = init();
    mock.caller(EAM);
    let params = exec4(&mock, &[7; 55]);
    assert_eq!(exit(call::<method::Exec4>(&mut mock, &params)), 16);
    let params = exec4(&mock, &[7; 54]);
    mock.expect_send(constructor(100, &[0x80], 0), done());
    call::<method::Exec4>(&mut mock, &params).unwrap();
}

#[test]
fn nothing_is_created_in_a_read_only_call() {
    let mut mock = init();
    mock.read_only(true);
    let params = exec(&mock, MULTISIG);
    assert_eq!(exit(call::<method::ExecNative>(&mut mock, &params)), 25);
    assert!(mock.created().is_empty());
}
