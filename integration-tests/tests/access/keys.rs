//! Keys in envelopes, tickets at a gateway and the gateway's log, by wallets of every kind.

use alloy_primitives::keccak256;
use fvm_ipld_encoding::{RawBytes, to_vec};
use holdfast_api::access::{
    AccessEntry, AnchorLogParams, Envelope, GetEnvelopeParams, GrantAt, GrantCommittedParams, GrantId,
    GrantTerms, IssueTicketParams, ListRewrapsParams, ProveEntryParams, PutEnvelopesParams, READ,
    RevealParams, Scope, SetGatewayParams, TicketId, TicketReason, method,
};
use holdfast_integration_tests::Party;
use holdfast_integration_tests::access::{DATA, commitment};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::Library;

const KINDS: [Kind; 3] = [Kind::Secp256k1, Kind::Bls, Kind::Eth];

impl Library {
    /// The owner does something.
    #[track_caller]
    fn own<M>(&mut self, params: &M::Params) -> M::Return
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        let owner = self.owner.clone();
        self.by::<M>(&owner, params)
    }

    /// The readers who need the present key.
    fn rewraps(&self) -> Vec<(u64, Option<Bytes32>)> {
        let params = ListRewrapsParams {
            data_set: DATA,
            start: 0,
            limit: 200,
        };
        let page = self.w.view::<method::ListRewraps>(self.access, &params);
        page.readers
            .iter()
            .map(|reader| (reader.reader, reader.key))
            .collect()
    }

    #[track_caller]
    fn seals(&mut self, key_epoch: u64, recipient: impl Party, text: &str) {
        let (recipient, bytes) = (recipient.address(), RawBytes::new(text.into()));
        let key = self.w.view::<method::ReaderKey>(self.access, &recipient);
        let envelopes = vec![Envelope {
            recipient,
            key: key.expect("a reader key"),
            bytes,
        }];
        self.own::<method::PutEnvelopes>(&PutEnvelopesParams {
            data_set: DATA,
            key_epoch,
            envelopes,
        });
    }

    fn opens(&self, key_epoch: u64, recipient: impl Party) -> Option<RawBytes> {
        let (data_set, recipient) = (DATA, recipient.address());
        self.w.view::<method::GetEnvelope>(
            self.access,
            &GetEnvelopeParams {
                data_set,
                key_epoch,
                recipient,
            },
        )
    }

    #[track_caller]
    fn ticket(&mut self, reader: &Wallet) -> TicketId {
        self.by::<method::IssueTicket>(
            reader,
            &IssueTicketParams {
                data_set: DATA,
                scope: Scope::All {},
                action: READ,
                ttl: 100,
                uses: 0,
                proofs: Vec::new(),
            },
        )
    }

    fn shown(&self, ticket: TicketId) -> TicketReason {
        let shown = self.w.view::<method::CheckTicket>(self.access, &ticket);
        shown.expect("a ticket").reason
    }

    #[track_caller]
    fn revokes(&mut self, subject: impl Party, grant: GrantId) {
        self.own::<method::Revoke>(&GrantAt {
            data_set: DATA,
            subject: subject.address(),
            grant,
        });
    }
}

#[test]
fn readers_of_every_kind_fetch_their_envelopes_until_they_are_revoked() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    library.own::<method::RotateKeys>(&DATA);
    for (kind, number) in KINDS.into_iter().zip(9..) {
        let reader = library.w.account(kind, 5);
        let grant = library.grant(&owner, &reader, GrantTerms::plain(READ), None);
        let id = library.w.id(&reader).id().unwrap();
        let (key, epoch) = (Bytes32([number; 32]), u64::from(number) - 8);
        assert_eq!(library.rewraps(), [(id, None)]);
        library.by::<method::SetReaderKey>(&reader, &key);
        assert_eq!(library.rewraps(), [(id, Some(key))]);
        library.seals(epoch, &reader, "the first key");
        assert_eq!(library.rewraps(), []);
        library.revokes(&reader, grant);
        library.own::<method::RotateKeys>(&DATA);
        assert_eq!(library.rewraps(), [], "who is revoked gets no new key");
        let first = library.opens(epoch, &reader).expect("the key of old ciphertext");
        assert_eq!(first.bytes(), b"the first key");
        assert_eq!(library.opens(epoch + 1, &reader), None);
    }
}

#[test]
fn a_ticket_is_good_at_a_gateway_until_the_grant_is_revoked_and_the_release_is_proved() {
    let mut library = Library::new();
    let (owner, access) = (library.owner.clone(), library.access);
    for kind in KINDS {
        let (reader, gateway) = (library.w.account(kind, 5), library.w.account(kind, 6));
        let grant = library.grant(&owner, &reader, GrantTerms::plain(READ), None);
        let ticket = library.ticket(&reader);
        assert_eq!(library.shown(ticket), TicketReason::Counts {});
        library.own::<method::SetGateway>(&SetGatewayParams {
            data_set: DATA,
            gateway: gateway.address(),
            allowed: true,
        });
        let from = library.w.network().epoch();
        let entry = to_vec(&AccessEntry {
            data_set: DATA,
            scope: Scope::All {},
            subject: library.w.id(&reader).id().unwrap(),
            action: READ,
            epoch: from,
            ticket: Some(ticket),
        })
        .unwrap();
        library.w.advance(1);
        let log = library.by::<method::AnchorLog>(
            &gateway,
            &AnchorLogParams {
                data_set: DATA,
                root: Bytes32(keccak256(keccak256(&entry)).0),
                count: 1,
                from,
                to: from + 1,
            },
        );
        let proves = |library: &Library, entry: Vec<u8>| {
            let params = ProveEntryParams {
                data_set: DATA,
                log,
                entry: RawBytes::new(entry),
                path: RawBytes::default(),
            };
            library.w.view::<method::ProveEntry>(access, &params)
        };
        assert!(proves(&library, entry) && !proves(&library, b"another".to_vec()));
        library.revokes(&reader, grant);
        let why = "revoked".to_owned();
        assert_eq!(library.shown(ticket), TicketReason::Dead { at: grant, why });
    }
}

#[test]
fn somebody_of_any_kind_reveals_a_grant_that_names_nobody() {
    let mut library = Library::new();
    let access = library.access;
    for kind in KINDS {
        let (reader, stranger) = (library.w.account(kind, 5), library.w.account(kind, 6));
        let salt = Bytes32([7; 32]);
        let commitment = commitment(&library.w, access, &reader, salt);
        library.own::<method::GrantCommitted>(&GrantCommittedParams {
            data_set: DATA,
            commitment,
            terms: GrantTerms::plain(READ),
            from: None,
        });
        assert!(!library.reads(&reader));
        let params = RevealParams { data_set: DATA, salt };
        library.tries::<method::Reveal>(&stranger, &params).refused(136);
        library.by::<method::Reveal>(&reader, &params);
        assert!(library.reads(&reader) && !library.reads(&stranger));
    }
}
