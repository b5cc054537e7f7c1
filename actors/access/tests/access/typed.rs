//! Typed data: what a 0x wallet shows, and nothing else, is what is signed.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::{GRANT, GrantParams, GrantTerms, READ, Rate, Scope};
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::schema::Schema;
use k256::elliptic_curve::PrimeField;

use crate::desk::*;
use crate::wallet::*;

#[test]
fn every_field_of_a_grant_is_in_what_the_wallet_shows() {
    let mut desk = desk();
    for hash in 1..=7 {
        desk.set_terms(hash, false);
    }
    let full = GrantParams {
        data_set: DATA,
        subject: dave().to_filecoin().unwrap(),
        terms: GrantTerms {
            actions: READ | GRANT,
            scope: path("trial/7"),
            start: Some(NOW + 1),
            end: Some(NOW + 2),
            uses: Some(3),
            rate: Some(Rate {
                capacity: 4,
                refill: 5,
                period: 6,
            }),
            revocable: false,
            terms: 7,
        },
        from: Some(1),
    };
    let shown = wallets::Grant {
        subject: word(dave()),
        actions: READ | GRANT,
        scope: "/trial/7".to_owned(),
        start: NOW as u64 + 1,
        end: NOW as u64 + 2,
        uses: 3,
        capacity: 4,
        refill: 5,
        period: 6,
        revocable: false,
        terms: 7,
        from: 1,
        ..shown()
    };
    let good = message(grant(full.clone()), signed(&shown, &domain()));
    carry(&mut desk, &good).unwrap();
    let rate = |capacity, refill, period| {
        Some(Rate {
            capacity,
            refill,
            period,
        })
    };
    let terms = [
        GrantTerms {
            actions: READ,
            ..full.terms.clone()
        },
        GrantTerms {
            scope: path("trial/8"),
            ..full.terms.clone()
        },
        GrantTerms {
            start: Some(NOW),
            ..full.terms.clone()
        },
        GrantTerms {
            end: None,
            ..full.terms.clone()
        },
        GrantTerms {
            uses: None,
            ..full.terms.clone()
        },
        GrantTerms {
            rate: rate(9, 5, 6),
            ..full.terms.clone()
        },
        GrantTerms {
            rate: rate(4, 9, 6),
            ..full.terms.clone()
        },
        GrantTerms {
            rate: rate(4, 5, 9),
            ..full.terms.clone()
        },
        GrantTerms {
            rate: None,
            ..full.terms.clone()
        },
        GrantTerms {
            revocable: true,
            ..full.terms.clone()
        },
        GrantTerms {
            terms: 0,
            ..full.terms.clone()
        },
    ];
    let mut others: Vec<_> = terms
        .into_iter()
        .map(|terms| GrantParams {
            terms,
            ..full.clone()
        })
        .collect();
    others.push(GrantParams {
        subject: id(BOB),
        ..full.clone()
    });
    others.push(GrantParams {
        from: None,
        ..full.clone()
    });
    others.push(GrantParams { data_set: 2, ..full });
    for other in others {
        refused(&mut desk, &message(grant(other), good.signature.clone()), 153);
    }
}

#[test]
fn a_cid_is_shown_as_its_text() {
    let cid = ForeignCid::sample();
    let params = GrantParams {
        terms: GrantTerms {
            scope: Scope::Content { cid },
            ..terms(READ)
        },
        ..reading()
    };
    let shown = wallets::Grant {
        scope: cid.0.to_string(),
        ..shown()
    };
    carry(&mut desk(), &message(grant(params), signed(&shown, &domain()))).unwrap();
}

#[test]
fn what_could_be_taken_for_null_is_not_signed() {
    let mut desk = desk();
    let good = good();
    let terms = [
        GrantTerms {
            start: Some(0),
            ..terms(READ)
        },
        GrantTerms {
            start: Some(-1),
            ..terms(READ)
        },
        GrantTerms {
            end: Some(0),
            ..terms(READ)
        },
        GrantTerms {
            uses: Some(0),
            ..terms(READ)
        },
    ];
    for terms in terms {
        let params = GrantParams { terms, ..reading() };
        refused(&mut desk, &message(grant(params), good.signature.clone()), 154);
    }
    let params = GrantParams {
        from: Some(0),
        ..reading()
    };
    refused(&mut desk, &message(grant(params), good.signature.clone()), 154);
    let rate = Some(Rate {
        capacity: 0,
        refill: 0,
        period: 0,
    });
    let params = GrantParams {
        terms: GrantTerms {
            rate,
            ..self::terms(READ)
        },
        ..reading()
    };
    refused(&mut desk, &message(grant(params), good.signature), 74);
}

#[test]
fn a_message_is_for_one_chain_one_actor_and_one_version() {
    let mut desk = desk();
    let elsewhere = [
        domain_of("Holdfast Access", "1", 314, ACTOR),
        domain_of("Holdfast Access", "1", CHAIN, 5_001),
        domain_of("Holdfast Access", "2", CHAIN, ACTOR),
        domain_of("Harbour", "1", CHAIN, ACTOR),
    ];
    for domain in elsewhere {
        refused(
            &mut desk,
            &message(grant(reading()), signed(&shown(), &domain)),
            153,
        );
    }
}

#[test]
fn a_malformed_signature_is_of_nobody() {
    let mut desk = desk();
    let good = good().signature.to_vec();
    let with = |signature: Vec<u8>| message(grant(reading()), RawBytes::new(signature));
    let changed = |at: usize, to: u8| {
        let mut bytes = good.clone();
        bytes[at] = to;
        with(bytes)
    };
    let v = good[64];
    let longer = [&good[..], &[0]].concat();
    let mut all = vec![
        with(Vec::new()),
        with(good[..64].to_vec()),
        with(longer),
        with(vec![0; 65]),
    ];
    all.extend([55 - v, v - 27, 29].map(|v| changed(64, v)));
    all.push(changed(0, good[0] ^ 1));
    for message in all {
        refused(&mut desk, &message, 153);
    }
    let s = k256::Scalar::from_repr_vartime(*k256::FieldBytes::from_slice(&good[32..64])).unwrap();
    let mut twin = good[..32].to_vec();
    twin.extend_from_slice(&(-s).to_bytes());
    twin.push(55 - v);
    refused(&mut desk, &with(twin), 153);
    refused(&mut desk, &with(vec![0; 1_025]), 162);
    carry(&mut desk, &with(good)).unwrap();
}
