//! The hook of the Filecoin Warm Storage Service.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    ADD_PIECES, ADMIN, BindServiceParams, GrantTerms, IsAuthorizedParams, READ, SCHEDULE_PIECE_REMOVALS,
    TERMINATE_SERVICE, WRITE, method,
};
use holdfast_runtime::evm::{Bytes32, EthAddress};

use crate::desk::*;
use crate::ethereum::sol;
use crate::shop::atto;
use crate::wallet::{DAVE, dave, sign};

/// The storage service.
const SERVICE: u64 = 108;
/// Pays for data sets there.
const PAYER: u64 = 109;

/// A desk whose data set decides about number 42 of the service, where Dave signs.
fn bound() -> Desk {
    let mut desk = Desk::new();
    desk.0.add_actor(DAVE, 16, Some(dave().to_filecoin().unwrap()));
    sol::<method::bindService>(&mut desk, PAYER, binding(DATA)).unwrap();
    desk
}

fn binding(data_set: u64) -> BindServiceParams {
    BindServiceParams {
        service: id(SERVICE),
        service_data_set: atto(42),
        data_set,
        path: "archive".to_owned(),
    }
}

fn archive(actions: u8) -> GrantTerms {
    GrantTerms {
        scope: path("archive"),
        ..terms(actions)
    }
}

/// An operation with a digest of its own.
fn asked(operation: [u8; 32], digest: u8) -> IsAuthorizedParams {
    IsAuthorizedParams {
        data_set_id: atto(42),
        payer: id(PAYER),
        operation: Bytes32(operation),
        digest: Bytes32([digest; 32]),
        signature: sign(&[digest; 32]),
        operation_data: RawBytes::default(),
    }
}

fn authorized(desk: &mut Desk, p: IsAuthorizedParams) -> bool {
    sol::<method::isAuthorized>(desk, SERVICE, p).expect("an answer")
}

#[test]
fn who_may_write_adds_pieces_and_an_admin_removes_and_ends() {
    let mut desk = bound();
    let may = |desk: &mut Desk, digest| {
        [ADD_PIECES, SCHEDULE_PIECE_REMOVALS, TERMINATE_SERVICE, [9; 32]]
            .map(|operation| authorized(desk, asked(operation, digest + operation[0] % 50)))
    };
    assert_eq!(may(&mut desk, 1), [false; 4], "without a grant");
    desk.grant(DAVE, archive(READ));
    assert_eq!(may(&mut desk, 51), [false; 4], "readers do not write");
    desk.grant(DAVE, archive(WRITE));
    assert_eq!(may(&mut desk, 101), [true, false, false, false]);
    desk.grant(DAVE, archive(ADMIN));
    assert_eq!(
        may(&mut desk, 151),
        [true, true, true, false],
        "no other operation is known"
    );
}

#[test]
fn a_digest_is_good_once() {
    let mut desk = bound();
    desk.grant(DAVE, archive(ADMIN));
    let ends = || asked(TERMINATE_SERVICE, 5);
    assert!(authorized(&mut desk, ends()));
    assert!(!authorized(&mut desk, ends()));
}

#[test]
fn only_what_the_payer_has_bound_is_decided_here() {
    let mut desk = bound();
    desk.grant(DAVE, archive(WRITE));
    let adds = || asked(ADD_PIECES, 5);
    let others = [
        IsAuthorizedParams {
            data_set_id: atto(43),
            ..adds()
        },
        IsAuthorizedParams {
            payer: id(ALICE),
            ..adds()
        },
        IsAuthorizedParams {
            data_set_id: TokenAmount::from_whole(1_000_000),
            ..adds()
        },
        IsAuthorizedParams {
            payer: EthAddress([8; 20]).to_filecoin().unwrap(),
            ..adds()
        },
    ];
    for other in others {
        assert!(!authorized(&mut desk, other));
    }
    let elsewhere = sol::<method::isAuthorized>(&mut desk, ALICE, adds()).unwrap();
    assert!(!elsewhere, "another service asks");
    sol::<method::bindService>(&mut desk, PAYER, binding(0)).unwrap();
    assert!(!authorized(&mut desk, adds()), "no longer bound");
}

#[test]
fn a_signature_that_is_none_authorizes_nothing() {
    let mut desk = bound();
    desk.grant(DAVE, archive(WRITE));
    let good = asked(ADD_PIECES, 5);
    let bytes = good.signature.bytes();
    let mut of_another = bytes.to_vec();
    of_another[3] ^= 1;
    for signature in [
        Vec::new(),
        bytes[..64].to_vec(),
        [bytes, &[0]].concat(),
        vec![0; 65],
        of_another,
    ] {
        let signature = RawBytes::new(signature);
        assert!(!authorized(
            &mut desk,
            IsAuthorizedParams {
                signature,
                ..good.clone()
            }
        ));
    }
    assert!(authorized(&mut desk, good));
}

#[test]
fn a_use_is_counted_and_a_freeze_closes() {
    let mut desk = bound();
    let counted = GrantTerms {
        uses: Some(1),
        ..archive(WRITE)
    };
    let grant = desk.grant(DAVE, counted);
    assert!(authorized(&mut desk, asked(ADD_PIECES, 5)));
    assert!(!authorized(&mut desk, asked(ADD_PIECES, 6)), "it is used up");
    desk.grant(DAVE, archive(WRITE));
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert!(!authorized(&mut desk, asked(ADD_PIECES, 7)));
    assert_eq!(grant, 1);
}

#[test]
fn a_service_is_bound_to_what_there_is() {
    let mut desk = Desk::new();
    let wrong = [
        ("no data set 9", binding(9)),
        (
            "no part",
            BindServiceParams {
                path: "/".to_owned(),
                ..binding(DATA)
            },
        ),
        (
            "it has no actor",
            BindServiceParams {
                service: id(9_999),
                ..binding(DATA)
            },
        ),
        (
            "larger than 2^64 - 1",
            BindServiceParams {
                service_data_set: TokenAmount::from_whole(1_000_000),
                ..binding(DATA)
            },
        ),
    ];
    for (why, params) in wrong {
        let done = sol::<method::bindService>(&mut desk, PAYER, params);
        let message = done.expect_err("refused").error.message;
        assert!(message.contains(why), "{message}");
    }
}
