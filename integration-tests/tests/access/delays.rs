//! Delays, with a guardian who is a wallet of another kind than the owner.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::{
    Delay, GrantTerms, OperationAt, Power, READ, ScheduleParams, SetDelayParams, SetGuardianParams,
    SetTermsParams, method,
};
use holdfast_integration_tests::access::DATA;
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;

use crate::support::Library;

const DELAY: i64 = 10;

fn terms() -> SetTermsParams {
    SetTermsParams {
        data_set: DATA,
        hash: Bytes32([7; 32]),
        fresh: true,
    }
}

/// A data set whose terms, and whose grants for reading, are delayed; watched over by somebody.
fn delayed(guardian: &Wallet) -> Library {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let guardian = Some(guardian.address());
    library.by::<method::SetGuardian>(
        &owner,
        &SetGuardianParams {
            data_set: DATA,
            guardian,
        },
    );
    let power = Power::Terms {};
    for what in [Delay::Power { power }, Delay::Grant { action: READ }] {
        let (data_set, delay) = (DATA, DELAY);
        library.by::<method::SetDelay>(
            &owner,
            &SetDelayParams {
                data_set,
                what,
                delay,
            },
        );
    }
    library
}

impl Library {
    #[track_caller]
    fn announces(&mut self) -> OperationAt {
        let owner = self.owner.clone();
        let operation = self.by::<method::Schedule>(
            &owner,
            &ScheduleParams {
                data_set: DATA,
                method: method::SetTerms::NUMBER,
                params: RawBytes::serialize(terms()).unwrap(),
                at: None,
            },
        );
        OperationAt {
            data_set: DATA,
            operation,
        }
    }
}

#[test]
fn a_guardian_cancels_what_the_owner_has_announced() {
    for kind in [Kind::Secp256k1, Kind::Bls, Kind::Eth] {
        let guardian = Library::new().w.account(kind, 5);
        let mut library = delayed(&guardian);
        let (owner, stranger) = (library.owner.clone(), library.w.account(kind, 6));
        library.tries::<method::SetTerms>(&owner, &terms()).refused(146);
        let announced = library.announces();
        library.tries::<method::SetTerms>(&owner, &terms()).refused(147);
        library
            .tries::<method::Cancel>(&stranger, &announced)
            .refused(150);
        library.by::<method::Cancel>(&guardian, &announced);
        library.w.advance(DELAY as u64);
        library.tries::<method::SetTerms>(&owner, &terms()).refused(146);

        library.announces();
        library.w.advance(DELAY as u64);
        assert_eq!(library.by::<method::SetTerms>(&owner, &terms()), 1);
    }
}

#[test]
fn a_guardian_takes_a_grant_back_until_it_begins() {
    let kind = Kind::Eth;
    let guardian = Library::new().w.account(kind, 5);
    let mut library = delayed(&guardian);
    let owner = library.owner.clone();
    let (early, late) = (library.w.account(kind, 6), library.w.account(kind, 7));
    let revocation = |reader: &Wallet, grant| holdfast_api::access::GrantAt {
        data_set: DATA,
        subject: reader.address(),
        grant,
    };
    let first = library.grant(&owner, &early, GrantTerms::plain(READ), None);
    library.by::<method::Revoke>(&guardian, &revocation(&early, first));
    let second = library.grant(&owner, &late, GrantTerms::plain(READ), None);
    assert!(!library.reads(&late), "it begins later than it was given");
    library.w.advance(DELAY as u64);
    assert!(library.reads(&late) && !library.reads(&early));
    let revocation = revocation(&late, second);
    library
        .tries::<method::Revoke>(&guardian, &revocation)
        .refused(79);
}
