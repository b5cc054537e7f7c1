//! Keys, receipts, tickets and commitments, by the access actor's method numbers.

use alloy_primitives::keccak256;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::{
    AnchorLogParams, CommitmentParams, DropEnvelopesParams, Envelope, GetEnvelopeParams, GetLogParams,
    GrantCommittedParams, GrantTerms, IsGatewayParams, IssueTicketParams, ListCommittedParams,
    ListLogsParams, ListRewrapsParams, ProveEntryParams, PruneTicketsParams, PutEnvelopesParams, READ,
    RevealParams, Scope, SetGatewayParams, method,
};
use holdfast_integration_tests::access::{DATA, commitment};
use holdfast_integration_tests::cuts::{Case, Scene};
use holdfast_runtime::evm::Bytes32;

use crate::access::{act, newcomer};

/// The public key of a reader: the base point of X25519.
const KEY: Bytes32 = {
    let mut key = [0; 32];
    key[0] = 9;
    Bytes32(key)
};
const SALT: Bytes32 = Bytes32([5; 32]);
/// What is given out in the only log.
const ENTRY: &[u8] = b"an image for Bob";

fn envelopes(s: &Scene) -> PutEnvelopesParams {
    let recipient = s.bob.address();
    let bytes = RawBytes::new(vec![1; 100]);
    PutEnvelopesParams {
        data_set: DATA,
        key_epoch: 1,
        envelopes: vec![Envelope {
            recipient,
            key: KEY,
            bytes,
        }],
    }
}

/// Bob has set a key, and there is one of the data set.
fn keys(s: &mut Scene) {
    let (alice, bob) = (s.alice.clone(), s.bob.clone());
    act::<method::SetReaderKey>(s, &bob, &KEY);
    act::<method::RotateKeys>(s, &alice, &DATA);
}

/// Bob has an envelope.
fn sealed(s: &mut Scene) {
    keys(s);
    let (alice, params) = (s.alice.clone(), envelopes(s));
    act::<method::PutEnvelopes>(s, &alice, &params);
}

pub(crate) const KEYS: &[Case] = &[
    ("SetReaderKey", |s| s.call::<method::SetReaderKey>(&KEY)),
    ("ReaderKey", |s| {
        keys(s);
        s.call::<method::ReaderKey>(&s.bob.address())
    }),
    ("RotateKeys", |s| s.call::<method::RotateKeys>(&DATA)),
    ("PutEnvelopes", |s| {
        keys(s);
        s.call::<method::PutEnvelopes>(&envelopes(s))
    }),
    ("GetEnvelope", |s| {
        sealed(s);
        s.call::<method::GetEnvelope>(&GetEnvelopeParams {
            data_set: DATA,
            key_epoch: 1,
            recipient: s.bob.address(),
        })
    }),
    ("DropEnvelopes", |s| {
        sealed(s);
        let alice = s.alice.clone();
        act::<method::RotateKeys>(s, &alice, &DATA);
        s.call::<method::DropEnvelopes>(&DropEnvelopesParams {
            data_set: DATA,
            key_epoch: 1,
            start: 0,
            limit: 200,
        })
    }),
    ("ListRewraps", |s| {
        keys(s);
        s.call::<method::ListRewraps>(&ListRewrapsParams {
            data_set: DATA,
            start: 0,
            limit: 200,
        })
    }),
];

fn gateway(gateway: Address) -> SetGatewayParams {
    SetGatewayParams {
        data_set: DATA,
        gateway,
        allowed: true,
    }
}

fn log(s: &Scene) -> AnchorLogParams {
    AnchorLogParams {
        data_set: DATA,
        root: Bytes32(keccak256(keccak256(ENTRY)).0),
        count: 1,
        from: 0,
        to: s.w.network().epoch(),
    }
}

/// Bob is a gateway.
fn gated(s: &mut Scene) {
    let (alice, bob) = (s.alice.clone(), s.bob.address());
    act::<method::SetGateway>(s, &alice, &gateway(bob));
}

