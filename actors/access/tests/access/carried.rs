//! Messages that somebody signs and anybody carries.

use alloy_primitives::B256;
use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::events::{Carried, NonceCancelled, Revoked};
use holdfast_api::access::{
    ADMIN, AcceptTermsParams, AcceptedTermsParams, CarryParams, Delay, GrantAt, GrantParams, NonceParams,
    READ, Signed, method,
};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::{Bytes32, EthAddress};

use crate::desk::*;
use crate::wallet::*;

/// Dave's message that takes a grant of Bob back.
fn revoking(grant: u64) -> CarryParams {
    let shown = wallets::Revoke {
        signer: word(dave()),
        dataSet: DATA,
        subject: masked(BOB),
        grant,
        nonce: 7,
        deadline: DEADLINE as u64,
    };
    let params = GrantAt {
        data_set: DATA,
        subject: id(BOB),
        grant,
    };
    message(Signed::Revoke { params }, signed(&shown, &domain()))
}

#[test]
fn a_signed_grant_is_as_good_as_a_sent_one() {
    let mut desk = desk();
    let grant = carry(&mut desk, &good()).unwrap();
    assert_eq!(grant, Some(2));
    assert!(desk.reads(BOB) && !desk.reads(CAROL));
    desk.told(Carried {
        signer: DAVE,
        nonce: 7,
        by: CAROL,
    });
}

#[test]
fn a_signed_revocation_is_as_good_as_a_sent_one() {
    let mut desk = desk();
    let bob = desk.grant(BOB, terms(READ));
    let revocation = revoking(bob);
    assert_eq!(carry(&mut desk, &revocation).unwrap(), None);
    assert!(!desk.reads(BOB));
    let told = Revoked {
        data_set: DATA,
        subject: BOB,
        grant: bob,
        by: DAVE,
    };
    assert!(desk.0.emitted().contains(&told.to_actor_event().unwrap()));
    refused(&mut desk, &revocation, 152);
}

#[test]
fn terms_are_accepted_by_signature() {
    let mut desk = desk();
    let hash = [3; 32];
    desk.set_terms(3, true);
    let shown = wallets::AcceptTerms {
        signer: word(dave()),
        dataSet: DATA,
        version: 1,
        hash: B256::from(hash),
        nonce: 7,
        deadline: DEADLINE as u64,
    };
    let params = AcceptTermsParams {
        data_set: DATA,
        version: 1,
        hash: Bytes32(hash),
    };
    let accepted = message(Signed::AcceptTerms { params }, signed(&shown, &domain()));
    assert_eq!(carry(&mut desk, &accepted).unwrap(), None);
    let of = |subject| AcceptedTermsParams {
        data_set: DATA,
        subject,
    };
    let accepted_by = |desk: &mut Desk, who| {
        let found = desk.call::<method::AcceptedTerms>(BOB, &of(id(who))).unwrap();
        found.map(|accepted| accepted.version)
    };
    assert_eq!(accepted_by(&mut desk, DAVE), Some(1));
    assert_eq!(accepted_by(&mut desk, CAROL), None);
    refused(&mut desk, &accepted, 152);
}

#[test]
fn a_message_is_for_one_method_and_one_data_set() {
    let mut desk = desk();
    desk.call::<method::CreateDataSet>(DAVE, &plain()).unwrap();
    let signature = good().signature;
    let params = GrantParams {
        data_set: 2,
        ..reading()
    };
    refused(&mut desk, &message(grant(params), signature.clone()), 153);
    let params = GrantAt {
        data_set: DATA,
        subject: id(BOB),
        grant: 1,
    };
    refused(&mut desk, &message(Signed::Revoke { params }, signature), 153);
}

#[test]
fn a_message_is_carried_once() {
    let mut desk = desk();
    carry(&mut desk, &good()).unwrap();
    refused(&mut desk, &good(), 152);
    let other = CarryParams { nonce: 8, ..good() };
    refused(&mut desk, &other, 153);
}

#[test]
fn a_message_is_good_before_its_deadline_and_no_longer_at_it() {
    for (epoch, expected) in [(DEADLINE - 1, 0), (DEADLINE, 151), (DEADLINE + 1, 151)] {
        let mut desk = desk();
        let done = carry(desk.at(epoch), &good());
        assert_eq!(code(done), expected, "{epoch}");
    }
    let late = CarryParams {
        deadline: DEADLINE + 9,
        ..good()
    };
    refused(desk().at(DEADLINE), &late, 153);
}

