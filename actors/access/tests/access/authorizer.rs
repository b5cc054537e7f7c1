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
pub const SERVICE: u64 = 108;
/// Pays for data sets there, and administers the one on the desk.
pub const PAYER: u64 = 109;

/// A desk whose data set decides about number 42 of the service, where Dave signs.
fn bound() -> Desk {
    let mut desk = Desk::new();
    desk.0.add_actor(DAVE, 16, Some(dave().to_filecoin().unwrap()));
    desk.grant(PAYER, terms(ADMIN));
    sol::<method::bindService>(&mut desk, PAYER, binding(DATA)).unwrap();
    desk
}

/// Has a data set decide about number 42 of the service.
pub fn binding(data_set: u64) -> BindServiceParams {
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
fn an_expired_grant_authorizes_nothing() {
    let mut desk = bound();
    let short = GrantTerms {
        end: Some(NOW + 10),
        ..archive(WRITE)
    };
    desk.grant(DAVE, short);
    for (digest, (now, counts)) in (1..).zip([(NOW + 9, true), (NOW + 10, false), (NOW + 11, false)]) {
        assert_eq!(
            authorized(desk.at(now), asked(ADD_PIECES, digest)),
            counts,
            "at {now}"
        );
    }
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
    desk.grant(DAVE, counted);
    assert!(authorized(&mut desk, asked(ADD_PIECES, 5)));
    assert!(!authorized(&mut desk, asked(ADD_PIECES, 6)), "it is used up");
    desk.grant(DAVE, archive(WRITE));
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert!(!authorized(&mut desk, asked(ADD_PIECES, 7)));
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
        let done = sol::<method::bindService>(&mut desk, OWNER, params);
        let message = done.expect_err("refused").error.message;
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn a_digest_is_used_up_for_its_own_data_set_of_its_own_service_only() {
    // The service's digest of a removal names no payer and no number of the service: others can sign the same one.
    for (service, number) in [(CAROL, 42), (SERVICE, 43)] {
        let mut desk = bound();
        desk.grant(DAVE, archive(ADMIN));
        let own = desk.call::<method::CreateDataSet>(DAVE, &plain()).unwrap();
        let elsewhere = BindServiceParams {
            service: id(service),
            service_data_set: atto(number),
            data_set: own,
            path: String::new(),
        };
        sol::<method::bindService>(&mut desk, DAVE, elsewhere).unwrap();
        let burns = IsAuthorizedParams {
            data_set_id: atto(number),
            payer: id(DAVE),
            ..asked(SCHEDULE_PIECE_REMOVALS, 5)
        };
        let ask = |desk: &mut Desk| sol::<method::isAuthorized>(desk, service, burns.clone()).unwrap();
        assert!(ask(&mut desk) && !ask(&mut desk), "{service}, {number}");
        assert!(
            authorized(&mut desk, asked(SCHEDULE_PIECE_REMOVALS, 5)),
            "{service}, {number}"
        );
    }
}

#[test]
fn a_signature_is_taken_as_the_service_takes_it() {
    let mut desk = bound();
    desk.grant(DAVE, archive(WRITE));
    let with = |digest, change: fn(u8) -> u8| {
        let good = asked(ADD_PIECES, digest);
        let mut signature = good.signature.to_vec();
        signature[64] = change(signature[64]);
        let signature = RawBytes::new(signature);
        IsAuthorizedParams { signature, ..good }
    };
    assert!(authorized(&mut desk, with(1, |v| v - 27)));
    assert!(!authorized(&mut desk, with(2, |v| v + 2)));
    assert!(!authorized(&mut desk, with(3, |v| v - 25)));
}

#[test]
fn nobody_binds_what_others_administer_and_spends_their_uses() {
    let mut desk = bound();
    let counted = GrantTerms {
        uses: Some(1),
        ..archive(WRITE)
    };
    desk.grant(DAVE, counted);
    desk.grant(BOB, archive(ADMIN));
    let elsewhere = |data_set| BindServiceParams {
        service: id(CAROL),
        ..binding(data_set)
    };
    let done = sol::<method::bindService>(&mut desk, BOB, elsewhere(DATA));
    let message = done.expect_err("an admin of a folder is none").error.message;
    assert!(message.contains("nor an admin of it"), "{message}");
    let spends = IsAuthorizedParams {
        payer: id(BOB),
        ..asked(ADD_PIECES, 77)
    };
    assert!(!sol::<method::isAuthorized>(&mut desk, CAROL, spends).unwrap());
    sol::<method::bindService>(&mut desk, BOB, elsewhere(0)).unwrap();
    assert!(
        authorized(&mut desk, asked(ADD_PIECES, 5)),
        "Dave has used nothing"
    );
}

#[test]
fn a_binding_counts_as_long_as_its_payer_owns_or_administers_the_data_set() {
    let mut desk = bound();
    desk.grant(DAVE, archive(WRITE));
    assert!(authorized(&mut desk, asked(ADD_PIECES, 1)));
    desk.revoke(OWNER, PAYER, 1).unwrap();
    assert!(!authorized(&mut desk, asked(ADD_PIECES, 2)), "no admin any more");
    sol::<method::bindService>(&mut desk, OWNER, binding(DATA)).unwrap();
    let by_owner = |digest| IsAuthorizedParams {
        payer: id(OWNER),
        ..asked(ADD_PIECES, digest)
    };
    assert!(authorized(&mut desk, by_owner(3)));
    desk.hand_over(BOB, true);
    assert!(!authorized(&mut desk, by_owner(4)), "no owner any more");
    let short = GrantTerms {
        end: Some(NOW + 5),
        ..terms(ADMIN)
    };
    desk.give(BOB, OWNER, short, None).unwrap();
    assert!(authorized(desk.at(NOW + 4), by_owner(5)));
    assert!(!authorized(desk.at(NOW + 5), by_owner(6)));
    assert!(!authorized(desk.at(NOW + 6), by_owner(7)));
}