/// Bob has anchored a log.
fn logged(s: &mut Scene) {
    gated(s);
    let (bob, params) = (s.bob.clone(), log(s));
    act::<method::AnchorLog>(s, &bob, &params);
}

fn ticket() -> IssueTicketParams {
    IssueTicketParams {
        data_set: DATA,
        scope: Scope::All {},
        action: READ,
        ttl: 1,
        uses: 1,
        proofs: Vec::new(),
    }
}

/// Bob has a ticket.
fn ticketed(s: &mut Scene) {
    let bob = s.bob.clone();
    act::<method::IssueTicket>(s, &bob, &ticket());
}

pub(crate) const RECEIPTS: &[Case] = &[
    ("SetGateway to somebody without an actor", |s| {
        s.call::<method::SetGateway>(&gateway(newcomer(s)))
    }),
    ("IsGateway", |s| {
        gated(s);
        let (data_set, gateway) = (DATA, s.bob.address());
        s.call::<method::IsGateway>(&IsGatewayParams { data_set, gateway })
    }),
    ("AnchorLog", |s| {
        gated(s);
        s.call::<method::AnchorLog>(&log(s)).by(&s.bob)
    }),
    ("GetLog", |s| {
        logged(s);
        s.call::<method::GetLog>(&GetLogParams {
            data_set: DATA,
            log: 1,
        })
    }),
    ("ListLogs", |s| {
        logged(s);
        s.call::<method::ListLogs>(&ListLogsParams {
            data_set: DATA,
            start: 0,
            limit: 10,
        })
    }),
    ("ProveEntry", |s| {
        logged(s);
        s.call::<method::ProveEntry>(&ProveEntryParams {
            data_set: DATA,
            log: 1,
            entry: RawBytes::new(ENTRY.to_vec()),
            path: RawBytes::default(),
        })
    }),
    ("IssueTicket", |s| {
        s.call::<method::IssueTicket>(&ticket()).by(&s.bob)
    }),
    ("CheckTicket", |s| {
        ticketed(s);
        s.call::<method::CheckTicket>(&1)
    }),
    ("PruneTickets", |s| {
        ticketed(s);
        s.w.advance(2);
        s.call::<method::PruneTickets>(&PruneTicketsParams { limit: 10 })
    }),
];

fn committed(s: &Scene) -> CommitmentParams {
    let commitment = commitment(&s.w, s.actor, &s.bob, SALT);
    CommitmentParams {
        data_set: DATA,
        commitment,
    }
}

fn giving(s: &Scene) -> GrantCommittedParams {
    let (commitment, terms, from) = (committed(s).commitment, GrantTerms::plain(READ), None);
    GrantCommittedParams {
        data_set: DATA,
        commitment,
        terms,
        from,
    }
}

/// Alice has given Bob something without naming him.
fn given(s: &mut Scene) {
    let (alice, params) = (s.alice.clone(), giving(s));
    act::<method::GrantCommitted>(s, &alice, &params);
}

pub(crate) const COMMITMENTS: &[Case] = &[
    ("GrantCommitted", |s| s.call::<method::GrantCommitted>(&giving(s))),
    ("RevokeCommitted", |s| {
        given(s);
        s.call::<method::RevokeCommitted>(&committed(s))
    }),
    ("Reveal", |s| {
        given(s);
        let (data_set, salt) = (DATA, SALT);
        s.call::<method::Reveal>(&RevealParams { data_set, salt })
            .by(&s.bob)
    }),
    ("GetCommitted", |s| {
        given(s);
        s.call::<method::GetCommitted>(&committed(s))
    }),
    ("ListCommitted", |s| {
        given(s);
        s.call::<method::ListCommitted>(&ListCommittedParams {
            data_set: DATA,
            start: Bytes32::default(),
            limit: 10,
        })
    }),
];
