//! What our Init does and the official one does not.

mod support;

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_api::init::events::Created;
use holdfast_api::init::{CreateParams, CreateReturn, canonical_address, method};
use holdfast_init::{Guarded, InitActor};
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::{EthAddress, selector};
use holdfast_runtime::method::SolidityMethod;
use holdfast_runtime::send::SendError;
use support::*;

fn created(id: u64) -> Created {
    Created {
        creator: EthAddress::from_id(ACCOUNT),
        id,
        actor_type: OPEN,
    }
}

fn solidity<M: SolidityMethod>(
    mock: &mut holdfast_runtime::testing::Mock,
    params: M::Params,
) -> Result<M::Return, holdfast_runtime::dispatch::Abort> {
    mock.call_solidity::<Guarded, InitActor, M>(params)
}

#[test]
fn method_2_creates_types_from_17_on_and_says_so_before_the_constructor_runs() {
    let mut mock = init();
    mock.value(TokenAmount::from_atto(9));
    mock.expect_event(created(100))
        .expect_send(constructor(100, &[0x80], 9), done());
    let params = exec(&mock, OPEN);
    let returned = call::<method::ExecNative>(&mut mock, &params).unwrap();
    assert_eq!(ids(&returned).0, 100);
}

#[test]
fn the_export_is_open_to_contracts_and_to_actors_from_17_on() {
    for kind in [4, EVM, OPEN] {
        let mut mock = init();
        mock.add_actor(ACCOUNT, kind, None);
        mock.expect_event(created(100))
            .expect_send(constructor(100, &[0x80], 0), done());
        let params = exec(&mock, OPEN);
        call::<method::Exec>(&mut mock, &params).unwrap();
    }
}

#[test]
fn the_export_creates_no_official_type() {
    let mut mock = init();
    for kind in 1..=16 {
        let params = exec(&mock, kind);
        assert_eq!(exit(call::<method::Exec>(&mut mock, &params)), 66, "type {kind}");
        let code = params.code_cid;
        assert_eq!(
            exit(call::<method::ExecCanonical>(&mut mock, &code)),
            66,
            "type {kind}"
        );
        let params = CreateParams {
            actor_type: kind,
            params: RawBytes::default(),
        };
        assert_eq!(
            solidity::<method::create>(&mut mock, params)
                .unwrap_err()
                .error
                .code
                .value(),
            33,
            "type {kind}"
        );
    }
    let nobody = cid::Cid::default();
    assert_eq!(exit(call::<method::ExecCanonical>(&mut mock, &nobody)), 64);
}

#[test]
fn create_answers_the_id_and_its_0x_form() {
    let mut mock = init();
    mock.value(TokenAmount::from_atto(5));
    mock.expect_event(created(100))
        .expect_send(constructor(100, &[0x80], 5), done());
    let params = CreateParams {
        actor_type: OPEN,
        params: RawBytes::new(vec![0x80]),
    };
    let returned = solidity::<method::create>(&mut mock, params).unwrap();
    assert_eq!(
        returned,
        CreateReturn {
            id: 100,
            actor: EthAddress::from_id(100)
        }
    );
}

#[test]
fn the_canonical_instance_is_created_once_and_without_parameters() {
    let mut mock = init();
    mock.expect_event(created(100))
        .expect_send(constructor(100, &[], 0), done());
    let code = code(&mock, OPEN);
    let returned = call::<method::ExecCanonical>(&mut mock, &code).unwrap();
    assert_eq!(ids(&returned), (100, canonical_address(OPEN)));
    assert_eq!(mapped(&mock, &canonical_address(OPEN)), Some(100));
    // The machine resolves from Init's state; the double has to be told.
    mock.name_actor(canonical_address(OPEN), 100);
    let again = call::<method::ExecCanonical>(&mut mock, &code).unwrap_err();
    let address = canonical_address(OPEN);
    let said = format!("the canonical instance of actor type 17 exists already: {address} (f0100)");
    assert_eq!((again.code.value(), again.message), (67, said));
    let abort = solidity::<method::createCanonical>(&mut mock, OPEN).unwrap_err();
    let revert: Vec<u8> =
        fvm_ipld_encoding::from_slice::<fvm_ipld_encoding::BytesDe>(&abort.data.unwrap().data)
            .unwrap()
            .0;
    assert_eq!(revert[..4], selector("CanonicalInstanceExists(uint256,address)"));
    assert_eq!(revert[48..], EthAddress::from_id(100).0);
}

#[test]
fn a_canonical_instance_takes_no_fil() {
    let mut mock = init();
    let code = code(&mock, OPEN);
    mock.value(TokenAmount::from_atto(1));
    assert_eq!(exit(call::<method::ExecCanonical>(&mut mock, &code)), 26);
    mock.value(TokenAmount::from_atto(1));
    assert!(
        solidity::<method::createCanonical>(&mut mock, OPEN)
            .unwrap_err()
            .error
            .message
            .contains("takes no FIL")
    );
    assert_eq!(mock.balance(), TokenAmount::from_atto(0));
}

#[test]
fn an_ethereum_caller_sees_the_revert_data_of_a_constructor() {
    let mut mock = init();
    let data = fvm_ipld_encoding::ipld_block::IpldBlock {
        codec: 0x51,
        data: vec![0x44, 1, 2, 3, 4],
    };
    let failure = SendError::Exit {
        code: ExitCode::new(33),
        data: Some(data.clone()),
    };
    mock.expect_event(created(100))
        .expect_send(constructor(100, &[], 0), Err(failure));
    let params = CreateParams {
        actor_type: OPEN,
        params: RawBytes::default(),
    };
    let abort = solidity::<method::create>(&mut mock, params).unwrap_err();
    assert_eq!((abort.error.code.value(), abort.data), (33, Some(data)));
}

#[test]
fn types_beyond_the_manifest_are_named_in_the_error() {
    let mut mock = init();
    let params = CreateParams {
        actor_type: 18,
        params: RawBytes::default(),
    };
    let abort = solidity::<method::create>(&mut mock, params).unwrap_err();
    assert_eq!(abort.error.message, "this network has no actor type 18");
}
