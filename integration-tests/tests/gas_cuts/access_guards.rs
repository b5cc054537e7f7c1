//! Delays and signed messages, by the access actor's method numbers.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::{
    AcceptTermsParams, CarryParams, Delay, GrantTerms, NonceParams, OperationAt, Power, READ, ScheduleParams,
    SetDelayParams, Signed, method,
};
use holdfast_integration_tests::access::{DATA, giving};
use holdfast_integration_tests::carried::{digest, sign_digest, signed};
use holdfast_integration_tests::cuts::{Case, Scene, Sent};
use holdfast_localnet::Wallet;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;

use crate::access::{BOBS, act, at, terms};
use crate::support::cbor;

/// What a message needs that asks a signer: it is given its limit, or not asked.
const GAS_OF_SIGNERS: u64 = 200_000_000;

fn delay(power: Power, delay: i64) -> SetDelayParams {
    let (data_set, what) = (DATA, Delay::Power { power });
    SetDelayParams {
        data_set,
        what,
        delay,
    }
}

/// Terms are announced ten epochs before they are set.
fn delayed(s: &mut Scene) {
    let alice = s.alice.clone();
    act::<method::SetDelay>(s, &alice, &delay(Power::Terms {}, 10));
}

fn schedule() -> ScheduleParams {
    ScheduleParams {
        data_set: DATA,
        method: method::SetTerms::NUMBER,
        params: cbor(&terms()).into(),
        at: None,
    }
}

/// Other terms are announced.
fn scheduled(s: &mut Scene) -> OperationAt {
    delayed(s);
    let alice = s.alice.clone();
    let operation = act::<method::Schedule>(s, &alice, &schedule());
    OperationAt {
        data_set: DATA,
        operation,
    }
}

pub(crate) const DELAYS: &[Case] = &[
    ("SetDelay", |s| {
        s.call::<method::SetDelay>(&delay(Power::Rules {}, 7))
    }),
    ("GetDelays", |s| {
        delayed(s);
        s.call::<method::GetDelays>(&DATA)
    }),
    ("Schedule", |s| {
        delayed(s);
        s.call::<method::Schedule>(&schedule())
    }),
    ("Cancel", |s| {
        let operation = scheduled(s);
        s.call::<method::Cancel>(&operation)
    }),
    ("GetOperation", |s| {
        let operation = scheduled(s);
        s.call::<method::GetOperation>(&operation)
    }),
    ("ListOperations", |s| {
        scheduled(s);
        s.call::<method::ListOperations>(&DATA)
    }),
    ("SetTerms that were announced", |s| {
        scheduled(s);
        s.w.advance(10);
        s.call::<method::SetTerms>(&terms())
    }),
];

fn message(signer: &Wallet, what: Signed) -> CarryParams {
    CarryParams {
        signer: signer.address(),
        what,
        nonce: 70,
        deadline: 1_000_000,
        signature: RawBytes::default(),
    }
}

/// What somebody signed is carried by Alice.
fn carried(s: &Scene, signer: &Wallet, what: Signed) -> Sent {
    let message = signed(&s.w, s.actor, signer, message(signer, what));
    let sent = s.call::<method::Carry>(&message);
    sent.with_gas_limit(GAS_OF_SIGNERS)
}

fn accepted() -> Signed {
    let params = AcceptTermsParams {
        data_set: DATA,
        version: 1,
        hash: Bytes32([7; 32]),
    };
    Signed::AcceptTerms { params }
}

pub(crate) const SIGNED: &[Case] = &[
    ("Carry of a grant by an f1 account", |s| {
        let params = giving(s.carol.address(), GrantTerms::plain(READ), None);
        carried(s, &s.alice, Signed::Grant { params })
    }),
    ("Carry of a revocation by an f3 account", |s| {
        let params = at(&s.bob, BOBS);
        carried(s, &s.bob, Signed::Revoke { params })
    }),
    ("Carry of accepted terms by a 0x account", |s| {
        carried(s, &s.carol, accepted())
    }),
    ("Carry of accepted terms by a contract", |s| {
        let owner = s.eth(&s.carol);
        let wallet = s.w.deploy_with(&s.alice, "SigningWallet", &(owner,));
        let message = CarryParams {
            signer: wallet,
            ..message(&s.carol, accepted())
        };
        let digest = digest(&s.w, s.actor, &message);
        let signature = sign_digest(&s.carol, &digest);
        let message = CarryParams { signature, ..message };
        let sent = s.call::<method::Carry>(&message);
        sent.with_gas_limit(GAS_OF_SIGNERS)
    }),
    ("CancelNonce", |s| s.call::<method::CancelNonce>(&3)),
    ("IsNonceUsed", |s| {
        let alice = s.alice.clone();
        act::<method::CancelNonce>(s, &alice, &3);
        let signer = alice.address();
        s.call::<method::IsNonceUsed>(&NonceParams { signer, nonce: 3 })
    }),
];