#[test]
fn nobody_signs_for_somebody_else() {
    let mut desk = desk();
    let other = EthAddress([9; 20]).to_filecoin().unwrap();
    desk.0.add_actor(6_002, 16, Some(other));
    let signer = other;
    refused(&mut desk, &CarryParams { signer, ..good() }, 153);
    let signer = EthAddress([8; 20]).to_filecoin().unwrap();
    let message = refused(&mut desk, &CarryParams { signer, ..good() }, 69);
    assert!(message.contains("has no actor"), "{message}");
}

#[test]
fn the_zero_address_signs_nothing() {
    let mut desk = desk();
    let signer = EthAddress::ZERO.to_filecoin().unwrap();
    desk.0.add_actor(6_002, 13, Some(signer));
    for signature in [Vec::new(), vec![0; 65], [&[0; 64][..], &[27]].concat()] {
        let signature = RawBytes::new(signature);
        let carried = CarryParams {
            signer,
            signature,
            ..good()
        };
        let message = refused(&mut desk, &carried, 153);
        assert!(
            message.contains("nobody has the key of the zero address"),
            "{message}"
        );
    }
}

#[test]
fn an_account_that_is_still_a_placeholder_signs_too() {
    let mut desk = desk();
    desk.0.add_actor(DAVE, 13, Some(dave().to_filecoin().unwrap()));
    carry(&mut desk, &good()).unwrap();
}

#[test]
fn a_signer_can_be_named_by_id() {
    let mut desk = desk();
    let signer = id(DAVE);
    carry(&mut desk, &CarryParams { signer, ..good() }).unwrap();
    refused(&mut desk, &good(), 152);
}

#[test]
fn a_signature_gives_no_more_than_the_signer_has() {
    let mut desk = desk();
    let bob = desk.grant(BOB, terms(READ));
    desk.revoke(OWNER, DAVE, 1).unwrap();
    refused(&mut desk, &good(), 66);
    let revocation = revoking(bob);
    refused(&mut desk, &revocation, 79);
    assert!(
        !is_used(&mut desk, DAVE, 7),
        "a message that fails leaves its nonce"
    );
    desk.grant(DAVE, terms(ADMIN));
    carry(&mut desk, &revocation).unwrap();
    assert!(is_used(&mut desk, DAVE, 7));
}

#[test]
fn who_carries_a_message_lends_it_nothing() {
    let mut desk = desk();
    desk.revoke(OWNER, DAVE, 1).unwrap();
    desk.refused::<method::Carry>(OWNER, &good(), 66);
}

#[test]
fn a_signed_grant_is_delayed_as_a_sent_one() {
    let mut desk = desk();
    let action = READ;
    desk.delay(Delay::Grant { action }, 10);
    carry(desk.at(NOW + 1), &good()).unwrap();
    assert!(!desk.at(NOW + 10).reads(BOB) && desk.at(NOW + 11).reads(BOB));
}

#[test]
fn nonces_have_no_order_and_are_used_once() {
    let mut desk = desk();
    let nonces = [64, 0, 63, u64::MAX, 65, 127, 128];
    for nonce in nonces {
        let shown = wallets::Grant { nonce, ..shown() };
        let message = CarryParams {
            nonce,
            ..message(grant(reading()), signed(&shown, &domain()))
        };
        assert!(!is_used(&mut desk, DAVE, nonce));
        carry(&mut desk, &message).unwrap();
        assert!(is_used(&mut desk, DAVE, nonce) && !is_used(&mut desk, ALICE, nonce));
        refused(&mut desk, &message, 152);
    }
    for nonce in [1, 7, 31, 32, 62, 66, 95, 126, 129, u64::MAX - 1] {
        assert!(!is_used(&mut desk, DAVE, nonce), "{nonce}");
    }
    let nobody = NonceParams {
        signer: EthAddress([8; 20]).to_filecoin().unwrap(),
        nonce: 0,
    };
    assert!(!desk.call::<method::IsNonceUsed>(BOB, &nobody).unwrap());
}

#[test]
fn a_nonce_can_be_taken_back_by_its_signer() {
    let mut desk = desk();
    desk.call::<method::CancelNonce>(ALICE, &7).unwrap();
    assert!(!is_used(&mut desk, DAVE, 7), "everybody has nonces of their own");
    desk.call::<method::CancelNonce>(DAVE, &7).unwrap();
    desk.told(NonceCancelled {
        signer: DAVE,
        nonce: 7,
    });
    refused(&mut desk, &good(), 152);
    desk.refused::<method::CancelNonce>(DAVE, &7, 152);
}
